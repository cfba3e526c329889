/**
 * `summary.json` of `salescope analyze`: the main job's results for programs. Money stands as exact decimal text in
 * currency units ("17374786.268"), shares as numbers 0..1, days as "YYYY-MM-DD". The same files, options and version
 * give the same bytes: there is no clock, path or duration in it.
 */
import type {
  AppInfo,
  CleaningEffects,
  CleaningRules,
  ClusterProfile,
  ClusterResult,
  ClusterScore,
  ClusterSettings,
  EngineInfo,
  FeatureSpace,
  FilterOptions,
  ForecastResult,
  ForecastTotal,
  GroupSummary,
  ImportPreview,
  ImportResult,
  ModelScore,
  Money,
  Note,
  Overview,
  Quartiles,
  RfmSummary,
  Settings,
  Share,
  TableKind,
} from '../../src-shared/domain.ts';
import { componentsOf } from '../../src-shared/forecast-components.ts';
import { moneyToDecimal } from '../../src-shared/format.ts';

type Decimal = string;

/** A part the data could not carry, and why. */
export interface Refusal {
  /** 'overview', 'rfm', 'clustering', 'forecast', 'report', or the name of a file that was not written. */
  part: string;
  code: string;
  message: string;
}

export interface FileSummary {
  name: string;
  kind: TableKind;
  format: 'csv' | 'xlsx';
  encoding: string;
  sheets: string[];
  /** field → column header */
  mapping: Record<string, string>;
  dateOrder: string;
  decimalMark: string;
  /** read = kept + setAside + duplicates */
  rows: { read: number; kept: number; setAside: number; setAsideByReason: Record<string, number>; duplicates: number };
  alreadyImported: boolean;
  /** Customer files: rows whose customer has sales, and rows without. */
  matched: number | null;
  unmatched: number | null;
  notes: Note[];
}

type DecimalQuartiles = { [K in keyof Quartiles]: Decimal };
type DecimalTotal = { [K in keyof ForecastTotal]: Decimal };
interface GroupRow {
  id: string;
  customers: number;
  customerShare: Share;
  revenue: Decimal;
  revenueShare: Share;
  averageRevenue: Decimal;
  averageRecencyDays: number;
  averageFrequency: number;
}

export interface Summary {
  salescope: string;
  node: string;
  sqlite: string;
  engine: EngineInfo;
  seed: number;
  currency: string | null;
  locale: string;
  rules: CleaningRules;
  asOf: string | null;
  files: FileSummary[];
  cleaning: { allLines: number; allMoney: Decimal; usedLines: number; usedMoney: Decimal; rules: unknown[] } | null;
  totals: Totals | null;
  months: { month: string; revenue: Decimal; orders: number; customers: number; partial: boolean }[];
  topCustomers: { customer: string; revenue: Decimal; orders: number; recencyDays: number; segment: string }[];
  topProducts: { product: string; description: string; revenue: Decimal; units: number }[];
  countries: { country: string; revenue: Decimal }[];
  rfm: RfmPart | null;
  clustering: ClusteringPart | null;
  forecast: ForecastPart | null;
  /** The outcome in plain sentences. */
  sentences: string[];
  refusals: Refusal[];
  /** Files written beside this one. */
  made: string[];
}

export interface Totals {
  from: string;
  to: string;
  lines: number;
  customers: number;
  /** Distinct invoices that are sales. */
  orders: number;
  units: number;
  revenue: Decimal;
  averageOrder: Decimal | null;
  repeatShare: Share | null;
  tradingDays: number;
  products: number;
  countries: number;
}

export interface RfmPart {
  asOf: string;
  customers: number;
  recencyDays: Quartiles;
  frequency: Quartiles;
  monetary: DecimalQuartiles;
  oneTimeBuyers: number;
  cuts: { recencyDays: number[]; frequency: number[]; monetary: Decimal[] };
  segments: GroupRow[];
  fourGroups: GroupRow[];
  threeGroups: GroupRow[];
}

export interface ClusteringPart {
  settings: ClusterSettings;
  /** The feature space in which the figures below hold; figures of other spaces cannot be ranked against them. */
  space: FeatureSpace[];
  customers: number;
  dropped: number;
  scores: ClusterScore[];
  k: number;
  elbowK: number;
  silhouette: number;
  word: ClusterResult['word'];
  silhouetteSample: number | null;
  clusters: (Omit<ClusterProfile, 'revenue'> & { revenue: Decimal | null })[];
  notes: Note[];
}

