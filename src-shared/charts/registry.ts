import type { Chart, ChartContext, ChartOption, ChartTable } from './chart.ts';
import { basketOverTime } from './basket-over-time.ts';
import { changeBridge } from './change-bridge.ts';
import { changeContributors } from './change-contributors.ts';
import { clusterComparison } from './cluster-comparison.ts';
import { clusterIndices } from './cluster-indices.ts';
import { clusterProfiles } from './cluster-profiles.ts';
import { clusterScatter } from './cluster-scatter.ts';
import { clusterSizes } from './cluster-sizes.ts';
import { componentScatter } from './component-scatter.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { cohortTriangle } from './cohort-triangle.ts';
import { correlationMatrix } from './correlation-matrix.ts';
import { countries } from './countries.ts';
import { dendrogram } from './dendrogram.ts';
import { driverRanking } from './driver-ranking.ts';
import { featureImportance } from './feature-importance.ts';
import { forecast } from './forecast.ts';
import { forecastComponents } from './forecast-components.ts';
import { kDistance } from './k-distance.ts';
import { lossCurve } from './loss-curve.ts';
import { membership } from './membership.ts';
import { migrationFlow } from './migration-flow.ts';
import { migrationMatrix } from './migration-matrix.ts';
import { modelComparison } from './model-comparison.ts';
import { monthlyRevenue } from './monthly-revenue.ts';
import { salesDrivers } from './sales-drivers.ts';
import { scatter3d } from './scatter-3d.ts';
import { ordersPerCustomer } from './orders-per-customer.ts';
import { ownAccuracy } from './own-accuracy.ts';
import { paretoCurve } from './pareto-curve.ts';
import { partForecasts } from './part-forecasts.ts';
import { predictedActual } from './predicted-actual.ts';
import { publishedForecast } from './published-forecast.ts';
import { retentionCurve } from './retention-curve.ts';
import { rfmDistributions } from './rfm-distributions.ts';
import { segmentChange } from './segment-change.ts';
import { segmentPie } from './segment-pie.ts';
import { segmentRevenue } from './segment-revenue.ts';
import { productPairs } from './product-pairs.ts';
import { bandHits } from './band-hits.ts';
import { bestSellers } from './best-sellers.ts';
import { personas } from './personas.ts';
import { segmentPriority } from './segment-priority.ts';
import { topCustomers } from './top-customers.ts';
import { topProducts } from './top-products.ts';
import { aliveBySegment } from './alive-by-segment.ts';
import { churnCalibration } from './churn-calibration.ts';
import { customerOrders } from './customer-orders.ts';
import { customerPath } from './customer-path.ts';
import { valueBacktest } from './value-backtest.ts';
import { valueBySegment } from './value-by-segment.ts';
import { valueDeciles } from './value-deciles.ts';
import { unusualPeriods } from './unusual-periods.ts';
import { visitFrequency } from './visit-frequency.ts';
import { yearCalendar } from './year-calendar.ts';

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
  clusterComparison,
  clusterSizes,
  clusterProfiles,
  dendrogram,
  componentScatter,
  scatter3d,
  kDistance,
  membership,
  lossCurve,
  forecastComponents,
  driverRanking,
  modelComparison,
  predictedActual,
  partForecasts,
  segmentPriority,
  personas,
  bestSellers,
  productPairs,
  cohortTriangle,
  retentionCurve,
  visitFrequency,
  basketOverTime,
  ordersPerCustomer,
  paretoCurve,
  rfmDistributions,
  correlationMatrix,
  confusionMatrix,
  featureImportance,
  migrationMatrix,
  migrationFlow,
  segmentChange,
  changeBridge,
  changeContributors,
  ownAccuracy,
  bandHits,
  publishedForecast,
  aliveBySegment,
  churnCalibration,
  customerOrders,
  customerPath,
  valueBacktest,
  valueBySegment,
  valueDeciles,
  unusualPeriods,
  salesDrivers,
  yearCalendar,
} as const;

export type ChartId = keyof typeof charts;
export type ChartData<Id extends ChartId> = (typeof charts)[Id] extends Chart<infer Data> ? Data : never;

export interface BuiltChart {
  option: ChartOption;
  table: ChartTable;
  heightPx: number;
  /** Least width, 0: any. */
  widthPx: number;
}

/** One chart's option, its figures as a table, and the height it wants. */
export function buildChart<Id extends ChartId>(id: Id, data: ChartData<Id>, context: ChartContext): BuiltChart {
  const chart = charts[id] as unknown as Chart<ChartData<Id>>;
  return {
    option: chart.option(data, context),
    table: chart.table(data, context),
    heightPx: chart.heightPx(data),
    widthPx: chart.widthPx?.(data) ?? 0,
  };
}
