/**
 * Daily benchmark: a sales file is imported through the application, and every forecasting model of the registry, then the
 * combination as the application answers it, forecasts four times 28 days in a row up to the end of the data, each time
 * from what lay before. Prints a table and, last, one JSON line.
 *
 *   npm run bench:daily -- [sales.csv(.gz)]
 *
 * Sales are net of cancellations; unknown customers count. WAPE and R² over all days; MAPE and the pooled coverage of the
 * 80 % and 95 % bands over open days with sales. Single models are fitted once an origin and show their own bands.
 */
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { type Application, createApplication } from '../src-main/application/application.ts';
import type { AugursModules } from '../src-main/engine/forecasting/augurs-modules.ts';
import { type FitSettings, fitBefore } from '../src-main/engine/forecasting/backtest.ts';
import { futurePeriods, openAhead } from '../src-main/engine/forecasting/future-periods.ts';
import type { Model, TrainingEngine } from '../src-main/engine/forecasting/model.ts';
import { forecastingModels } from '../src-main/engine/forecasting/registry.ts';
import { moneyPerUnit, trainingInput } from '../src-main/engine/forecasting/training-input.ts';
import { dayNumber, dayText } from '../src-main/engine/sales/sale-lines.ts';
import { loadAugurs } from '../src-main/worker/augurs-engine.ts';
import { loadTrainingEngine } from '../src-main/worker/training-engine.ts';
import type { PeriodStatus, SalesSeries } from '../src-shared/domain.ts';

const retailPath = fileURLToPath(new URL('../../shared/data/online_retail_II.csv.gz', import.meta.url));
const windows = 4;
const days = 28;
const levels = [0.8, 0.95];

/** One forecast of 28 days, in currency units. */
interface Answer {
  point: number[];
  low80: number[];
  high80: number[];
  low95: number[];
  high95: number[];
}

/** 28 days and what was known before them. */
interface Window {
  past: SalesSeries;
  /** Last day of the past. */
  to: string;
  actual: number[];
  status: PeriodStatus[];
}

interface Row {
  wape: number;
  mape: number;
  r2: number;
  coverage80: number;
  coverage95: number;
  cpuSeconds: number;
  /** Windows that got no answer. */
  failures: number;
  /** Of the first failure. */
  reason?: string;
  /** Closed days whose forecast or band is not exactly 0. */
  closedNotZero: number;
}

let training: Promise<TrainingEngine> | null = null;
let augurs: Promise<AugursModules> | null = null;

const settings: FitSettings = {
  seed: 1,
  yearly: false,
  tick() {},
  pause: () => Promise.resolve(),
  now: () => performance.now(),
  runtimes: {
    training() {
      training ??= loadTrainingEngine();
      return training;
    },
    augurs() {
      augurs ??= loadAugurs();
      return augurs;
    },
  },
};

async function answerOf(model: Model, { past }: Window): Promise<Answer> {
  const input = trainingInput(past);
  const future = futurePeriods(past, { horizon: days, start: null }, input.dense);
  const open = openAhead(future);
  const forecaster = await fitBefore(model, input, input.y.length, open.length, settings);
  const { point, intervals } = forecaster.predict(
    Int32Array.from(open, ({ day }) => day),
    levels,
  );
  const spread = (values: Float64Array): number[] => {
    let next = 0;
    return future.map((one) => {
      const value = one.open ? values[next++] : 0;
      return one.closed ? 0 : value;
    });
  };
  return {
    point: spread(point),
    low80: spread(intervals[0].lower),
    high80: spread(intervals[0].upper),
    low95: spread(intervals[1].lower),
    high95: spread(intervals[1].upper),
  };
}

async function combinationAnswer(app: Application, { to }: Window): Promise<Answer> {
  const { points } = await app.call('forecast.run', { filter: { to }, frequency: 'day', horizon: days });
  const of = (key: 'mean' | 'low80' | 'high80' | 'low95' | 'high95') => points.map((one) => one[key] / moneyPerUnit);
  return { point: of('mean'), low80: of('low80'), high80: of('high80'), low95: of('low95'), high95: of('high95') };
}

/** Sums over all windows of one model. */
class Tally {
  private errors = 0;
  private sales = 0;
  private percentages = 0;
  private squares = 0;
  private readonly all: number[] = [];
  private sold = 0;
  private in80 = 0;
  private in95 = 0;
  private closedNotZero = 0;

  add({ actual, status }: Window, answer: Answer): void {
    actual.forEach((value, j) => {
      const point = answer.point[j];
      if (status[j] === 'missing') return;
      this.errors += Math.abs(value - point);
      this.sales += Math.abs(value);
      this.squares += (value - point) ** 2;
      this.all.push(value);
      if (status[j] === 'closed') {
        if (point !== 0 || answer.low95[j] !== 0 || answer.high95[j] !== 0) this.closedNotZero++;
        return;
      }
      if (!(value > 0)) return;
      this.sold++;
      this.percentages += Math.abs(value - point) / value;
      if (value >= answer.low80[j] && value <= answer.high80[j]) this.in80++;
      if (value >= answer.low95[j] && value <= answer.high95[j]) this.in95++;
    });
  }

