/**
 * The nouns of the program as plain JSON: null for missing, 'YYYY-MM-DD' for days, no NaN, no typed arrays.
 * Money is always an integer number of 1/10 000 currency unit (`Money`), exact up to 9·10^11 currency units.
 */

/** Integer number of 1/10 000 of the currency unit. */
export type Money = number;
/** Calendar day, 'YYYY-MM-DD'. */
export type Day = string;
/** A share, 0..1. */
export type Share = number;

/** A sentence kept as data: the message key under `notes.` in the catalogue and its parameters. Money parameters are
 *  named `…Money`, shares `…Share`, days `…Day`; the catalogue's formatter writes them for the business's locale. */
export interface Note {
  code: string;
  params: Record<string, string | number | null>;
  level: 'info' | 'warning';
}

// ---------------------------------------------------------------- settings and cleaning

export interface CleaningRules {
  /** Lines without a customer: left out, or kept as anonymous sales (they never count as a customer). */
  unknownCustomer: 'drop' | 'keep';
  /** net: reduce revenue on their own date, never count as a visit; drop: left out; keep: like any other line. */
  cancellations: 'net' | 'drop' | 'keep';
  /** Lines with quantity ≤ 0 that are not cancellations. */
  quantity: 'drop' | 'keep';
  /** Lines with price ≤ 0. */
  price: 'drop' | 'keep';
  /** Lines identical in every cell to an earlier line. */
  identical: 'drop' | 'keep';
  /** Postage, fees, adjustments, tests, gift cards. */
  nonProduct: 'drop' | 'keep';
}
export type RuleId = keyof CleaningRules;

export interface Settings {
  /** ISO 4217; null until the first start has asked. */
  currency: string | null;
  /** BCP 47. */
  locale: string;
  businessName: string;
  rules: CleaningRules;
  /** null: the last sale's calendar day + 1. */
  asOf: Day | null;
  paper: 'A4' | 'Letter';
  theme: 'system' | 'light' | 'dark';
}

export interface RuleEffect {
  rule: RuleId;
  choice: string;
  /** Lines this rule speaks about, whatever the other rules say. */
  lines: number;
  money: Money;
  /** Lines it alone decides: they would come back (or go) if only this switch moved; other rules as they stand. */
  decidedLines: number;
  decidedMoney: Money;
}

export interface CleaningEffects {
  effects: RuleEffect[];
  allLines: number;
  allMoney: Money;
  usedLines: number;
  usedMoney: Money;
}

// ---------------------------------------------------------------- import

export interface ImportFile {
  /** Absolute path, or the token an upload returned. */
  path: string;
  /** The name the user knows. */
  name: string;
}

export type TableKind = 'sales' | 'customers' | 'series';
export type SalesField =
  | 'date' | 'time' | 'invoice' | 'customer' | 'product' | 'description'
  | 'quantity' | 'price' | 'amount' | 'country' | 'category';
export type CustomerField = 'customer' | 'name' | 'gender' | 'age' | 'income' | 'spendingScore';
export type SeriesField = 'date' | 'amount';
export type Field = SalesField | CustomerField | SeriesField;
export type DateOrder = 'ymd' | 'dmy' | 'mdy';
export type DecimalMark = '.' | ',';
export type Delimiter = ',' | ';' | '\t' | '|';

/** What the user corrected in the preview; everything left out is decided from the file. */
export interface ImportOptions {
  kind?: TableKind;
  /** Names of the sheets to read; equal headers are stacked. */
  sheets?: string[];
  encoding?: string;
  delimiter?: Delimiter;
  /** 0-based row of the header; -1: the file has none. */
  headerRow?: number;
  dateOrder?: DateOrder;
  decimalMark?: DecimalMark;
  /** field → column header (exact text); null: leave this field out. Fields not named keep the proposal. */
  mapping?: Partial<Record<Field, string | null>>;
}

export interface ColumnPreview {
  /** Header text; 'Column 3' where the file has none. */
  header: string;
  index: number;
  /** What it is taken for; null: not used (for customers, numeric columns without a field become extra features). */
  field: Field | null;
  type: 'date' | 'number' | 'text' | 'empty';
  samples: string[];
}

export interface SheetPreview {
  name: string;
  /** Rows below the header; null when only an import can tell. */
  rows: number | null;
  headers: string[];
  selected: boolean;
}