export interface ForecastPart {
  frequency: string;
  horizon: number;
  /** Last day of the data: "today" for the forecast. */
  lastDay: string | null;
  openWeekdays: boolean[];
  chosen: string;
  chosenName: string;
  chosenBy: ForecastResult['chosenBy'];
  /** tested, short or thin: how much history stands behind it. */
  ladder: ForecastResult['ladder'];
  members: ForecastResult['members'];
  best: ForecastResult['best'];
  models: {
    id: string;
    name: string;
    mae: Decimal | null;
    rmse: Decimal | null;
    mape: Share | null;
    wape: Share | null;
    smape: Share | null;
    mase: number | null;
    r2: number | null;
    bias: Decimal | null;
    coverage80: Share | null;
    coverage95: Share | null;
    weight: Share | null;
    failure: Note | null;
    chosen: boolean;
  }[];
  backtest: { origins: string[]; steps: number; coverage80: Share | null; coverage95: Share | null };
  /** 1 − MAE / MAE of seasonal naive. */
  skill: number | null;
  word: ForecastResult['word'];
  points: ({ date: string; closed: boolean } & DecimalTotal)[];
  total: DecimalTotal;
  next: DecimalTotal & { periods: number };
  /** Sums of weeks and months inside the forecast. */
  totals: ({ unit: string; from: string; to: string; periods: number; whole: boolean } & DecimalTotal)[];
  /** What each part adds to the whole forecast; they add up to its total. */
  components: { part: string; sum: Decimal }[];
  loss: { model: string; epochs: number; bestEpoch: number }[];
  notes: Note[];
}

/** Everything `analyze` has asked the application for; null where a part was refused. */
export interface SummaryParts {
  info: AppInfo;
  engine: EngineInfo;
  settings: Settings;
  seed: number;
  files: { preview: ImportPreview; result: ImportResult }[];
  cleaning: CleaningEffects | null;
  overview: Overview | null;
  options: FilterOptions | null;
  rfm: RfmSummary | null;
  clustering: ClusterResult | null;
  forecast: ForecastResult | null;
  sentences: string[];
  refusals: Refusal[];
  made: string[];
}

const money = (amount: Money): Decimal => moneyToDecimal(amount);
const maybeMoney = (amount: Money | null): Decimal | null => (amount === null ? null : moneyToDecimal(amount));

const total = ({ mean, low80, high80, low95, high95 }: ForecastTotal): DecimalTotal => ({
  mean: money(mean),
  low80: money(low80),
  high80: money(high80),
  low95: money(low95),
  high95: money(high95),
});

const group = (row: GroupSummary): GroupRow => ({
  ...row,
  revenue: money(row.revenue),
  averageRevenue: money(row.averageRevenue),
});

function filePart({ preview, result }: SummaryParts['files'][number]): FileSummary {
  const mapped = preview.columns.flatMap(({ field, header }) => (field === null ? [] : [[field, header]]));
  return {
    name: result.fileName,
    kind: result.kind,
    format: preview.format,
    encoding: preview.encoding,
    sheets: preview.sheets.filter(({ selected }) => selected).map(({ name }) => name),
    mapping: Object.fromEntries(mapped),
    dateOrder: preview.dateOrder,
    decimalMark: preview.decimalMark,
    rows: {
      read: result.read,
      kept: result.kept,
      setAside: result.setAside,
      setAsideByReason: result.setAsideByReason,
      duplicates: result.duplicates,
    },
    alreadyImported: result.alreadyImported,
    matched: result.matched,
    unmatched: result.unmatched,
    notes: result.notes,
  };
}

function cleaningPart({
  effects,
  allLines,
  allMoney,
  usedLines,
  usedMoney,
}: CleaningEffects): NonNullable<Summary['cleaning']> {
  const rules = effects.map((effect) => ({
    ...effect,
    money: money(effect.money),
    decidedMoney: money(effect.decidedMoney),
  }));
  return { allLines, allMoney: money(allMoney), usedLines, usedMoney: money(usedMoney), rules };
}

function totalsPart({ period, total: kpis, tradingDays }: Overview, options: FilterOptions | null): Totals {
  return {
    from: period.from,
    to: period.to,
    lines: kpis.lines,
    customers: kpis.customers,
    orders: kpis.orders,
    units: kpis.units,
    revenue: money(kpis.revenue),
    averageOrder: maybeMoney(kpis.averageOrder),
    repeatShare: kpis.repeatShare,
    tradingDays,
    products: options?.products.length ?? 0,
    countries: options?.countries.length ?? 0,
  };
}

