import type { CohortTriangle } from '../domain.ts';
import { type ChartContext, defineChart, type LineSeries } from './chart.ts';
import { cohortName } from './cohort-triangle.ts';
import { categoryAxis, emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';

/** Cohorts drawn thinly behind the average. */
const mostCohorts = 36;

/** The cohort's shares from the first period after the first purchase, without a period that is not over. */
const laterShares = ({ lastPartial }: CohortTriangle, row: CohortTriangle['cohorts'][number]): number[] =>
  row.cells.slice(1, lastPartial ? -1 : undefined).map((cell) => cell.share);

function cohortLine(context: ChartContext, triangle: CohortTriangle, at: number): LineSeries {
  const row = triangle.cohorts[at];
  return {
    type: 'line',
    name: cohortName(context, triangle.unit, row.cohort),
    data: laterShares(triangle, row),
    silent: true,
    showSymbol: false,
    lineStyle: { color: context.theme.grid, width: 1 },
    itemStyle: { color: context.theme.grid },
    tooltip: { show: false },
  };
}

/** Share of customers who came back 1, 2, … periods after their first purchase: the average of all cohorts, each cohort thin behind it. */
export const retentionCurve = defineChart<CohortTriangle>({
  heightPx: () => 280,
  option(triangle, context) {
    if (triangle.average.length < 2) return emptyOption(context);
    const { t, format, theme } = context;
    const average = t('charts.retentionCurve.average');
    const cohorts = triangle.cohorts.slice(0, mostCohorts).flatMap((row, at) => (row.customers > 0 ? [at] : []));
    return {
      ...frame(context),
      grid: { left: 8, right: 16, top: 16, bottom: 52, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: legend(context, [average]),
      tooltip: tooltip(context, 'item', format.share),
      xAxis: categoryAxis(
        context,
        triangle.average.slice(1).map((_, i) => format.number(i + 1)),
        {
          boundaryGap: false,
          name: t(`charts.cohortTriangle.axis.${triangle.unit}`),
          nameLocation: 'middle',
          nameGap: 26,
          nameTextStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
        },
      ),
      yAxis: valueAxis(context, format.share, { min: 0 }),
      series: [
        {
          type: 'line',
          name: average,
          data: triangle.average.slice(1),
          symbol: 'circle',
          symbolSize: 6,
          z: 5,
          lineStyle: { color: theme.primary, width: 2.5 },
          itemStyle: { color: theme.primary },
        },
        ...cohorts.map((at) => cohortLine(context, triangle, at)),
      ],
    };
  },
  table(triangle, { t, format }) {
    return {
      columns: [t(`charts.cohortTriangle.axis.${triangle.unit}`), t('charts.retentionCurve.average')],
      rows: triangle.average.map((share, later) => [format.number(later), format.share(share)]),
    };
  },
});
