import type { Chart, ChartContext, ChartOption, ChartTable } from './chart.ts';
import { clusterIndices } from './cluster-indices.ts';
import { clusterScatter } from './cluster-scatter.ts';
import { countries } from './countries.ts';
import { forecast } from './forecast.ts';
import { lossCurve } from './loss-curve.ts';
import { monthlyRevenue } from './monthly-revenue.ts';
import { segmentPie } from './segment-pie.ts';
import { segmentRevenue } from './segment-revenue.ts';
import { topCustomers } from './top-customers.ts';
import { topProducts } from './top-products.ts';

/** Every chart of the screens and the report; a new one is a file and a line here. */
export const charts = {
  monthlyRevenue,
  forecast,
  segmentPie,
  segmentRevenue,
  topCustomers,
  topProducts,
  countries,
  clusterScatter,
  clusterIndices,
  lossCurve,
} as const;

export type ChartId = keyof typeof charts;
export type ChartData<Id extends ChartId> = (typeof charts)[Id] extends Chart<infer Data> ? Data : never;

export interface BuiltChart {
  option: ChartOption;
  table: ChartTable;
  heightPx: number;
}

/** One chart's option, its figures as a table, and the height it wants. */
export function buildChart<Id extends ChartId>(id: Id, data: ChartData<Id>, context: ChartContext): BuiltChart {
  const chart = charts[id] as unknown as Chart<ChartData<Id>>;
  return { option: chart.option(data, context), table: chart.table(data, context), heightPx: chart.heightPx(data) };
}