function rfmPart(rfm: RfmSummary): RfmPart {
  const { min, q1, median, q3, max, mean } = rfm.monetary;
  return {
    asOf: rfm.asOf,
    customers: rfm.customers,
    recencyDays: rfm.recencyDays,
    frequency: rfm.frequency,
    monetary: {
      min: money(min),
      q1: money(q1),
      median: money(median),
      q3: money(q3),
      max: money(max),
      mean: money(mean),
    },
    oneTimeBuyers: rfm.oneTimeBuyers,
    cuts: { ...rfm.cuts, monetary: rfm.cuts.monetary.map(money) },
    segments: rfm.segments.map(group),
    fourGroups: rfm.fourGroups.map(group),
    threeGroups: rfm.threeGroups.map(group),
  };
}

function clusteringPart({ profiles, centroids: _centroids, sample: _sample, ...rest }: ClusterResult): ClusteringPart {
  return { ...rest, clusters: profiles.map((profile) => ({ ...profile, revenue: maybeMoney(profile.revenue) })) };
}

/** Without the seconds a model took: they differ from run to run. */
const modelPart = ({ seconds: _seconds, ...model }: ModelScore): ForecastPart['models'][number] => ({
  ...model,
  mae: maybeMoney(model.mae),
  rmse: maybeMoney(model.rmse),
  bias: maybeMoney(model.bias),
});

function forecastPart(result: ForecastResult): ForecastPart {
  const { frequency, horizon, chosen, chosenName, chosenBy, backtest, skill, word, history, next } = result;
  const { origins, steps, coverage80, coverage95 } = backtest;
  return {
    frequency,
    horizon,
    lastDay: history.lastDay,
    openWeekdays: history.openWeekdays,
    chosen,
    chosenName,
    chosenBy,
    ladder: result.ladder,
    members: result.members,
    best: result.best,
    models: result.board.map(modelPart),
    backtest: { origins, steps, coverage80, coverage95 },
    skill,
    word,
    points: result.points.map(({ date, closed, ...point }) => ({ date, closed, ...total(point) })),
    total: total(result.total),
    next: { periods: next.periods, ...total(next) },
    totals: result.totals.map((one) => {
      const { unit, from, to, periods, whole } = one;
      return { unit, from, to, periods, whole, ...total(one) };
    }),
    components: componentsOf(result).map(({ part, sum }) => ({ part, sum: money(sum) })),
    loss: result.loss.map(({ model, training, bestEpoch }) => ({ model, epochs: training.length, bestEpoch })),
    notes: result.notes,
  };
}

function tables({
  overview,
  options,
  rfm,
}: SummaryParts): Pick<Summary, 'months' | 'topCustomers' | 'topProducts' | 'countries'> {
  return {
    months: (overview?.months ?? []).map((row) => ({ ...row, revenue: money(row.revenue) })),
    topCustomers: (rfm?.topCustomers ?? []).map(({ customer, monetary, frequency, recencyDays, segment }) => ({
      customer,
      revenue: money(monetary),
      orders: frequency,
      recencyDays,
      segment,
    })),
    topProducts: (overview?.topProducts ?? []).map((row) => ({ ...row, revenue: money(row.revenue) })),
    countries: (options?.countries ?? []).map(({ value, revenue }) => ({ country: value, revenue: money(revenue) })),
  };
}

/** The summary of what the application answered, nothing computed anew. */
export function summarize(parts: SummaryParts): Summary {
  const { info, engine, settings, seed, files, cleaning, overview, options, rfm, clustering, forecast } = parts;
  return {
    salescope: info.version,
    node: info.node,
    sqlite: info.sqlite,
    engine,
    seed,
    currency: settings.currency,
    locale: settings.locale,
    rules: settings.rules,
    asOf: overview?.asOf ?? settings.asOf,
    files: files.map(filePart),
    cleaning: cleaning === null ? null : cleaningPart(cleaning),
    totals: overview === null ? null : totalsPart(overview, options),
    ...tables(parts),
    rfm: rfm === null ? null : rfmPart(rfm),
    clustering: clustering === null ? null : clusteringPart(clustering),
    forecast: forecast === null ? null : forecastPart(forecast),
    sentences: parts.sentences,
    refusals: parts.refusals,
    made: parts.made,
  };
}
