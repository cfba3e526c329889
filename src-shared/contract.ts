/**
 * Every method of the application in one object: what it is, its input (zod), its output (type) and where it runs.
 * The doors, the client, the command line's help and the tests read this object; nothing else lists methods.
 */
import { z } from 'zod';
import type {
  AppInfo,
  BestSellers,
  BoughtTogether,
  CleaningEffects,
  EngineInfo,
  FilterOptions,
  ImportPreview,
  ImportRecord,
  ImportResult,
  Licence,
  LogState,
  MadeFile,
  Overview,
  Page,
  Progress,
  RevenueChange,
  SaleRow,
  SetAsideRow,
  Settings,
} from './domain.ts';
import { exportTables, tableKindIds } from './domain.ts';
import { customerMethods } from './contract/customers.ts';
import { forecastMethods } from './contract/forecasts.ts';
import { day, filtered, filterSchema, frequency, importFile, nothing, paging } from './contract/inputs.ts';
import { method, type Where } from './contract/method.ts';
import { storeMethods } from './contract/store.ts';
import type { ErrorFrame } from './errors.ts';

const rulesSchema = z.strictObject({
  unknownCustomer: z.enum(['drop', 'keep']),
  cancellations: z.enum(['net', 'drop', 'keep']),
  quantity: z.enum(['drop', 'keep']),
  price: z.enum(['drop', 'keep']),
  identical: z.enum(['drop', 'keep']),
  nonProduct: z.enum(['drop', 'keep']),
});

/** Four limits of a score, none below the one before. */
const limits = z
  .array(z.number().min(0))
  .length(4)
  .refine(
    (cuts) => cuts.every((cut, i) => i === 0 || cut >= cuts[i - 1]),
    'The four limits must rise, such as 1, 2, 4, 8.',
  );

const settingsPatch = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'A currency is three capital letters, such as EUR.')
    .optional(),
  locale: z.string().min(2).optional(),
  businessName: z.string().max(200).optional(),
  rules: rulesSchema.partial().optional(),
  asOf: day.nullable().optional(),
  cuts: z.strictObject({ recencyDays: limits, frequency: limits, monetary: limits }).nullable().optional(),
  openWeekdays: z
    .array(z.boolean())
    .length(7)
    .refine((open) => open.some(Boolean), 'At least one weekday must be open.')
    .nullable()
    .optional(),
  holidayCountry: z
    .string()
    .regex(
      /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/,
      'A country is two capital letters, such as GB; a region adds its own, such as GB-SCT.',
    )
    .nullable()
    .optional(),
  paper: z.enum(['A4', 'Letter']).optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
});

const importOptions = z.strictObject({
  kind: z.enum(tableKindIds).optional(),
  sheets: z.array(z.string()).optional(),
  encoding: z.string().optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  headerRow: z.number().int().min(-1).optional(),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).optional(),
  decimalMark: z.enum(['.', ',']).optional(),
  mapping: z.record(z.string(), z.string().nullable()).optional(),
});
const importInput = z.strictObject({ file: importFile, options: importOptions.default({}) });

const rowsInput = z.strictObject({
  filter: filterSchema.default({}),
  of: z
    .strictObject({
      customer: z.string().optional(),
      product: z.string().optional(),
      country: z.string().optional(),
      invoice: z.string().optional(),
      month: z
        .string()
        .regex(/^\d{4}-\d{2}$/)
        .optional(),
      day: day.optional(),
      rule: z.enum(['unknownCustomer', 'cancellations', 'quantity', 'price', 'identical', 'nonProduct']).optional(),
    })
    .default({}),
  ...paging,
});

