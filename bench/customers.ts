/**
 * Customer benchmark: clustering with its indices beside scikit-learn on one thread, each job in a process of its own;
 * the program's answers about cohorts, movement, concentration and products bought together; and the settings
 * that the comparison recommends. Prints tables and, last, one JSON line.
 *
 *   npm run bench:customers -- [file.csv]
 */
import { execFile } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { createApplication } from '../src-main/application/application.ts';
import { scoreLabellings } from '../src-main/engine/customers/cluster-indices.ts';
import type { Clusterer, ClusteringParams, Points } from '../src-main/engine/customers/clustering/model.ts';
import { clusterers } from '../src-main/engine/customers/clustering/registry.ts';
import { placeInSpace } from '../src-main/engine/customers/feature-space.ts';
import { createRng } from '../src-main/engine/numeric/rng.ts';
import { version } from '../src-main/version.ts';
import { createThread } from '../src-main/worker/run.ts';
import type { DataTasks } from '../src-main/worker/tasks/data.ts';
import { clusterSettingsSchema } from '../src-shared/contract/customers.ts';
import type { ClusterComparison, ClusterSettings } from '../src-shared/domain.ts';

const run = promisify(execFile);
const here = fileURLToPath(import.meta.url);
const retailPath = join(here, '../../../shared/data/online_retail_II.csv.gz');
const python = '/usr/bin/python3';
const counts = [2, 3, 4, 5, 6, 7, 8, 9, 10];
const params: ClusteringParams = { covariance: 'full', eps: null, minPoints: null };
const quiet = { seed: 1, tick() {}, check() {} };
/** Rows and columns of the large K-Means, which looks for five groups as its peer does. */
const large = { n: 1_000_000, p: 6, k: 5 };
const spaces: Record<'default' | 'seven', ClusterSettings> = {
  default: clusterSettingsSchema.parse({}),
  seven: clusterSettingsSchema.parse({
    features: [
      'recencyDays',
      'lines',
      'monetary',
      'unitsPerLine',
      'productsPerVisitDay',
      'ordersPerDay',
      'customerValue',
    ],
    duplicates: 'keep',
  }),
};

