/** Every chart of the registry: what chart.ts promises, and marks that are really drawn. */
import { init } from 'echarts/core';
import { describe, expect, it } from 'vitest';
import type { ChartContext, ChartOption } from '../../src-shared/charts/chart.ts';
import { monthsAhead } from '../../src-shared/charts/months-ahead.ts';
import { buildChart, type ChartData, type ChartId, charts } from '../../src-shared/charts/registry.ts';
import { clusterColour, segmentColours } from '../../src-shared/charts/segment-colours.ts';
import { chartThemes } from '../../src-shared/charts/theme.ts';
import { type SalesSeries, segmentIds } from '../../src-shared/domain.ts';
import { createFormat } from '../../src-shared/format.ts';
import { en } from '../../src-shared/messages/en/index.ts';

// Registers the parts of the chart library that the screens draw with.
import '../../src-renderer/components/chart-library.ts';
import {
  clusterByDensity,
  clusterByMixture,
  clusterByWard,
  clusterOfThree,
  comparisonOfFour,
} from '../fixtures/cluster-samples.ts';
import { customerRows, dailyForecast, lossSample, monthRows, overview, rfm } from '../fixtures/report-sample.ts';
import { cluster } from '../fixtures/clustered-sample.ts';
import { explainedForecast, partsSample } from '../fixtures/forecast-sample.ts';
import { pairSample, personaSample, profileSample, sellerSample } from '../fixtures/segments-sample.ts';
import { figures, habits, noCorrelation, noHabits, noTriangle, spread, triangle } from '../fixtures/habits-sample.ts';
import { changeSample, contributorRows, migrationSample } from '../fixtures/movement-sample.ts';
import {
  backtestSample,
  calibrationSample,
  decileSample,
  orderSample,
  pathSample,
  segmentValueSample,
} from '../fixtures/lifetime-sample.ts';
import { entrySample, monthsSample } from '../fixtures/ledger-sample.ts';
import { ordinary, shop } from '../fixtures/shop-series.ts';
import { driverSample, noUnusual, unusualSample } from '../fixtures/insights-sample.ts';
import { treeOfFive, treeSample } from '../fixtures/tree-sample.ts';

const texts = en.charts;
const asked = new Set<string>();
const context = (theme: keyof typeof chartThemes = 'paper'): ChartContext => ({
  format: createFormat({ locale: 'en-GB', currency: 'GBP' }),
  t: (key, params = {}) => {
    asked.add(key);
    const found = key
      .split('.')
      .slice(1)
      .reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], texts);
    return typeof found === 'string' ? found.replace(/\{(\w+)\}/g, (_, name) => String(params[name])) : key;
  },
  theme: chartThemes[theme],
  animation: false,
});

