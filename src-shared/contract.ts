/**
 * Every method of the application in one object: what it is, its input (zod), its output (type) and where it runs.
 * The doors, the client, the command line's help and the tests read this object; nothing else lists methods.
 */
import { z } from 'zod';
import type {
  AppInfo,
  ClassifyAnswer,
  CleaningEffects,
  ClusterResult,
  CustomerDetail,
  CustomerRow,
  EngineInfo,
  FeatureInfo,
  Filter,
  FilterOptions,
  ForecastResult,
  ImportPreview,
  ImportRecord,
  ImportResult,
  MadeFile,
  ModelInfo,
  Overview,
  Page,
  Progress,
  RfmSummary,
  SaleRow,
  SalesSeries,
  SetAsideRow,
  Settings,
} from './domain.ts';
import { exportTables, segmentIds } from './domain.ts';
import type { ErrorFrame } from './errors.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'A day is written as YYYY-MM-DD.');
const frequency = z.enum(['day', 'week', 'month']);

export const rulesSchema = z.strictObject({
  unknownCustomer: z.enum(['drop', 'keep']),
  cancellations: z.enum(['net', 'drop', 'keep']),
  quantity: z.enum(['drop', 'keep']),
  price: z.enum(['drop', 'keep']),
  identical: z.enum(['drop', 'keep']),
  nonProduct: z.enum(['drop', 'keep']),
});

export const filterSchema: z.ZodType<Filter> = z.strictObject({
  from: day.nullish(),
  to: day.nullish(),
  segments: z.array(z.enum(segmentIds)).optional(),
  countries: z.array(z.string()).optional(),
  products: z.array(z.string()).optional(),
});

const settingsPatch = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'A currency is three capital letters, such as EUR.')
    .optional(),
  locale: z.string().min(2).optional(),
  businessName: z.string().max(200).optional(),
  rules: rulesSchema.partial().optional(),
  asOf: day.nullable().optional(),
  paper: z.enum(['A4', 'Letter']).optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
});

const importFile = z.strictObject({ path: z.string().min(1), name: z.string().min(1) });
const importOptions = z.strictObject({
  kind: z.enum(['sales', 'customers', 'series']).optional(),
  sheets: z.array(z.string()).optional(),
  encoding: z.string().optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  headerRow: z.number().int().min(-1).optional(),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).optional(),
  decimalMark: z.enum(['.', ',']).optional(),
  mapping: z.record(z.string(), z.string().nullable()).optional(),
});
const importInput = z.strictObject({ file: importFile, options: importOptions.default({}) });

const paging = { offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(100_000).default(200) };
const filtered = z.strictObject({ filter: filterSchema.default({}) });

const customersQuery = z.strictObject({
  filter: filterSchema.default({}),
  search: z.string().default(''),
  sort: z
    .enum([
      'customer',
      'recencyDays',
      'frequency',
      'monetary',
      'averageOrder',
      'firstDay',
      'lastDay',
      'r',
      'f',
      'm',
      'segment',
      'country',
    ])
    .default('monetary'),
  descending: z.boolean().default(true),
  ...paging,
});

export const clusterSettingsSchema = z.strictObject({
  features: z.array(z.string()).min(1).default(['recencyDays', 'frequency', 'monetary']),
  transform: z.enum(['auto', 'none', 'log1p']).default('auto'),
  scaling: z.enum(['zscore', 'minmax', 'none']).default('zscore'),
  kMin: z.number().int().min(2).max(10).default(2),
  kMax: z.number().int().min(2).max(10).default(10),
  k: z.number().int().min(2).max(10).nullable().default(null),
  seed: z.number().int().min(0).default(1),
});
const clusterInput = z.strictObject({
  filter: filterSchema.default({}),
  settings: clusterSettingsSchema.default(clusterSettingsSchema.parse({})),
});

const forecastInput = z.strictObject({
  filter: filterSchema.default({}),
  frequency: frequency.default('day'),
  horizon: z.number().int().min(1).max(365).default(30),
  /** 'auto': the best by backtest. */
  model: z.string().default('auto'),
  seed: z.number().int().min(0).default(1),
});

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

