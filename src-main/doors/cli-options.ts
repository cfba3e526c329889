/** The options of `salescope analyze` and `demo`: one table that is parsed, checked and printed as help. */
import { parseArgs } from 'node:util';
import type { AnalyzeInput } from '../application/analyze.ts';
import type { CleaningRules, ClusterMethodId, Field, ImportOptions, RuleId } from '../../src-shared/domain.ts';
import { clusterMethodIds, tableKindIds } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { similarNames } from './similar-names.ts';

interface Option {
  /** What stands after it; null: a switch. */
  value: string | null;
  about: string;
  /** Allowed words. */
  choices?: readonly string[];
  repeatable?: boolean;
}

const rule = (about: string, ...choices: string[]): Option => ({ value: choices.join('|'), about, choices });

export const analyzeOptions = {
  out: { value: 'folder', about: 'Where the results go; needed.' },
  store: { value: 'file', about: 'Keeps the data in this store; else a temporary one is thrown away.' },
  json: { value: null, about: 'Prints summary.json on stdout.' },
  'no-pdf': { value: null, about: 'Leaves the PDF report out.' },
  cancellations: rule('Returns: reduce revenue on their own date, are left out, or stay.', 'net', 'drop', 'keep'),
  'unknown-customer': rule('Lines without a customer.', 'drop', 'keep'),
  quantity: rule('Lines with a quantity of 0 or less that are not returns.', 'drop', 'keep'),
  price: rule('Lines with a price of 0 or less.', 'drop', 'keep'),
  identical: rule('Lines identical to an earlier one.', 'drop', 'keep'),
  'non-product': rule('Postage, fees, adjustments, gift cards.', 'drop', 'keep'),
  'as-of': { value: 'YYYY-MM-DD', about: 'Day from which recency counts; else the day after the last sale.' },
  currency: { value: 'EUR', about: 'Three letters (ISO 4217).' },
  locale: { value: 'en-GB', about: 'How numbers and dates are written.' },
  business: { value: 'name', about: 'Name on the report.' },
  paper: { value: 'A4|Letter', about: 'Paper of the report.', choices: ['A4', 'Letter'] },
  frequency: { value: 'day|week|month', about: 'Periods of the forecast.', choices: ['day', 'week', 'month'] },
  horizon: { value: '1..365', about: 'Periods ahead; else 30.' },
  model: {
    value: 'id',
    about:
      'One forecasting model ("salescope methods" lists them); else auto, a mixture weighed by how each did in the backtest.',
  },
  seed: { value: 'number', about: 'Seed of everything random; else 1.' },
  features: { value: 'a,b,c', about: 'Features for the groups; else recencyDays,frequency,monetary.' },
  method: {
    value: clusterMethodIds.join('|'),
    about: 'How the groups are made; else kmeans.',
    choices: [...clusterMethodIds],
  },
  transform: {
    value: 'auto|none|log1p|yeojohnson',
    about: 'Applied to the features first.',
    choices: ['auto', 'none', 'log1p', 'yeojohnson'],
  },
  scaling: { value: 'zscore|minmax|none', about: 'Scaling of the features.', choices: ['zscore', 'minmax', 'none'] },
  k: { value: '2..10', about: 'Number of groups; else the best silhouette decides.' },
  kind: { value: tableKindIds.join('|'), about: 'What the files hold.', choices: [...tableKindIds] },
  sheets: { value: 'a,b', about: 'Sheets of a workbook to read; equal headers are stacked.' },
  encoding: { value: 'name', about: 'Encoding of the text, such as utf-8 or windows-1252.' },
  delimiter: { value: ',|;|tab|pipe', about: 'What separates the cells.', choices: [',', ';', 'tab', 'pipe'] },
  'header-row': { value: '1..', about: 'Row of the header; 0: there is none.' },
  'date-order': { value: 'ymd|dmy|mdy', about: 'Order of day, month and year.', choices: ['ymd', 'dmy', 'mdy'] },
  decimal: { value: '.|,', about: 'Decimal mark.', choices: ['.', ','] },
  map: {
    value: 'field=Header',
    about: 'Takes a column for a field; "field=" leaves the field out. May be repeated.',
    repeatable: true,
  },
} as const satisfies Record<string, Option>;