const yearSample: SalesSeries = {
  ...shop(364, ordinary, 'day', '2023-01-02'),
  marked: [
    { id: 'easter-monday', name: 'Easter Monday', kind: 'holiday', from: '2023-04-10', to: '2023-04-10' },
    { id: '1', name: 'Spring sale', kind: 'promotion', from: '2023-05-01', to: '2023-05-03' },
  ],
};
const forecast = dailyForecast();
const explained = explainedForecast();
/** One full and one empty set of data per chart, and how many marks of each series the full one must draw. */
const samples: { [Id in ChartId]: { full: ChartData<Id>; empty: ChartData<Id>; marks: number[] } } = {
  monthlyRevenue: {
    full: { months: monthRows(), ahead: monthsAhead(forecast) },
    empty: { months: [] },
    marks: [24, 1, 1],
  },
  ownAccuracy: { full: monthsSample, empty: [], marks: [3, 2] },
  bandHits: { full: monthsSample, empty: [], marks: [2, 2] },
  publishedForecast: { full: entrySample, empty: { ...entrySample, points: [] }, marks: [] },
  unusualPeriods: { full: unusualSample, empty: noUnusual, marks: [] },
  salesDrivers: { full: driverSample, empty: [], marks: [5] },
  forecast: {
    full: forecast,
    empty: {
      ...forecast,
      points: [],
      history: { ...forecast.history, dates: [], values: [], status: [], lastDay: null },
    },
    marks: [],
  },
  forecastComponents: { full: explained, empty: { ...explained, points: [] }, marks: [14, 14, 14, 14] },
  driverRanking: { full: explained, empty: { ...explained, drivers: explained.drivers.slice(0, 1) }, marks: [5] },
  modelComparison: {
    full: { board: [...forecast.board, { ...forecast.board[1], id: 'theta', name: 'Theta' }], measure: 'wape' },
    empty: { board: [], measure: 'mase' },
    marks: [5],
  },
  predictedActual: {
    full: { frequency: 'day', predicted: explained.backtest.predicted },
    empty: { frequency: 'day', predicted: [] },
    marks: [],
  },
  partForecasts: { full: partsSample, empty: { ...partsSample, rows: [] }, marks: [5] },
  segmentPie: {
    full: { level: 'fourGroups', groups: rfm.fourGroups },
    empty: { level: 'fourGroups', groups: [] },
    marks: [4],
  },
  segmentRevenue: {
    full: { level: 'segments', groups: rfm.segments },
    empty: { level: 'segments', groups: [] },
    marks: [11, 11],
  },
  topCustomers: { full: customerRows, empty: [], marks: [12] },
  topProducts: { full: overview.topProducts, empty: [], marks: [10] },
  countries: { full: overview.topCountries, empty: [], marks: [5] },
  clusterScatter: {
    full: { result: cluster, x: 0, y: 1 },
    empty: { result: { ...cluster, sample: [], profiles: [] }, x: 0, y: 1 },
    marks: [30, 30, 1, 1],
  },
  clusterIndices: { full: cluster, empty: { ...cluster, scores: [] }, marks: [5, 5, 5, 5] },
  clusterComparison: {
    full: comparisonOfFour,
    empty: { ...comparisonOfFour, candidates: [] },
    marks: [4, 4, 4, 1, 4, 4, 4, 1, 4, 4, 4, 1, 4, 4, 4, 1],
  },
  clusterSizes: { full: clusterOfThree, empty: { ...clusterOfThree, profiles: [] }, marks: [3, 3] },
  clusterProfiles: { full: clusterOfThree, empty: { ...clusterOfThree, profiles: [] }, marks: [1, 1, 1] },
  dendrogram: { full: clusterByWard, empty: { ...clusterByWard, dendrogram: null }, marks: [] },
  componentScatter: { full: clusterOfThree, empty: { ...clusterOfThree, sample: [] }, marks: [20, 20, 20] },
  scatter3d: {
    full: { result: clusterByDensity, of: 'features', axes: [0, 1, 2], azimuth: 40, elevation: 25 },
    empty: { result: { ...clusterOfThree, sample: [] }, of: 'features', axes: [0, 1, 2], azimuth: 40, elevation: 25 },
    marks: [24, 24, 12],
  },
  kDistance: { full: clusterByDensity, empty: { ...clusterByDensity, density: null }, marks: [] },
  membership: { full: clusterByMixture, empty: clusterOfThree, marks: [3, 3, 3] },
  cohortTriangle: {
    full: { triangle, measure: 'customers' },
    empty: { triangle: noTriangle, measure: 'customers' },
    marks: [10],
  },
  retentionCurve: { full: triangle, empty: noTriangle, marks: [2] },
  visitFrequency: {
    full: { habits, segments: ['all', 'champions', 'lost'] },
    empty: { habits: noHabits, segments: ['all', 'champions', 'lost'] },
    marks: [4, 4, 2],
  },
  basketOverTime: {
    full: { habits, segments: ['all', 'lost'] },
    empty: { habits: noHabits, segments: ['all', 'lost'] },
    marks: [4, 2],
  },
  ordersPerCustomer: { full: habits.frequency, empty: [], marks: [habits.frequency.length] },
  paretoCurve: { full: spread, empty: { ...spread, curve: [] }, marks: [] },
  rfmDistributions: {
    full: { measures: figures.measures, columns: 2 },
    empty: { measures: [], columns: 1 },
    marks: figures.measures.map(({ bins }) => bins.length),
  },
  correlationMatrix: { full: figures, empty: { ...figures, correlation: noCorrelation }, marks: [9] },
  migrationMatrix: { full: migrationSample, empty: { ...migrationSample, flows: [] }, marks: [28] },
  migrationFlow: { full: migrationSample, empty: { ...migrationSample, flows: [] }, marks: [] },
  segmentChange: { full: migrationSample, empty: { ...migrationSample, change: [] }, marks: [11, 11] },
  changeBridge: {
    full: changeSample,
    empty: {
      ...changeSample,
      parts: [],
      current: { ...changeSample.current, revenue: 0 },
      previous: { ...changeSample.previous, revenue: 0 },
    },
    // The gap below each step is drawn too, without paint.
    marks: [6, 7],
  },
  changeContributors: { full: contributorRows, empty: [], marks: [5] },
  lossCurve: { full: lossSample, empty: { ...lossSample, training: [], validation: [] }, marks: [] },
  productPairs: { full: pairSample, empty: [], marks: [6] },
  bestSellers: { full: sellerSample, empty: { ...sellerSample, products: [] }, marks: [5] },
  personas: { full: personaSample, empty: [], marks: [5] },
  segmentPriority: { full: profileSample, empty: [], marks: [10] },
  confusionMatrix: { full: treeSample, empty: { ...treeSample, confusion: [], heldOut: 0 }, marks: [9] },
  featureImportance: { full: treeOfFive, empty: { ...treeSample, importance: [0, 0, 0] }, marks: [5] },
  aliveBySegment: { full: segmentValueSample, empty: [], marks: [11, 11] },
  churnCalibration: { full: calibrationSample, empty: { classes: [] }, marks: [10] },
  customerOrders: { full: orderSample, empty: [], marks: [6] },
  customerPath: { full: pathSample, empty: [], marks: [4] },
  valueBacktest: { full: backtestSample, empty: { ...backtestSample, classes: [] }, marks: [8, 8, 8] },
  valueBySegment: { full: segmentValueSample, empty: [], marks: [11] },
  valueDeciles: { full: decileSample, empty: [], marks: [10, 10] },
  yearCalendar: {
    full: { year: 2023, days: yearSample },
    empty: { year: 2023, days: { ...yearSample, dates: [], values: [], status: [], lastDay: null } },
    // 2 January to 31 December; a holiday and a promotion of three days on top.
    marks: [364, 1, 3],
  },
};