export interface ImportPreview {
  file: ImportFile;
  format: 'csv' | 'xlsx';
  bytes: number;
  encoding: string;
  delimiter: Delimiter | null;
  headerRow: number;
  sheets: SheetPreview[];
  kind: TableKind;
  columns: ColumnPreview[];
  dateOrder: DateOrder;
  decimalMark: DecimalMark;
  /** First data rows as text, in file order. */
  rows: string[][];
  /** Fields still needed before the import can start (date; amount or quantity × price; customer …). */
  missing: Field[];
  /** Doubts worth the user's look (ambiguous day/month, mixed decimal marks …). */
  notes: Note[];
}

export const setAsideReasons = [
  'blank-row', 'date-missing', 'date-invalid', 'quantity-missing', 'quantity-invalid', 'price-missing',
  'price-invalid', 'amount-missing', 'amount-invalid', 'customer-missing', 'too-many-cells', 'number-too-large',
] as const;
export type SetAsideReason = (typeof setAsideReasons)[number];

export interface SetAsideRow {
  sheet: string;
  /** 1-based row in the file, as Excel or an editor shows it. */
  row: number;
  column: string;
  value: string;
  reason: SetAsideReason;
  /** The whole row as read, so that it can be exported, repaired and imported again. */
  cells: string[];
}

export interface ImportRecord {
  id: number;
  fileName: string;
  kind: TableKind;
  /** ISO 8601, UTC. */
  importedAt: string;
  read: number;
  kept: number;
  setAside: number;
  setAsideByReason: Partial<Record<SetAsideReason, number>>;
  /** Lines identical to an earlier one of the same file (kept in the store under a flag) or of an earlier import. */
  duplicates: number;
  firstDay: Day | null;
  lastDay: Day | null;
  columns: string[];
}

export interface ImportResult extends ImportRecord {
  /** true: this very file was imported before; nothing was added. */
  alreadyImported: boolean;
  seconds: number;
  notes: Note[];
  /** For customer files: rows whose customer has sales, and rows without. */
  matched: number | null;
  unmatched: number | null;
}

// ---------------------------------------------------------------- filters and figures

export interface Filter {
  from?: Day | null;
  to?: Day | null;
  segments?: SegmentId[];
  countries?: string[];
  products?: string[];
}

export interface FilterOptions {
  firstDay: Day | null;
  lastDay: Day | null;
  countries: { value: string; revenue: Money }[];
  products: { value: string; description: string; revenue: Money }[];
  segments: SegmentId[];
}

export interface Kpis {
  revenue: Money;
  orders: number;
  customers: number;
  /** revenue / orders; null without orders. */
  averageOrder: Money | null;
  /** Customers with two or more orders in the period / customers; null without customers. */
  repeatShare: Share | null;
  units: number;
  lines: number;
}

export interface Period {
  from: Day;
  to: Day;
}

export interface PeriodKpis {
  period: Period;
  kpis: Kpis;
}

export interface MonthRow {
  /** 'YYYY-MM' */
  month: string;
  revenue: Money;
  orders: number;
  customers: number;
  /** The data begin or end inside this month. */
  partial: boolean;
}

export interface Overview {
  /** Period of the figures: the filter's dates, else first to last sale. */
  period: Period;
  total: Kpis;
  /** What the arrows compare: the filter's own dates, or the last complete month when no dates are chosen. */
  current: PeriodKpis;
  /** The period of equal length just before (the month before, for a month); null where no data reach. */
  previous: PeriodKpis | null;
  /** The same period one year earlier. */
  lastYear: PeriodKpis | null;
  months: MonthRow[];
  topProducts: { product: string; description: string; revenue: Money; units: number }[];
  topCountries: { country: string; revenue: Money; share: Share }[];
  /** Trading days with at least one sale. */
  tradingDays: number;
  rules: CleaningRules;
  asOf: Day;
}

/** Which lines stand behind a figure. */
export interface RowsOf {
  customer?: string;
  product?: string;
  country?: string;
  invoice?: string;
  month?: string;
  day?: Day;
  /** Lines a cleaning rule speaks about, used or not. */
  rule?: RuleId;
}

export interface SaleRow {
  invoice: string;
  product: string;
  description: string;
  quantity: number;
  /** 'YYYY-MM-DD HH:MM:SS' */
  date: string;
  price: Money;
  amount: Money;
  customer: string | null;
  country: string | null;
  /** false: a cleaning rule leaves it out. */
  used: boolean;
  rules: RuleId[];
}

export interface Page<T> {
  total: number;
  offset: number;
  rows: T[];
}

// ---------------------------------------------------------------- customers