/** main: answered by composing other methods; data, model: runs in that worker thread under the same name. */
export type Where = 'main' | 'data' | 'model';

interface Method<Input extends z.ZodType, Output, W extends Where> {
  about: string;
  input: Input;
  where: W;
  /** Takes its turn among the long jobs of its thread instead of being answered at once. */
  long?: boolean;
  /** Same data, same input: the stored answer is given again. */
  memo?: boolean;
  /** Carries the output's type; never set. */
  output?: Output;
}

/** `method<Output>()({...})`: the output's type is given, the rest is inferred. */
const method =
  <Output>() =>
  <Input extends z.ZodType, W extends Where>(definition: Method<Input, Output, W>): Method<Input, Output, W> =>
    definition;

const nothing = z.strictObject({});

export const contract = {
  'app.info': method<AppInfo>()({ about: 'Versions, the store and what it holds.', input: nothing, where: 'data' }),
  'engine.info': method<EngineInfo>()({ about: 'Which training engine runs and why.', input: nothing, where: 'model' }),
  'settings.get': method<Settings>()({ about: 'The settings.', input: nothing, where: 'data' }),
  'settings.set': method<Settings>()({
    about: 'Changes settings; answers all of them.',
    input: settingsPatch,
    where: 'data',
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
    long: true,
  }),
  'import.list': method<ImportRecord[]>()({ about: 'All imports, newest first.', input: nothing, where: 'data' }),
  'import.undo': method<ImportRecord>()({
    about: 'Takes one import out again.',
    input: z.strictObject({ importId: z.number().int() }),
    where: 'data',
    long: true,
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
    long: true,
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

  'customers.rfm': method<RfmSummary>()({
    about: 'Recency, frequency, monetary; segments and their roll-ups.',
    input: filtered,
    where: 'data',
    memo: true,
  }),
  'customers.list': method<Page<CustomerRow>>()({
    about: 'Customers with scores and segment; sorted, searched, paged.',
    input: customersQuery,
    where: 'data',
  }),
  'customers.get': method<CustomerDetail>()({
    about: 'One customer.',
    input: z.strictObject({ customer: z.string(), filter: filterSchema.default({}) }),
    where: 'data',
  }),
  'customers.features': method<FeatureInfo[]>()({
    about: 'Features that clustering can use.',
    input: nothing,
    where: 'data',
  }),
  'customers.cluster': method<ClusterResult>()({
    about: 'K-Means for a range of k with its indices.',
    input: clusterInput,
    where: 'main',
    memo: true,
  }),
  'customers.classify': method<ClassifyAnswer>()({
    about:
      'Segment (RFM) or cluster of one customer typed into a form: "days since last purchase, orders, money", or the clustering\'s features in order.',
    input: z.strictObject({
      filter: filterSchema.default({}),
      basis: z.enum(['rfm', 'cluster']).default('rfm'),
      values: z.string(),
      settings: clusterSettingsSchema.default(clusterSettingsSchema.parse({})),
    }),
    where: 'main',
  }),

  'series.get': method<SalesSeries>()({
    about: 'Regular series of net revenue with its calendar.',
    input: z.strictObject({ filter: filterSchema.default({}), frequency: frequency.default('day') }),
    where: 'data',
  }),
  'forecast.models': method<ModelInfo[]>()({ about: 'The models of the registry.', input: nothing, where: 'model' }),
  'forecast.run': method<ForecastResult>()({
    about: 'Backtests the models, picks one, forecasts with bands.',
    input: forecastInput,
    where: 'main',
    memo: true,
  }),

  'report.pdf': method<MadeFile>()({
    about: "The PDF report; every number is the screen's.",
    input: z.strictObject({
      filter: filterSchema.default({}),
      paper: z.enum(['A4', 'Letter']).optional(),
      frequency: frequency.default('day'),
      horizon: z.number().int().min(1).max(365).default(30),
      model: z.string().default('auto'),
      seed: z.number().int().min(0).default(1),
    }),
    where: 'main',
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