function draw(option: ChartOption, width = 640, height = 320): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** Distinct data marks of a series, as the library itself labels them. */
function marksOf(svg: string, series: number): number {
  const marks = [...svg.matchAll(/<[^>]*ecmeta_ssr_type="chart"[^>]*>/g)].map(([mark]) => mark);
  const attribute = (mark: string, name: string) => new RegExp(`ecmeta_${name}="(\\d+)"`).exec(mark)?.[1];
  const own = marks.filter((mark) => attribute(mark, 'series_index') === String(series));
  return new Set(own.map((mark) => attribute(mark, 'data_index')).filter((index) => index !== undefined)).size;
}

const functionKeys = new Set(['formatter', 'valueFormatter', 'labelFormatter', 'renderItem']);
/** Paths of everything in an option that JSON would lose. */
function notJson(value: unknown, path: string[] = []): string[] {
  if (typeof value === 'function') return functionKeys.has(path.at(-1) as string) ? [] : [path.join('.')];
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return [path.join('.')];
  if (value === null || typeof value !== 'object') return [];
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return [path.join('.')];
  return Object.entries(value).flatMap(([key, item]) => notJson(item, [...path, key]));
}

const build = <Id extends ChartId>(id: Id, which: 'full' | 'empty', theme?: keyof typeof chartThemes) =>
  buildChart(id, structuredClone(samples[id][which]) as ChartData<Id>, context(theme));