export const segmentIds = [
  'champions', 'loyal', 'potential-loyalist', 'new', 'promising', 'needs-attention',
  'about-to-sleep', 'at-risk', 'cant-lose', 'hibernating', 'lost',
] as const;
export type SegmentId = (typeof segmentIds)[number];
export const fourGroupIds = ['champions', 'loyal', 'at-risk', 'lost'] as const;
export type FourGroupId = (typeof fourGroupIds)[number];
export const threeGroupIds = ['premium', 'regular', 'low-value'] as const;
export type ThreeGroupId = (typeof threeGroupIds)[number];

export interface GroupSummary<Id extends string = string> {
  id: Id;
  customers: number;
  customerShare: Share;
  revenue: Money;
  revenueShare: Share;
  averageRevenue: Money;
  averageRecencyDays: number;
  averageFrequency: number;
}

export interface Quartiles {
  min: number;
  q1: number;
  median: number;
  q3: number;
  max: number;
  mean: number;
}

/** Value cuts of a score: score = 1 + number of cuts passed; 4 ascending cuts. */
export interface ScoreCuts {
  /** Score 5 for recency ≤ cuts[0], …, 1 for recency > cuts[3]. */
  recencyDays: number[];
  frequency: number[];
  monetary: Money[];
}

export interface RfmSummary {
  asOf: Day;
  customers: number;
  revenue: Money;
  recencyDays: Quartiles;
  frequency: Quartiles;
  monetary: Quartiles;
  oneTimeBuyers: number;
  cuts: ScoreCuts;
  segments: GroupSummary<SegmentId>[];
  fourGroups: GroupSummary<FourGroupId>[];
  threeGroups: GroupSummary<ThreeGroupId>[];
  topCustomers: CustomerRow[];
  rules: CleaningRules;
}

export interface CustomerRow {
  customer: string;
  recencyDays: number;
  frequency: number;
  monetary: Money;
  averageOrder: Money;
  firstDay: Day;
  lastDay: Day;
  r: number;
  f: number;
  m: number;
  segment: SegmentId;
  country: string | null;
}

export type CustomerSort = keyof CustomerRow;

export interface CustomerDetail extends CustomerRow {
  months: { month: string; revenue: Money; orders: number }[];
  topProducts: { product: string; description: string; revenue: Money; units: number }[];
  /** Columns of the customer file. */
  attributes: Record<string, string | number | null>;
}

export type FeatureTransform = 'auto' | 'none' | 'log1p';
export type FeatureScaling = 'zscore' | 'minmax' | 'none';

export interface FeatureInfo {
  /** 'recencyDays', 'frequency', 'monetary', 'averageOrder' …, or a customer-file column's id. */
  id: string;
  label: string;
  source: 'sales' | 'customer-file';
  missing: number;
}

export interface ClusterSettings {
  features: string[];
  /** auto: log1p for figures from sales, none for customer-file columns. */
  transform: FeatureTransform;
  scaling: FeatureScaling;
  kMin: number;
  kMax: number;
  /** null: the k with the best silhouette. */
  k: number | null;
  seed: number;
}

export interface ClusterScore {
  k: number;
  inertia: number;
  silhouette: number;
  daviesBouldin: number;
  calinskiHarabasz: number;
}

export interface ClusterProfile {
  /** 1-based; 1 is the cluster of the highest average value. */
  cluster: number;
  customers: number;
  customerShare: Share;
  /** Mean of each feature in its own unit, in the order of `features`. */
  means: number[];
  revenue: Money | null;
}

export interface FeatureSpace {
  id: string;
  label: string;
  transform: 'none' | 'log1p';
  /** scaled = (transformed − shift) / scale */
  shift: number;
  scale: number;
  /** Training range in the feature's own unit. */
  min: number;
  max: number;
}

export interface ClusterResult {
  settings: ClusterSettings;
  space: FeatureSpace[];
  customers: number;
  /** Customers left out because a chosen feature is missing. */
  dropped: number;
  scores: ClusterScore[];
  k: number;
  /** The k that the elbow (largest distance to the chord of the inertia curve) names. */
  elbowK: number;
  silhouette: number;
  /** silhouette > 0.5 clear, 0.25–0.5 moderate, < 0.25 weak. */
  word: 'clear' | 'moderate' | 'weak';
  /** Silhouettes are exact up to this many customers, on a seeded sample above it. */
  silhouetteSample: number | null;
  profiles: ClusterProfile[];
  /** k × p, in scaled units. */
  centroids: number[][];
  /** Up to 2,000 customers (seeded) for the scatter: values in their own units, in the order of `features`. */
  sample: { customer: string; cluster: number; values: number[] }[];
  notes: Note[];
}

