import type { CohortTriangle } from '../domain.ts';
import { type ChartContext, defineChart, type HeatmapCell } from './chart.ts';
import { heatColours, heatText } from './heat-colours.ts';
import { categoryAxis, emptyOption, frame, tooltip } from './parts.ts';

export interface CohortTriangleData {
  triangle: CohortTriangle;
  measure: 'customers' | 'revenue';
}

type Cohort = CohortTriangle['cohorts'][number];

/** 'Dec 2009', or 'Q4 2009'. */
export function cohortName(
  { t, format }: Pick<ChartContext, 't' | 'format'>,
  unit: CohortTriangle['unit'],
  cohort: string,
): string {
  if (unit === 'month') return format.month(cohort);
  const [year, month] = cohort.split('-');
  return t('charts.cohortTriangle.quarter', { quarter: Math.ceil(Number(month) / 3), year });
}

const shareOf = (cell: Cohort['cells'][number], measure: CohortTriangleData['measure']): number | null =>
  measure === 'customers' ? cell.share : cell.revenueShare;

/** The strongest colour stands for the highest share after the first period, which is always the whole. */
function strongest({ triangle, measure }: CohortTriangleData): number {
  const later = triangle.cohorts.flatMap((row) => row.cells.slice(1).map((cell) => shareOf(cell, measure) ?? 0));
  return Math.max(
    0.01,
    Math.min(
      1,
      later.reduce((most, share) => Math.max(most, share), 0),
    ),
  );
}

function cellsOf(data: CohortTriangleData, context: ChartContext, most: number): HeatmapCell[] {
  const { triangle, measure } = data;
  const { t, format, theme } = context;
  return triangle.cohorts.flatMap((row, y) =>
    row.customers === 0
      ? []
      : row.cells.map((cell, x): HeatmapCell => {
          const share = shareOf(cell, measure);
          const heat = Math.max(0, Math.min(share ?? 0, most));
          const partial = triangle.lastPartial && x === row.cells.length - 1;
          const words = t(`charts.cohortTriangle.cell.${triangle.unit}`, {
            cohort: cohortName(context, triangle.unit, row.cohort),
            later: format.number(x),
            customers: format.number(cell.customers),
            of: format.number(row.customers),
            share: format.share(cell.share),
            revenue: format.money(cell.revenue),
          });
          return {
            value: [x, y, heat],
            name: partial ? `${words} ${t('charts.cohortTriangle.partial')}` : words,
            label: {
              formatter: `${format.share(share)}${partial ? '*' : ''}`,
              color: heatText(theme, heat / most),
            },
          };
        }),
  );
}

/** Cohorts by first purchase, one row each, periods since then to the right; the colour is the share that came back. */
export const cohortTriangle = defineChart<CohortTriangleData>({
  heightPx: ({ triangle }) => 56 + 26 * Math.max(triangle.cohorts.length, 3),
  widthPx: ({ triangle }) => 150 + 50 * triangle.cohorts.length,
  option(data, context) {
    const { triangle } = data;
    if (triangle.cohorts.every(({ customers }) => customers === 0)) return emptyOption(context);
    const { t, format, theme } = context;
    const most = strongest(data);
    const letters = { fontFamily: theme.fontFamily, fontSize: theme.fontSize };
    return {
      ...frame(context),
      // At the left, where it is seen however far the chart is scrolled.
      title: {
        text: t(`charts.cohortTriangle.axis.${triangle.unit}`),
        left: 4,
        top: 0,
        textStyle: { color: theme.text, fontWeight: 'normal', ...letters },
      },
      grid: { left: 8, right: 12, top: 44, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      // Plain text of our own, which the library escapes.
      tooltip: { ...tooltip(context, 'item'), formatter: '{b}' },
      visualMap: {
        show: false,
        min: 0,
        max: most,
        dimension: 2,
        inRange: { color: heatColours(theme).scale },
      },
      xAxis: categoryAxis(
        context,
        triangle.cohorts.map((_, later) => format.number(later)),
        {
          position: 'top',
          axisLine: { show: false },
        },
      ),
      yAxis: categoryAxis(
        context,
        triangle.cohorts.map(
          (row) => `${cohortName(context, triangle.unit, row.cohort)} · ${format.number(row.customers)}`,
        ),
        {
          inverse: true,
          axisLine: { show: false },
          axisLabel: { color: theme.text, ...letters, interval: 0 },
        },
      ),
      series: [
        {
          type: 'heatmap',
          // In one go, on the canvas of the axes.
          progressive: 0,
          name: t(`charts.cohortTriangle.${data.measure}`),
          data: cellsOf(data, context, most),
          label: { show: true, ...letters },
          itemStyle: { borderColor: theme.surface, borderWidth: 1 },
        },
      ],
    };
  },
  table({ triangle, measure }, context) {
    const { t, format } = context;
    return {
      columns: [
        t('charts.cohortTriangle.cohort'),
        t('charts.column.customers'),
        ...triangle.cohorts.map((_, later) => t(`charts.cohortTriangle.later.${triangle.unit}`, { n: later })),
      ],
      rows: triangle.cohorts.map((row) => [
        cohortName(context, triangle.unit, row.cohort),
        format.number(row.customers),
        ...triangle.cohorts.map((_, later) => {
          const cell = row.cells[later];
          return cell && row.customers > 0 ? format.share(shareOf(cell, measure)) : '';
        }),
      ]),
    };
  },
});