interface Side {
  cpuSeconds: number;
  peakMb: number;
  rows: Record<string, number | string>[];
}
interface Row {
  job: string;
  ours: number;
  peer: number | null;
  ratio: number | null;
  limit: number;
  unit: 's' | 'ms';
  peakMb: number | null;
  peerPeakMb: number | null;
  skipped?: string;
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const report = (result: object): void =>
  console.log(JSON.stringify({ peakMb: process.resourceUsage().maxRSS / 1024, ...result }));

async function importJob(csv: string, storePath: string): Promise<void> {
  const app = createApplication({ storePath });
  await app.call('import.run', { file: { path: csv, name: basename(csv) } });
  // The rule set of the literature, so that the figures can be compared with published ones.
  const dropped = { unknownCustomer: 'drop', cancellations: 'drop', quantity: 'drop', price: 'drop' } as const;
  await app.call('settings.set', { rules: { ...dropped, identical: 'drop', nonProduct: 'keep' } });
  await app.close();
  report({});
}

/** Writes the points of both spaces, and those of the large table, as plain numbers that both sides read. */
async function pointsJob(storePath: string, folder: string): Promise<void> {
  // The program's own thread: the table that it hands to its clusterers is no method of a door.
  const data = createThread<DataTasks>({
    ...{ role: 'data', storePath, version, door: 'a benchmark', claim: 'when-writing', patienceMs: 0 },
    ...{ backups: false, tendAfterMs: 3_600_000, safe: false },
  });
  const sizes: Record<string, { n: number; p: number }> = {};
  for (const [name, settings] of Object.entries(spaces)) {
    const table = await data.run('customers.featureTable', { filter: {}, features: settings.features });
    const { points } = placeInSpace(table, settings);
    writeFileSync(join(folder, name), points.values);
    sizes[name] = { n: points.n, p: points.p };
  }
  await data.close('store.close');
  const rng = createRng(7);
  const centres = Array.from({ length: large.k * large.p }, () => 2 * rng.normal());
  const values = Float64Array.from({ length: large.n * large.p }, (_, at) => {
    const cloud = Math.floor(at / large.p) % large.k;
    return centres[cloud * large.p + (at % large.p)] + rng.normal();
  });
  writeFileSync(join(folder, 'large'), values);
  report({ sizes });
}

function readPoints(path: string, columns: string): Points {
  const bytes = readFileSync(path);
  const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { n: values.length / Number(columns), p: Number(columns), values };
}

/** Clusters with the given methods and scores every labelling in one pass. */
function clusterJob(points: Points, methods: Clusterer[], ks: number[], withIndices: boolean): void {
  const started = cpuSeconds();
  const found = methods.map((method) => method.fit(points, ks, params, 'full', quiet));
  const fits = found.flat();
  const scores = withIndices ? scoreLabellings(points, fits, createRng(1), () => {}).scores : [];
  const seconds = cpuSeconds() - started;
  const method = found.flatMap((list, index) => list.map(() => methods[index].id));
  const inertia = (labels: Int32Array, centroids: Float64Array): number => {
    let sum = 0;
    for (let at = 0; at < points.values.length; at++) {
      const row = Math.floor(at / points.p);
      sum += (points.values[at] - centroids[labels[row] * points.p + (at % points.p)]) ** 2;
    }
    return sum;
  };
  const rows = withIndices
    ? scores.map((score, index) => ({ method: method[index], ...score }))
    : fits.map(({ centroids, labels }) => ({ inertia: inertia(labels, centroids) }));
  report({ cpuSeconds: seconds, rows, density: fits.find(({ density }) => density)?.density ?? null });
}

/** CPU milliseconds of each answer from the lines: the median of five, each under a filter or date that is new. */
async function scansJob(storePath: string): Promise<void> {
  const app = createApplication({ storePath });
  const figures: Record<string, number> = {};
  let serial = 1;
  const measure = async (name: string, ask: (serial: number) => Promise<unknown>): Promise<void> => {
    const times: number[] = [];
    for (let time = 0; time < 5; time++) {
      const before = cpuSeconds();
      await ask(serial++);
      times.push((cpuSeconds() - before) * 1000);
    }
    figures[name] = times.toSorted((a, b) => a - b)[2];
  };
  const filter = (day: number) => ({ to: `2060-01-${String(day).padStart(2, '0')}` });
  const last = new Date((await app.call('customers.migration', {})).to);
  const before = (days: number) => new Date(last.getTime() - days * 86_400_000).toISOString().slice(0, 10);
  await measure('cohorts', (i) => app.call('customers.cohorts', { filter: filter(i) }));
  await measure('migration', (i) => app.call('customers.migration', { to: before(i) }));
  await measure('concentration', (i) => app.call('customers.concentration', { filter: filter(i) }));
  await measure('boughtTogether', (i) => app.call('products.together', { filter: filter(i) }));
  const { lines } = await app.call('app.info', {});
  await app.close();
  report({ figures, lines });
}

async function recommendJob(storePath: string, space: string): Promise<void> {
  const app = createApplication({ storePath });
  const started = cpuSeconds();
  const result = await app.call('customers.compare', { settings: spaces[space as keyof typeof spaces] });
  const seconds = cpuSeconds() - started;
  await app.close();
  report({ cpuSeconds: seconds, result });
}

/** Runs one job of this file in a process of its own. */
async function child<T>(job: string, ...rest: string[]): Promise<T & { peakMb: number }> {
  const { stdout } = await run(process.execPath, [here, '--job', job, ...rest], { maxBuffer: 1 << 26 });
  return JSON.parse(stdout.trim().split('\n').at(-1) as string);
}

async function peerMissing(): Promise<string | null> {
  try {
    await run(python, ['-c', 'import sklearn']);
    return null;
  } catch {
    return `${python} has no scikit-learn (apt-get install python3-sklearn)`;
  }
}

async function beside(
  job: string,
  limit: number,
  ours: Side,
  peerArguments: string[],
  missing: string | null,
): Promise<Row & { sides: Side[] }> {
  const row = { job, ours: ours.cpuSeconds, limit, unit: 's', peakMb: ours.peakMb } as const;
  if (missing) return { ...row, peer: null, ratio: null, peerPeakMb: null, skipped: missing, sides: [ours] };
  const { stdout } = await run(python, [join(here, '../customers-peer.py'), ...peerArguments], { maxBuffer: 1 << 26 });
  const peer: Side = JSON.parse(stdout);
  return {
    ...row,
    peer: peer.cpuSeconds,
    ratio: ours.cpuSeconds / peer.cpuSeconds,
    peerPeakMb: peer.peakMb,
    sides: [ours, peer],
  };
}

async function measureClustering(folder: string, p: { default: number; seven: number }, missing: string | null) {
  const [seven, usual, big] = ['seven', 'default', 'large'].map((name) => join(folder, name));
  const kmeans = await child<Side>('kmeans', seven, String(p.seven));
  const methods = await child<Side & { density: { eps: number; minPoints: number } }>(
    'methods',
    usual,
    String(p.default),
  );
  const million = await child<Side>('million', big, String(large.p));
  const { eps, minPoints } = methods.density;
  return [
    await beside('K-Means k 2–10 + indices, 7 features', 0.6, kmeans, ['kmeans', seven, String(p.seven)], missing),
    await beside(
      'four methods compared, default space',
      1.5,
      methods,
      ['methods', usual, String(p.default), String(eps), String(minPoints)],
      missing,
    ),
    await beside('K-Means 1,000,000 × 6', 3, million, ['million', big, String(large.p)], missing),
  ];
}

const shown = (value: number | null, digits: number): string => (value === null ? '–' : value.toFixed(digits));

function printRows(rows: Row[]): void {
  console.log(
    `${'job'.padEnd(38)}${'ours'.padStart(10)}${'sklearn'.padStart(10)}${'ratio'.padStart(8)}${'limit'.padStart(8)}${'MB'.padStart(7)}${'peer MB'.padStart(9)}`,
  );
  for (const { job, limit, ours, peakMb, peer, peerPeakMb, ratio, skipped, unit } of rows) {
    const tail = skipped ? `  SKIPPED: ${skipped}` : '';
    console.log(
      `${job.padEnd(38)}${`${shown(ours, 2)} ${unit}`.padStart(10)}${shown(peer, 2).padStart(10)}${shown(ratio, 2).padStart(8)}${String(limit).padStart(8)}${shown(peakMb, 0).padStart(7)}${shown(peerPeakMb, 0).padStart(9)}${tail}`,
    );
  }
}

function printComparison(name: string, { candidates, recommended, spaces: across }: ClusterComparison): void {
  console.log(`\nmethods compared, ${name} space: method, k, silhouette, Davies–Bouldin, Calinski–Harabasz, stability`);
  for (const one of candidates) {
    const mark = one.recommended ? '  recommended' : one.refused.length > 0 ? `  (${one.refused.join(', ')})` : '';
    console.log(
      `${one.method.padEnd(9)}${String(one.k).padStart(3)}${one.silhouette.toFixed(4).padStart(9)}${one.daviesBouldin.toFixed(4).padStart(9)}${one.calinskiHarabasz.toFixed(0).padStart(8)}${one.stability.meanAri.toFixed(3).padStart(7)}${mark}`,
    );
  }
  if (!recommended) console.log('no setting passes the rule');
  for (const { id, k, method, stability } of across)
    console.log(`space ${id}: ${method}, k = ${k}, stability ${stability.meanAri.toFixed(3)}`);
}

async function measureAll(csv: string, folder: string): Promise<void> {
  const store = join(folder, 'store.db');
  await child('import', csv, store);
  const { sizes } = await child<{ sizes: Record<'default' | 'seven', { n: number; p: number }> }>(
    'points',
    store,
    folder,
  );
  const missing = await peerMissing();
  const clustering = await measureClustering(folder, { default: sizes.default.p, seven: sizes.seven.p }, missing);
  const { figures, lines, peakMb } = await child<{ figures: Record<string, number>; lines: number }>('scans', store);
  const limits: Record<string, number> = { cohorts: 100, migration: 100, concentration: 100, boughtTogether: 3_000 };
  const scans = Object.entries(figures).map(
    ([job, ours]): Row => ({
      job: `${job}, ${lines} lines`,
      ours,
      peer: null,
      ratio: null,
      limit: limits[job],
      unit: 'ms',
      peakMb,
      peerPeakMb: null,
    }),
  );
  const rows: Row[] = [...clustering.map(({ sides: _sides, ...row }) => row), ...scans];
  printRows(rows);
  const recommended: Record<string, object> = {};
  for (const space of ['default', 'seven']) {
    const { cpuSeconds: seconds, result } = await child<{ cpuSeconds: number; result: ClusterComparison }>(
      'recommend',
      store,
      space,
    );
    printComparison(space, result);
    const chosen = result.candidates.find((one) => one.recommended) ?? null;
    recommended[space] = { cpuSeconds: seconds, features: result.settings.features, recommended: chosen };
  }
  console.log(JSON.stringify({ customers: sizes.default.n, rows, recommended }));
}

async function main(given: string | undefined): Promise<void> {
  const source = given ?? retailPath;
  if (!existsSync(source)) {
    console.log(`SKIPPED: ${source} is not there. Give a CSV file: npm run bench:customers -- file.csv`);
    console.log(JSON.stringify({ skipped: 'no data' }));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'salescope-bench-'));
  try {
    const csv = source.endsWith('.gz') ? join(folder, 'sales.csv') : source;
    if (csv !== source) await pipeline(createReadStream(source), createGunzip(), createWriteStream(csv));
    await measureAll(csv, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [kmeans] = clusterers;
const [first, job, ...rest] = process.argv.slice(2);
if (first !== '--job') await main(first);
else if (job === 'import') await importJob(rest[0], rest[1]);
else if (job === 'points') await pointsJob(rest[0], rest[1]);
else if (job === 'kmeans') clusterJob(readPoints(rest[0], rest[1]), [kmeans], counts, true);
else if (job === 'methods') clusterJob(readPoints(rest[0], rest[1]), clusterers, counts, true);
else if (job === 'million') clusterJob(readPoints(rest[0], rest[1]), [kmeans], [large.k], false);
else if (job === 'scans') await scansJob(rest[0]);
else await recommendJob(rest[0], rest[1]);