export interface ClassifyAnswer {
  basis: 'rfm' | 'cluster';
  /** Set for 'rfm'. */
  segment: SegmentId | null;
  scores: { r: number; f: number; m: number } | null;
  /** Set for 'cluster'. */
  cluster: number | null;
  profile: ClusterProfile | null;
  values: { feature: string; value: number }[];
  /** e.g. a value far outside what the model has seen. */
  notes: Note[];
}

// ---------------------------------------------------------------- forecast

export type Frequency = 'day' | 'week' | 'month';

/** sold: at least one sale; zero: open, nothing sold; closed: not a trading day; missing: no data where some are due; partial: the period is not over. */
export type PeriodStatus = 'sold' | 'zero' | 'closed' | 'missing' | 'partial';

/** A regular series of net revenue. */
export interface SalesSeries {
  frequency: Frequency;
  /** First day of each period. */
  dates: Day[];
  values: Money[];
  status: PeriodStatus[];
  /** Monday first. */
  openWeekdays: boolean[];
  /** Last day of data ("today" for the forecast). */
  lastDay: Day | null;
  notes: Note[];
}

export interface ForecastPoint {
  date: Day;
  mean: Money;
  low80: Money;
  high80: Money;
  low95: Money;
  high95: Money;
  closed: boolean;
}

export interface ModelScore {
  id: string;
  name: string;
  /** null where the model could not be scored; `failure` says why. */
  mae: Money | null;
  rmse: Money | null;
  /** Mean absolute percentage error over open periods with sales, as a share. */
  mape: Share | null;
  /** Sum of absolute errors / sum of sales, as a share. */
  wape: Share | null;
  /** Mean absolute error / in-sample seasonal-naive error. */
  mase: number | null;
  failure: Note | null;
  chosen: boolean;
}

export interface ForecastTotal {
  mean: Money;
  low80: Money;
  high80: Money;
  low95: Money;
  high95: Money;
}

export interface LossCurve {
  model: string;
  training: number[];
  validation: number[];
  /** Epoch kept by early stopping, 1-based. */
  bestEpoch: number;
}

export interface ForecastResult {
  frequency: Frequency;
  horizon: number;
  /** Full history as the models saw it. */
  history: SalesSeries;
  points: ForecastPoint[];
  total: ForecastTotal;
  /** The first 30 periods (or all, when fewer): the total the plain sentence speaks about. */
  next: ForecastTotal & { periods: number };
  chosen: string;
  chosenName: string;
  /** How it was chosen: by backtest, by the user, or because history is too short for a choice. */
  chosenBy: 'backtest' | 'user' | 'short-history';
  board: ModelScore[];
  /** Origins used by the backtest and steps each. */
  backtest: {
    origins: Day[];
    steps: number;
    /** The chosen model's last-origin forecast beside what happened. */
    predicted: { date: Day; actual: Money; predicted: Money; low80: Money; high80: Money }[];
    /** Measured shares of held-out periods inside the bands; null where too few. */
    coverage80: Share | null;
    coverage95: Share | null;
  };
  /** 1 − MAE / MAE of seasonal naive; ≤ 0 means no better than last season. */
  skill: number | null;
  /** Words for MAPE: < 10 % excellent, < 20 good, < 30 fair, else poor. */
  word: 'excellent' | 'good' | 'fair' | 'poor' | null;
  loss: LossCurve[];
  engine: string;
  notes: Note[];
}

export interface ModelInfo {
  id: string;
  name: string;
  about: string;
  reference: string;
}

// ---------------------------------------------------------------- out

export const exportTables = ['rfm_table', 'customer_segments', 'segment_summary', 'sales_forecast_30days', 'set_aside'] as const;
export type ExportTable = (typeof exportTables)[number];

/** A file made by the program, handed to the screen or written by the command line. */
export interface MadeFile {
  fileName: string;
  mimeType: string;
  base64: string;
}

export interface EngineInfo {
  /** 'wasm' or 'tfjs-node'. */
  id: string;
  /** Why this one: 'default', 'user-added and self-test passed', or the reason the user's engine was refused. */
  reason: string;
  version: string;
}

export interface AppInfo {
  version: string;
  node: string;
  sqlite: string;
  storePath: string;
  dataVersion: number;
  lines: number;
  customers: number;
  firstDay: Day | null;
  lastDay: Day | null;
}

export interface Progress {
  done: number;
  /** null while unknown. */
  total: number | null;
  note: string;
  /** Rows per second, for imports. */
  rate: number | null;
}
