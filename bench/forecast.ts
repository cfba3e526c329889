/**
 * Accuracy benchmark: every forecasting model of the registry on monthly series with held-out months, one fit a series
 * and the model's own intervals, then the combination as the application answers it; with --peers also R's
 * thetaf, ets and auto.arima on the same series. Prints a table and, last, one JSON line.
 *
 *   npm run bench:forecast -- [file.json] [--every k] [--models a,b] [--peers]
 *
 * The file is a list of { x: past months, xx: months to forecast }. sMAPE runs from 0 to 200; MASE is scaled by the
 * in-sample seasonal naive error (m = 12); both are means over series. A series that a model refuses is left out of that
 * model's scores and counted.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import type { AugursModules } from '../src-main/engine/forecasting/augurs-modules.ts';
import { combination } from '../src-main/engine/forecasting/combine.ts';
import { type Covariates, covariatesOf } from '../src-main/engine/forecasting/covariates.ts';
import type { FitContext, Forecast, Model, Runtimes, TrainingEngine } from '../src-main/engine/forecasting/model.ts';
import { forecastingModels } from '../src-main/engine/forecasting/registry.ts';
import { runForecast } from '../src-main/engine/forecasting/run-forecast.ts';
import { seasonalNaiveError } from '../src-main/engine/forecasting/scores.ts';
import { moneyPerUnit, wholeMoney } from '../src-main/engine/forecasting/training-input.ts';
import { createRng } from '../src-main/engine/numeric/rng.ts';
import { dayText } from '../src-main/engine/sales/sale-lines.ts';
import { monthStart } from '../src-main/engine/series/calendar.ts';
import { loadAugurs } from '../src-main/worker/augurs-engine.ts';
import { loadTrainingEngine } from '../src-main/worker/training-engine.ts';
import type { SalesSeries } from '../src-shared/domain.ts';
import { AppError } from '../src-shared/errors.ts';

const run = promisify(execFile);
const here = fileURLToPath(import.meta.url);
const m1Path = join(here, '../../../shared/data/m1_monthly.json');
const peerScript = join(here, '../forecast-peer.R');
const period = 12;
const levels = [0.8, 0.95];
/** R needs seconds a series: with --peers every sixth one is measured unless told otherwise. */
const everyWithPeers = 6;
/** Our member beside R's counterpart. */
const counterparts: Record<string, string> = { 'theta-standard': 'thetaf', ets: 'ets', arima: 'auto.arima' };

/** One series: its past, and the months to forecast. */
interface Task {
  past: Float64Array;
  future: Float64Array;
}

/** Anything that answers a series with a forecast and its 80 % and 95 % bands. */
interface Competitor {
  id: string;
  forecast(past: Float64Array, horizon: number): Promise<Forecast>;
}

interface Row {
  smape: number;
  mase: number;
  coverage80: number;
  coverage95: number;
  /** CPU milliseconds a series. */
  cpuMs: number;
  series: number;
  failures: number;
  /** Of the first failure. */
  reason?: string;
}

let engine: Promise<TrainingEngine> | null = null;
let augurs: Promise<AugursModules> | null = null;

const runtimes: Runtimes = {
  training() {
    engine ??= loadTrainingEngine();
    return engine;
  },
  augurs() {
    augurs ??= loadAugurs();
    return augurs;
  },
};

const periodOf = (past: Float64Array): number => (past.length >= 2 * period ? period : 1);

/** Months counted from January 1970: those of the file have no use for their dates. */
const months = (from: number, to: number): Covariates =>
  covariatesOf(
    'month',
    Int32Array.from({ length: to - from }, (_, t) => monthStart(from + t)),
    [],
  );

const contextOf = (past: Float64Array, horizon: number): FitContext => ({
  period: periodOf(past),
  horizon,
  covariates: months(0, past.length),
  rng: createRng(1),
  tick() {},
  pause: () => Promise.resolve(),
  ...runtimes,
});

const competitorOf = (model: Model): Competitor => ({
  id: model.id,
  async forecast(past, horizon) {
    const fitted = await model.fit(past, contextOf(past, horizon));
    return model.predict(fitted, horizon, levels, months(past.length, past.length + horizon));
  },
});

const seriesOf = (past: Float64Array): SalesSeries => ({
  frequency: 'month',
  dates: Array.from(past, (_, t) => dayText(monthStart(t))),
  values: Array.from(past, wholeMoney),
  status: Array.from(past, (value) => (value === 0 ? 'zero' : 'sold')),
  openWeekdays: new Array(7).fill(true),
  lastDay: dayText(monthStart(past.length) - 1),
  marked: [],
  notes: [],
});

/** The combination as the application answers it; without the network, which is no member by month. */
const combined: Competitor = {
  id: combination.id,
  async forecast(past, horizon) {
    const { points } = await runForecast(
      seriesOf(past),
      { horizon, model: 'auto', seed: 1, start: null, effort: 'full' },
      {
        ...runtimes,
        training: () => Promise.reject(new AppError('engine-unavailable', 'Not in this benchmark.')),
        tick() {},
        pause: () => Promise.resolve(),
        now: () => performance.now(),
      },
    );
    const of = (key: 'mean' | 'low80' | 'high80' | 'low95' | 'high95') =>
      Float64Array.from(points, (one) => one[key] / moneyPerUnit);
    return {
      point: of('mean'),
      intervals: [
        { level: 0.8, lower: of('low80'), upper: of('high80') },
        { level: 0.95, lower: of('low95'), upper: of('high95') },
      ],
    };
  },
};