describe.each(Object.keys(charts) as ChartId[])('%s', (id) => {
  it.each(['light', 'dark', 'paper'] as const)('%s: the option is JSON but for its formatters', (theme) => {
    expect(notJson(build(id, 'full', theme).option)).toEqual([]);
    expect(notJson(build(id, 'empty', theme).option)).toEqual([]);
  });

  it('leaves its data alone and answers the same twice', () => {
    const data = structuredClone(samples[id].full) as ChartData<typeof id>;
    const first = JSON.stringify(buildChart(id, data, context()));
    expect(data).toEqual(samples[id].full);
    expect(JSON.stringify(buildChart(id, data, context()))).toBe(first);
  });

  it('has a table of the same figures, with a text for every cell', () => {
    const { table } = build(id, 'full');
    expect(table.rows.length).toBeGreaterThan(1);
    for (const row of table.rows) {
      expect(row).toHaveLength(table.columns.length);
      expect(row.every((cell) => typeof cell === 'string' && !/NaN|undefined|Infinity|\[object/.test(cell))).toBe(true);
    }
    expect(build(id, 'empty').table.columns).toEqual(table.columns);
  });

  it('draws its marks', () => {
    const { option, heightPx } = build(id, 'full');
    const svg = draw(option, 640, heightPx);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg).not.toContain(texts.noData);
    for (const [series, count] of samples[id].marks.entries())
      expect([series, marksOf(svg, series)]).toEqual([series, count]);
    expect((svg.match(/<path/g) ?? []).length).toBeGreaterThan(4);
  });

  it('says that there is nothing to draw', () => {
    const { option } = build(id, 'empty');
    expect(draw(option)).toContain(texts.noData);
  });

  it('has a title and an explanation', () => {
    expect(texts[id].title).toBeTruthy();
    expect(texts[id].about).toBeTruthy();
  });
});

describe('rules of the charts', () => {
  it('every text the charts ask for is in the catalogue', () => {
    for (const id of Object.keys(charts) as ChartId[]) build(id, 'full');
    const missing = [...asked].filter((key) => key.startsWith('charts.') && context().t(key) === key);
    expect(asked.size).toBeGreaterThan(30);
    expect(missing).toEqual([]);
  });

  it('a pie has at most six slices, else bars', () => {
    const typeOf = (groups: typeof rfm.segments) => {
      const { option } = buildChart('segmentPie', { level: 'segments', groups }, context());
      return (option.series as { type: string }[])[0].type;
    };
    expect(typeOf(rfm.segments.slice(0, 6))).toBe('pie');
    expect(typeOf(rfm.segments.slice(0, 7))).toBe('bar');
    expect(typeOf(rfm.segments.map((group, i) => (i < 6 ? group : { ...group, customers: 0 })))).toBe('pie');
  });

  it('history is solid, the forecast dashed, the 95 % band contains the 80 % band, today is marked', () => {
    const { option } = build('forecast', 'full', 'light');
    const series = option.series as {
      name: string;
      data: (number | null)[];
      lineStyle?: { type?: string };
      markLine?: { data: { xAxis: number }[] };
    }[];
    const named = (name: string) => series.find((one) => one.name === name)!;
    expect(named(texts.forecast.history).lineStyle?.type).toBeUndefined();
    expect(named(texts.forecast.forecast).lineStyle?.type).toBe('dashed');
    expect(named(texts.forecast.history).markLine?.data).toEqual([{ xAxis: 738 }]);
    const widths = (name: string) => named(name).data.slice(739) as number[];
    expect(widths(texts.forecast.band95).every((width, i) => width >= widths(texts.forecast.band80)[i])).toBe(true);
    const closed = forecast.points.flatMap((point, i) => (point.closed ? [739 + i] : []));
    expect(closed.length).toBeGreaterThan(3);
    for (const at of closed)
      expect([named(texts.forecast.forecast).data[at], named(texts.forecast.closed).data[at]]).toEqual([null, 0]);
    // Every open day's figures stand in the option as the engine gave them.
    for (const [i, point] of forecast.points.entries()) {
      if (!point.closed) expect(named(texts.forecast.forecast).data[739 + i]).toBe(point.mean);
    }
  });

  it('months ahead: sums of the forecast for months it covers to their end', () => {
    const december = forecast.points
      .filter((point) => point.date < '2012-01-01')
      .reduce((sum, point) => sum + point.mean, 0);
    expect(monthsAhead(forecast)).toEqual([{ month: '2011-12', expected: december }]);
    expect(monthsAhead({ ...forecast, frequency: 'week' })).toEqual([]);
    expect(monthsAhead(null)).toEqual([]);
  });

  it('each segment and each cluster has its own colour', () => {
    expect(new Set(segmentIds.map((id) => segmentColours[id])).size).toBe(segmentIds.length);
    expect(new Set(Array.from({ length: 10 }, (_, i) => clusterColour(i + 1))).size).toBe(10);
  });
});
