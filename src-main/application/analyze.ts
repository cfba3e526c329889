/** The main job without a window: import, clean, segment, forecast, report. Composes `call` and nothing else. */
import { accessSync, constants, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Call, CallOptions, Input } from '../../src-shared/contract.ts';
import type {
  ExportTable,
  FeatureInfo,
  Field,
  ImportOptions,
  ImportPreview,
  ImportResult,
  MadeFile,
  Progress,
} from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { type MadeFolder, openMadeFolder } from './made-folder.ts';
import { createSay, outcome, type Say } from './sentences.ts';
import { onStore } from './on-store.ts';
import { type Refusal, type Summary, type SummaryParts, summarize } from './summary.ts';

export interface AnalyzeInput {
  files: string[];
  out: string;
  /** null: a temporary store that is thrown away. */
  store: string | null;
  settings: Input<'settings.set'>;
  importOptions: ImportOptions;
  clustering: Partial<NonNullable<Input<'customers.cluster'>['settings']>>;
  forecast: Omit<Input<'forecast.run'>, 'filter'>;
  seed: number;
  pdf: boolean;
}

export interface AnalyzeOptions {
  /** A step in words, and how far it is where that is known. */
  onStep?: (step: string, progress: Progress | null) => void;
  signal?: AbortSignal;
}

const tables: ExportTable[] = ['rfm_table', 'customer_segments', 'segment_summary', 'sales_forecast_30days'];
/** What the data cannot carry is left out with its reason; anything else ends the run. */
const refusals = ['no-data', 'not-enough-data', 'model-failed'];

function checkReadable(path: string): void {
  const refuse = (why: string): never => {
    throw new AppError(
      'file-not-readable',
      `"${path}" cannot be read: ${why}. Check the name and the rights of the file.`,
      { path },
    );
  };
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    refuse((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message);
  }
  if (!statSync(path).isFile()) refuse('it is a folder, not a file');
}

/** One run: what is known so far, and how to ask for more. */
interface Run {
  call: Call;
  input: AnalyzeInput;
  say: Say;
  refused: Refusal[];
  step(key: string, params?: Record<string, string>): CallOptions;
}

async function orRefuse<T>(run: Run, part: string, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof AppError) || !refusals.includes(error.code)) throw error;
    run.refused.push({ part, code: error.code, message: error.message });
    return null;
  }
}

interface Looked {
  file: { path: string; name: string };
  preview: ImportPreview;
  options: ImportOptions;
}

/** Options name columns of one file among several: each file takes the names that it has. */
function mappingFor(wanted: ImportOptions['mapping'], { columns }: ImportPreview): ImportOptions['mapping'] {
  const headers = new Set(columns.map(({ header }) => header));
  return Object.fromEntries(
    Object.entries(wanted ?? {}).filter(([, header]) => header === null || headers.has(header)),
  );
}

async function look(run: Run, path: string): Promise<Looked> {
  const { mapping, ...others } = run.input.importOptions;
  const file = { path: resolve(path), name: basename(path) };
  const options = run.step('look', { file: file.name });
  const first = await run.call('import.preview', { file, options: others }, options);
  if (mapping === undefined) return { file, preview: first, options: others };
  const mapped = { ...others, mapping: mappingFor(mapping, first) };
  return { file, preview: await run.call('import.preview', { file, options: mapped }, options), options: mapped };
}

function checkMapping(run: Run, looked: Looked[]): void {
  const headers = looked.flatMap(({ preview }) => preview.columns.map(({ header }) => header));
  for (const [field, header] of Object.entries(run.input.importOptions.mapping ?? {})) {
    if (header === null || headers.includes(header)) continue;
    throw new AppError(
      'invalid-input',
      `--map ${field}=${header}: no file has a column "${header}". There are: ${headers.join(', ')}.`,
      { field, header },
    );
  }
  for (const { file, preview } of looked)
    if (preview.missing.length > 0) throw missingFields(file.name, preview.missing, preview);
}

function missingFields(name: string, missing: Field[], { columns }: ImportPreview): AppError {
  const there = columns.map(({ header }) => header).join(', ');
  const sentence = `${name}: no column was found for ${missing.join(', ')}. Name it with --map ${missing[0]}=Header; the file has: ${there}.`;
  return new AppError('file-not-understood', sentence, { name, missing });
}

async function importAll(run: Run): Promise<SummaryParts['files']> {
  const looked: Looked[] = [];
  for (const path of run.input.files) looked.push(await look(run, path));
  checkMapping(run, looked);
  const done: { preview: ImportPreview; result: ImportResult }[] = [];
  for (const { file, preview, options } of looked) {
    done.push({
      preview,
      result: await run.call('import.run', { file, options }, run.step('read', { file: file.name })),
    });
  }
  return done;
}