const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean of 200·|y − f| / (|y| + |f|); two zeros agree. */
const smapeOf = (actual: Float64Array, point: Float64Array): number =>
  meanOf(
    Array.from(actual, (value, j) => {
      const size = Math.abs(value) + Math.abs(point[j]);
      return size === 0 ? 0 : (200 * Math.abs(value - point[j])) / size;
    }),
  );

const absoluteError = (actual: Float64Array, point: Float64Array): number =>
  meanOf(Array.from(actual, (value, j) => Math.abs(value - point[j])));

async function measure({ forecast }: Competitor, tasks: Task[]): Promise<Row> {
  const smape: number[] = [];
  const mase: number[] = [];
  const inside = levels.map(() => 0);
  let points = 0;
  let failures = 0;
  let reason: string | undefined;
  const started = process.cpuUsage();
  for (const { past, future } of tasks) {
    let answer: Forecast;
    try {
      answer = await forecast(past, future.length);
    } catch (error) {
      failures++;
      reason ??= error instanceof Error ? error.message : String(error);
      continue;
    }
    smape.push(smapeOf(future, answer.point));
    const scale = seasonalNaiveError(past, period, past.length);
    if (scale > 0) mase.push(absoluteError(future, answer.point) / scale);
    answer.intervals.forEach(({ lower, upper }, i) => {
      future.forEach((value, j) => {
        if (value >= lower[j] && value <= upper[j]) inside[i]++;
      });
    });
    points += future.length;
  }
  const { user, system } = process.cpuUsage(started);
  return {
    smape: meanOf(smape),
    mase: meanOf(mase),
    coverage80: inside[0] / points,
    coverage95: inside[1] / points,
    cpuMs: (user + system) / 1000 / tasks.length,
    series: tasks.length,
    failures,
    reason,
  };
}

const heading = [
  'model'.padEnd(20),
  'sMAPE'.padStart(8),
  'MASE'.padStart(8),
  '80 %'.padStart(8),
  '95 %'.padStart(8),
  'CPU ms'.padStart(10),
  'series'.padStart(8),
  'failed'.padStart(8),
].join('');

const rowText = (id: string, row: Row): string =>
  [
    id.padEnd(20),
    row.smape.toFixed(2).padStart(8),
    row.mase.toFixed(3).padStart(8),
    row.coverage80.toFixed(3).padStart(8),
    row.coverage95.toFixed(3).padStart(8),
    row.cpuMs.toFixed(2).padStart(10),
    String(row.series).padStart(8),
    String(row.failures).padStart(8),
    row.reason ? `  first: ${row.reason}` : '',
  ].join('');

/** R's rows by method, or why there are none. */
async function measurePeers(file: string, every: number): Promise<Record<string, Row> | string> {
  try {
    await run('Rscript', ['-e', 'library(forecast); library(jsonlite)']);
  } catch {
    return 'R with forecast and jsonlite is not here (apt-get install r-cran-forecast r-cran-jsonlite)';
  }
  const { stdout } = await run('Rscript', [peerScript, file, String(every)], { maxBuffer: 1 << 24 });
  return JSON.parse(stdout.trim().split('\n').at(-1) as string);
}

function printRatios(rows: Record<string, Row>, peers: Record<string, Row>): void {
  for (const [own, peer] of Object.entries(counterparts)) {
    if (!rows[own] || !peers[peer]) continue;
    const ratio = (key: 'smape' | 'mase' | 'cpuMs') => (rows[own][key] / peers[peer][key]).toFixed(3);
    console.log(
      `${own} against R's ${peer}: sMAPE × ${ratio('smape')}, MASE × ${ratio('mase')}, CPU × ${ratio('cpuMs')}`,
    );
  }
}

function readTasks(file: string, every: number): Task[] {
  const list: { x: number[]; xx: number[] }[] = JSON.parse(readFileSync(file, 'utf8'));
  return list
    .filter((_, i) => i % every === 0)
    .map(({ x, xx }) => ({ past: Float64Array.from(x), future: Float64Array.from(xx) }));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { every: { type: 'string' }, models: { type: 'string' }, peers: { type: 'boolean', default: false } },
  });
  const file = positionals[0] ?? m1Path;
  if (!existsSync(file)) {
    console.log(`SKIPPED: ${file} is not there. Give a file: npm run bench:forecast -- file.json`);
    console.log(JSON.stringify({ skipped: 'no data' }));
    return;
  }
  const every = Number(values.every ?? (values.peers ? everyWithPeers : 1));
  const wanted = values.models?.split(',') ?? null;
  const competitors = [...forecastingModels.map(competitorOf), combined].filter(
    ({ id }) => !wanted || wanted.includes(id),
  );
  const tasks = readTasks(file, every);
  console.log(heading);
  const rows: Record<string, Row> = {};
  for (const competitor of competitors) {
    rows[competitor.id] = await measure(competitor, tasks);
    console.log(rowText(competitor.id, rows[competitor.id]));
  }
  const peers = values.peers ? await measurePeers(file, every) : null;
  if (typeof peers === 'string') console.log(`peers SKIPPED: ${peers}`);
  else if (peers) {
    for (const [id, row] of Object.entries(peers)) console.log(rowText(`R ${id}`, row));
    printRatios(rows, peers);
  }
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
  console.log(JSON.stringify(rows));
}

await main();