type Name = keyof typeof analyzeOptions;
type Values = Partial<Record<Name, string | boolean | string[]>>;

const wrong = (sentence: string): never => {
  throw new AppError('invalid-input', sentence);
};

function suggestion(unknown: string): string {
  const near = similarNames(unknown, Object.keys(analyzeOptions)).map((name) => `--${name}`);
  return near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ' "salescope help analyze" lists them.';
}

function checkChoices(values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    const { choices } = analyzeOptions[name as Name] as Option;
    if (choices && !choices.includes(value as string))
      wrong(`--${name} ${value}: choose one of ${choices.join(', ')}.`);
  }
}

function parse(args: string[]): { values: Values; positionals: string[] } {
  const table = Object.entries(analyzeOptions as Record<string, Option>).map(([name, { value, repeatable }]) => [
    name,
    { type: value === null ? ('boolean' as const) : ('string' as const), multiple: repeatable ?? false },
  ]);
  const unknown = args
    .slice(0, args.includes('--') ? args.indexOf('--') : undefined)
    .find((arg) => /^--[^=]/.test(arg) && !(arg.slice(2).split('=')[0] in analyzeOptions));
  if (unknown) wrong(`There is no option ${unknown.split('=')[0]}.${suggestion(unknown.slice(2).split('=')[0])}`);
  try {
    const { values, positionals } = parseArgs({ args, options: Object.fromEntries(table), allowPositionals: true });
    checkChoices(values as Values);
    return { values: values as Values, positionals };
  } catch (error) {
    if (error instanceof AppError) throw error;
    // parseArgs' own sentence names the option; its second one is about programming.
    return wrong(
      `${(error as Error).message.split('. ')[0]}.`
        .replace('..', '.')
        .replace(/^Option '(--[\w-]+) <value>' argument missing/, '$1 needs a value'),
    );
  }
}

function whole(values: Values, name: Name, from: number, to: number): number | undefined {
  const text = values[name] as string | undefined;
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < from || number > to)
    wrong(`--${name} ${text}: give a whole number from ${from} to ${to}.`);
  return number;
}

/** The defined entries only: what is left out is decided by the application. */
function given<T extends object>(entries: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Partial<T>;
}

const ruleOptions: Record<RuleId, Name> = {
  unknownCustomer: 'unknown-customer',
  cancellations: 'cancellations',
  quantity: 'quantity',
  price: 'price',
  identical: 'identical',
  nonProduct: 'non-product',
};

function settingsOf(values: Values): AnalyzeInput['settings'] {
  const chosen = Object.entries(ruleOptions).map(([id, name]) => [id, values[name]]);
  const rules: Partial<CleaningRules> = given(Object.fromEntries(chosen));
  return given<AnalyzeInput['settings']>({
    rules: Object.keys(rules).length > 0 ? rules : undefined,
    asOf: dayOf(values['as-of'] as string | undefined),
    currency: currencyOf(values.currency as string | undefined),
    locale: localeOf(values.locale as string | undefined),
    businessName: values.business as string | undefined,
    paper: values.paper as 'A4' | 'Letter' | undefined,
  } as AnalyzeInput['settings']);
}

function dayOf(text?: string): string | undefined {
  // A day that does not exist rolls over into the next month.
  const written = text === undefined ? '' : new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10);
  const real = text === undefined || written === text;
  return real ? text : wrong(`--as-of ${text}: write an existing day as YYYY-MM-DD.`);
}