  row(cpuSeconds: number): Omit<Row, 'failures'> {
    const centre = this.all.reduce((sum, value) => sum + value, 0) / this.all.length;
    return {
      wape: (100 * this.errors) / this.sales,
      mape: (100 * this.percentages) / this.sold,
      r2: 1 - this.squares / this.all.reduce((sum, value) => sum + (value - centre) ** 2, 0),
      coverage80: this.in80 / this.sold,
      coverage95: this.in95 / this.sold,
      cpuSeconds,
      closedNotZero: this.closedNotZero,
    };
  }
}

async function measure(list: Window[], ask: (window: Window) => Promise<Answer>): Promise<Row> {
  const tally = new Tally();
  let failures = 0;
  let reason: string | undefined;
  const started = process.cpuUsage();
  for (const window of list) {
    try {
      tally.add(window, await ask(window));
    } catch (error) {
      failures++;
      reason ??= error instanceof Error ? error.message : String(error);
    }
  }
  const { user, system } = process.cpuUsage(started);
  return { ...tally.row((user + system) / 1e6), failures, reason };
}

/** Imports the file and cuts four windows off the end of its daily series. */
async function windowsOf(app: Application, csv: string): Promise<Window[]> {
  await app.call('import.run', { file: { path: csv, name: basename(csv) } });
  const { rules } = await app.call('settings.get', {});
  await app.call('settings.set', { rules: { ...rules, unknownCustomer: 'keep', cancellations: 'net' } });
  const series = await app.call('series.get', { frequency: 'day' });
  const n = series.dates.length;
  return Promise.all(
    Array.from({ length: windows }, async (_, i) => {
      const from = n - (windows - i) * days;
      const to = dayText(dayNumber(series.dates[from]) - 1);
      return {
        past: await app.call('series.get', { filter: { to }, frequency: 'day' }),
        to,
        actual: series.values.slice(from, from + days).map((value) => value / moneyPerUnit),
        status: series.status.slice(from, from + days),
      };
    }),
  );
}

const heading = `${'model'.padEnd(20)}${'WAPE'.padStart(8)}${'MAPE'.padStart(8)}${'R²'.padStart(8)}${'80 %'.padStart(8)}${'95 %'.padStart(8)}${'CPU s'.padStart(9)}${'failed'.padStart(8)}`;

const rowText = (id: string, row: Row): string =>
  [
    id.padEnd(20),
    row.wape.toFixed(1).padStart(8),
    row.mape.toFixed(1).padStart(8),
    row.r2.toFixed(2).padStart(8),
    row.coverage80.toFixed(3).padStart(8),
    row.coverage95.toFixed(3).padStart(8),
    row.cpuSeconds.toFixed(2).padStart(9),
    String(row.failures).padStart(8),
    row.reason ? `  first: ${row.reason}` : '',
  ].join('');

async function measureAll(app: Application, csv: string, wanted: string[] | null): Promise<void> {
  const list = await windowsOf(app, csv);
  console.log(heading);
  const rows: Record<string, Row> = {};
  const show = (id: string, row: Row): void => {
    rows[id] = row;
    console.log(rowText(id, row));
  };
  for (const model of forecastingModels)
    if (!wanted || wanted.includes(model.id)) show(model.id, await measure(list, (window) => answerOf(model, window)));
  if (!wanted || wanted.includes('combination'))
    show('combination', await measure(list, (window) => combinationAnswer(app, window)));
  const closed = list.reduce((sum, { status }) => sum + status.filter((one) => one === 'closed').length, 0);
  const wrong = Object.values(rows).reduce((sum, { closedNotZero }) => sum + closedNotZero, 0);
  console.log(`closed days: ${closed}; forecasts of them that are not exactly 0: ${wrong}`);
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
  console.log(JSON.stringify(rows));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { models: { type: 'string' } } });
  const source = positionals[0] ?? retailPath;
  if (!existsSync(source)) {
    console.log(`SKIPPED: ${source} is not there. Give a file of sales: npm run bench:daily -- sales.csv`);
    console.log(JSON.stringify({ skipped: 'no data' }));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'salescope-bench-'));
  try {
    const csv = source.endsWith('.gz') ? join(folder, 'sales.csv') : source;
    if (csv !== source) await pipeline(createReadStream(source), createGunzip(), createWriteStream(csv));
    const app = createApplication({ storePath: join(folder, 'store.db') });
    await measureAll(app, csv, values.models?.split(',') ?? null);
    await app.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