export const contract = {
  'app.info': method<AppInfo>()({ about: 'Versions, the store and what it holds.', input: nothing, where: 'data' }),
  'app.log': method<LogState>()({
    about: 'Where the log of faults lies, and its newest entry.',
    input: nothing,
    where: 'main',
  }),
  'app.noteFault': method<Record<string, never>>()({
    about: 'Notes a fault of the page in the log.',
    input: z.strictObject({ message: z.string().max(2000), stack: z.string().max(20_000).default('') }),
    where: 'main',
  }),
  'app.licences': method<Licence[]>()({
    about: 'The packages inside this program and their licences.',
    input: nothing,
    where: 'main',
  }),
  'app.restart': method<AppInfo>()({
    about: 'Starts the threads anew; safe: without remembered answers and without the training engines.',
    input: z.strictObject({ safe: z.boolean().default(false) }),
    where: 'main',
  }),
  'engine.info': method<EngineInfo>()({ about: 'Which training engine runs and why.', input: nothing, where: 'model' }),
  'settings.get': method<Settings>()({ about: 'The settings.', input: nothing, where: 'data' }),
  'settings.set': method<Settings>()({
    about: 'Changes settings; answers all of them.',
    input: settingsPatch,
    where: 'data',
    changes: true,
  }),

  'import.preview': method<ImportPreview>()({
    about: 'What a file is taken for, before anything is stored.',
    input: importInput,
    where: 'data',
  }),
  'import.run': method<ImportResult>()({
    about: 'Imports one file in one transaction.',
    input: importInput,
    where: 'data',
    work: 'import',
    long: true,
    changes: true,
  }),
  'import.list': method<ImportRecord[]>()({ about: 'All imports, newest first.', input: nothing, where: 'data' }),
  'import.undo': method<ImportRecord>()({
    about: 'Takes one import out again.',
    input: z.strictObject({ importId: z.number().int() }),
    where: 'data',
    work: 'import',
    long: true,
    changes: true,
  }),
  'import.setAside': method<Page<SetAsideRow>>()({
    about: 'Rows set aside by an import, with the reason.',
    input: z.strictObject({ importId: z.number().int(), ...paging }),
    where: 'data',
  }),
  'demo.load': method<ImportResult[]>()({
    about: 'Makes and imports the demo company.',
    input: z.strictObject({ seed: z.number().int().min(0).default(1) }),
    where: 'data',
    work: 'import',
    long: true,
    changes: true,
  }),
  'demo.files': method<MadeFile[]>()({
    about: 'The files of the demo company with a README of what is true of it.',
    input: z.strictObject({ seed: z.number().int().min(0).default(1) }),
    where: 'data',
  }),

  'cleaning.effects': method<CleaningEffects>()({
    about: 'What each cleaning rule does, in lines and money.',
    input: nothing,
    where: 'data',
  }),
  'filter.options': method<FilterOptions>()({
    about: 'What the filters can choose from.',
    input: nothing,
    where: 'data',
    memo: true,
  }),
  'overview.get': method<Overview>()({
    about: 'Revenue, orders, customers, average order, repeat share; months; top products and countries.',
    input: filtered,
    where: 'data',
    memo: true,
  }),
  'rows.list': method<Page<SaleRow>>()({
    about: 'The sale lines behind a figure, read back as imported.',
    input: rowsInput,
    where: 'data',
  }),

  'overview.change': method<RevenueChange>()({
    about: 'Why revenue differs between two periods: customers, visits, items, price; adds up exactly.',
    input: z.strictObject({
      filter: filterSchema.default({}),
      /** null: the last complete month, or the filter's own dates. */
      current: z.strictObject({ from: day, to: day }).nullable().default(null),
      /** previous: the period of equal length just before; year: the same period a year earlier. */
      against: z.union([z.enum(['previous', 'year']), z.strictObject({ from: day, to: day })]).default('previous'),
    }),
    where: 'data',
    memo: true,
  }),
  'products.together': method<BoughtTogether>()({
    about: 'Pairs of products bought in one order: support, confidence, lift.',
    input: z.strictObject({
      filter: filterSchema.default({}),
      /** null: 1 in 1,000 orders, at least 5. */
      minOrders: z.number().int().min(2).nullable().default(null),
      product: z.string().nullable().default(null),
      sort: z.enum(['lift', 'orders', 'confidence']).default('lift'),
      limit: z.number().int().min(1).max(10_000).default(100),
    }),
    where: 'data',
    memo: true,
  }),
  'products.bySegment': method<BestSellers>()({
    about: 'Best sellers of each segment and what it buys more than others.',
    input: z.strictObject({ filter: filterSchema.default({}), limit: z.number().int().min(1).max(100).default(10) }),
    where: 'data',
    memo: true,
  }),

  ...customerMethods,

  ...forecastMethods,

  ...storeMethods,

  'report.pdf': method<MadeFile>()({
    about: "The PDF report; every number is the screen's.",
    input: z.strictObject({
      filter: filterSchema.default({}),
      paper: z.enum(['A4', 'Letter']).optional(),
      frequency: frequency.default('day'),
      horizon: z.number().int().min(1).max(365).default(30),
      model: z.string().default('auto'),
      seed: z.number().int().min(0).default(1),
      start: day.nullable().default(null),
    }),
    where: 'main',
    work: 'report',
  }),
  'export.csv': method<MadeFile>()({
    about: 'One table as an Excel-safe CSV.',
    input: z.strictObject({
      table: z.enum(exportTables),
      filter: filterSchema.default({}),
      importId: z.number().int().optional(),
      search: z.string().default(''),
      model: z.string().default('auto'),
      seed: z.number().int().min(0).default(1),
      /** What the table's own method is asked beside the filter, such as the clustering's settings. */
      input: z.record(z.string(), z.unknown()).default({}),
    }),
    where: 'main',
  }),
} as const;

export type Contract = typeof contract;
export type MethodName = keyof Contract;
/** What a caller may write (defaults left out). */
export type Input<M extends MethodName> = z.input<Contract[M]['input']>;
/** What a handler receives (defaults filled in). */
export type Parsed<M extends MethodName> = z.output<Contract[M]['input']>;
export type Output<M extends MethodName> = NonNullable<Contract[M]['output']>;
export type MethodsAt<W extends Where> = { [M in MethodName]: Contract[M]['where'] extends W ? M : never }[MethodName];

export interface CallOptions {
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}
/** The whole program. */
export type Call = <M extends MethodName>(method: M, input: Input<M>, options?: CallOptions) => Promise<Output<M>>;

/** What every door carries back for one call. */
export type Frame =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'result'; output: unknown }
  | { kind: 'error'; error: ErrorFrame };

export const isMethodName = (name: string): name is MethodName => Object.hasOwn(contract, name);