function currencyOf(text?: string): string | undefined {
  const code = text?.toUpperCase();
  return code === undefined || /^[A-Z]{3}$/.test(code)
    ? code
    : wrong(`--currency ${text}: a currency is three letters, such as EUR.`);
}

function localeOf(text?: string): string | undefined {
  try {
    return text === undefined ? undefined : Intl.getCanonicalLocales(text)[0];
  } catch {
    return wrong(`--locale ${text}: a locale looks like en-GB or de-DE.`);
  }
}

const fields: readonly Field[] = [
  'date',
  'time',
  'invoice',
  'customer',
  'product',
  'description',
  'quantity',
  'price',
  'amount',
  'country',
  'category',
  'name',
  'gender',
  'age',
  'income',
  'spendingScore',
];

function mappingOf(pairs: string[] = []): ImportOptions['mapping'] {
  const mapping: NonNullable<ImportOptions['mapping']> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) wrong(`--map ${pair}: write field=Header, such as --map "date=Order date".`);
    const field = pair.slice(0, at) as Field;
    if (!fields.includes(field))
      wrong(`--map ${pair}: there is no field "${field}". The fields are ${fields.join(', ')}.`);
    mapping[field] = pair.slice(at + 1) || null;
  }
  return Object.keys(mapping).length > 0 ? mapping : undefined;
}

const list = (text: unknown): string[] | undefined =>
  (text as string | undefined)
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function importOptionsOf(values: Values): ImportOptions {
  const delimiters: Record<string, ImportOptions['delimiter']> = { ',': ',', ';': ';', tab: '\t', pipe: '|' };
  const headerRow = whole(values, 'header-row', 0, 10_000);
  return given<ImportOptions>({
    kind: values.kind as ImportOptions['kind'],
    sheets: list(values.sheets),
    encoding: values.encoding as string | undefined,
    delimiter: delimiters[values.delimiter as string],
    // People count rows from 1; the contract counts from 0 and takes -1 for "none".
    headerRow: headerRow === undefined ? undefined : headerRow - 1,
    dateOrder: values['date-order'] as ImportOptions['dateOrder'],
    decimalMark: values.decimal as ImportOptions['decimalMark'],
    mapping: mappingOf(values.map as string[] | undefined),
  });
}

export interface AnalyzeCommand {
  input: AnalyzeInput;
  json: boolean;
}

/**
 * Reads the arguments after `analyze`, or after `demo`, which makes its own files.
 * @throws AppError 'invalid-input' with a sentence that says which option is wrong and what it takes
 */
export function analyzeCommand(args: string[], verb: 'analyze' | 'demo' = 'analyze'): AnalyzeCommand {
  const { values, positionals } = parse(args);
  if (verb === 'demo' && positionals.length > 0)
    wrong(`The demo company makes its own files; "${positionals[0]}" is one too many.`);
  if (verb === 'analyze' && positionals.length === 0)
    wrong('Name at least one file: salescope analyze sales.csv --out results.');
  if (!values.out) wrong('Say where the results go: --out <folder>.');
  const seed = whole(values, 'seed', 0, Number.MAX_SAFE_INTEGER) ?? 1;
  const input: AnalyzeInput = {
    files: positionals,
    out: values.out as string,
    store: (values.store as string | undefined) ?? null,
    settings: settingsOf(values),
    importOptions: importOptionsOf(values),
    clustering: given<AnalyzeInput['clustering']>({
      features: list(values.features),
      method: values.method as ClusterMethodId | undefined,
      transform: values.transform as 'auto' | undefined,
      scaling: values.scaling as 'zscore' | undefined,
      k: whole(values, 'k', 2, 10),
    }),
    forecast: given<AnalyzeInput['forecast']>({
      frequency: values.frequency as 'day' | undefined,
      horizon: whole(values, 'horizon', 1, 365),
      model: values.model as string | undefined,
    }),
    seed,
    pdf: values['no-pdf'] !== true,
  };
  return { input, json: values.json === true };
}