/** Chosen features; without sales the numbers of the customer file. */
function featuresOf(run: Run, available: FeatureInfo[], hasSales: boolean): string[] | undefined {
  if (run.input.clustering.features) return run.input.clustering.features;
  const numbers = available.filter(({ kind, source }) => source === 'customer-file' && kind === 'number');
  return hasSales ? undefined : numbers.map(({ id }) => id);
}

async function cluster(run: Run, hasSales: boolean): Promise<SummaryParts['clustering']> {
  const options = run.step('clustering');
  const features = featuresOf(run, await run.call('customers.features', {}, options), hasSales);
  if (features?.length === 0) {
    run.refused.push({ part: 'clustering', code: 'no-data', message: run.say('cli.noFeatures') });
    return null;
  }
  const settings = { ...run.input.clustering, ...(features && { features }), seed: run.input.seed };
  return orRefuse(run, 'clustering', run.call('customers.cluster', { settings }, options));
}

async function figures(
  run: Run,
  files: SummaryParts['files'],
): Promise<Omit<SummaryParts, 'sentences' | 'refusals' | 'made'>> {
  const { call, input } = run;
  const adding = run.step('figures');
  const info = await call('app.info', {}, adding);
  const overview = await orRefuse(run, 'overview', call('overview.get', {}, adding));
  const options = overview && (await call('filter.options', {}, adding));
  const cleaning = await orRefuse(run, 'cleaning', call('cleaning.effects', {}, adding));
  const rfm = await orRefuse(run, 'rfm', call('customers.rfm', {}, run.step('customers')));
  const clustering = await cluster(run, info.lines > 0);
  const forecast = await orRefuse(
    run,
    'forecast',
    call('forecast.run', { ...input.forecast, seed: input.seed }, run.step('forecast')),
  );
  const engine = await call('engine.info', {});
  const settings = await call('settings.get', {});
  return { info, engine, settings, seed: input.seed, files, cleaning, overview, options, rfm, clustering, forecast };
}

const keep = (folder: MadeFolder, made: MadeFile | null): void => {
  if (made) folder.write(made.fileName, Buffer.from(made.base64, 'base64'));
};

async function makeFiles(run: Run, folder: MadeFolder): Promise<void> {
  const { forecast, seed, pdf } = run.input;
  const { frequency, horizon, model } = forecast;
  if (pdf) {
    const options = run.step('report');
    keep(folder, await orRefuse(run, 'report', run.call('report.pdf', { frequency, horizon, model, seed }, options)));
  }
  const options = run.step('tables');
  for (const table of tables) {
    keep(folder, await orRefuse(run, `${table}.csv`, run.call('export.csv', { table, model, seed }, options)));
  }
}

async function checkModel(call: Call, { model = 'auto' }: AnalyzeInput['forecast']): Promise<void> {
  const ids = ['auto', ...(await call('forecast.models', {})).map(({ id }) => id)];
  if (!ids.includes(model))
    throw new AppError('invalid-input', `--model ${model}: there is no such model. Choose one of ${ids.join(', ')}.`, {
      model,
    });
}

async function analyze(
  call: Call,
  input: AnalyzeInput,
  folder: MadeFolder,
  { onStep, signal }: AnalyzeOptions,
): Promise<Summary> {
  await checkModel(call, input.forecast);
  const settings = await call('settings.set', input.settings, { signal });
  const say = createSay(settings);
  const step: Run['step'] = (key, params) => {
    const text = say(`cli.step.${key}`, params);
    onStep?.(text, null);
    return { signal, onProgress: (progress) => onStep?.(text, progress) };
  };
  const run: Run = { call, input, say, refused: [], step };
  const parts = await figures(run, await importAll(run));
  await makeFiles(run, folder);
  const made = folder.names();
  const summary = summarize({ ...parts, sentences: outcome(parts), refusals: run.refused, made });
  folder.write('summary.json', `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

/**
 * Imports the files and writes the report, the tables and summary.json into a folder that appears whole or not at all.
 * @throws AppError 'file-not-readable', 'file-not-understood', 'invalid-input', 'cancelled' …; then the folder is as before
 */
export async function analyzeFiles(input: AnalyzeInput, options: AnalyzeOptions = {}): Promise<Summary> {
  for (const path of input.files) checkReadable(path);
  const folder = openMadeFolder(input.out);
  try {
    const summary = await onStore(input.store, (call) => analyze(call, input, folder, options));
    folder.publish();
    return summary;
  } finally {
    folder.discard();
  }
}
