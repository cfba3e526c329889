import type { Distribution } from '../domain.ts';
import { type BarSeries, type ChartContext, type Datum, defineChart, type Title } from './chart.ts';
import { featureFormat } from './cluster-names.ts';
import { categoryAxis, emptyOption, frame, tooltip, valueAxis } from './parts.ts';

export interface RfmDistributionsData {
  measures: Distribution[];
  /** Histograms side by side; 1 where the screen is narrow. */
  columns: 1 | 2;
}

const panelPx = 190;
const titlePx = 22;

const rowsOf = ({ measures, columns }: RfmDistributionsData): number => Math.ceil(measures.length / columns);

/** Numbers of orders, days and the like: then a bin from 1 to 2 holds the 1 alone. */
const isWhole = ({ bins, quartiles: { min, median, max } }: Distribution): boolean =>
  bins.every(({ from, to }) => Number.isInteger(from) && Number.isInteger(to)) &&
  [min, 2 * median, max].every(Number.isInteger);

/** '£100–£200'; one whole number alone where the bin holds no other. */
function binName(context: ChartContext, one: Distribution, at: number): string {
  const write = featureFormat(context, one.id);
  const { from, to } = one.bins[at];
  const single = to - from === 1 && at < one.bins.length - 1 && write === context.format.number && isWhole(one);
  return from === to || single ? write(from) : `${write(from)}–${write(to)}`;
}

function panel(context: ChartContext, one: Distribution, i: number): BarSeries {
  const { theme, t, format } = context;
  const customers = one.bins.map((bin) => bin.customers);
  return {
    type: 'bar',
    name: one.label,
    xAxisIndex: i,
    yAxisIndex: i,
    barCategoryGap: '4%',
    itemStyle: { color: theme.primary },
    data: one.bins.map(
      (_, at): Datum<BarSeries> => ({
        value: customers[at],
        name: t('charts.rfmDistributions.bar', {
          bin: binName(context, one, at),
          customers: format.number(customers[at]),
        }),
      }),
    ),
  };
}

/** One histogram per figure: how many customers have which value. */
export const rfmDistributions = defineChart<RfmDistributionsData>({
  heightPx: (data) => Math.max(1, rowsOf(data)) * panelPx + 8,
  option(data, context) {
    const { measures, columns } = data;
    if (measures.length === 0) return emptyOption(context);
    const { theme, t, format } = context;
    const rows = rowsOf(data);
    const letters = { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize };
    const left = (i: number) => (columns === 2 && i % 2 === 1 ? '52%' : 8);
    const top = (i: number) => Math.floor(i / columns) * panelPx;
    return {
      ...frame(context),
      title: measures.map(
        (one, i): Title => ({
          text: one.logBins ? t('charts.rfmDistributions.ratios', { feature: one.label }) : one.label,
          left: left(i),
          top: top(i),
          textStyle: { ...letters, fontWeight: 'bold' },
        }),
      ),
      grid: measures.map((_, i) => ({
        left: left(i),
        right: columns === 2 && i % 2 === 0 ? '51%' : 12,
        top: top(i) + titlePx,
        height: panelPx - titlePx - 12,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      })),
      tooltip: { ...tooltip(context, 'item'), formatter: '{b}' },
      xAxis: measures.map((one, i) =>
        categoryAxis(
          context,
          one.bins.map((_, at) => binName(context, one, at)),
          { gridIndex: i },
        ),
      ),
      yAxis: measures.map((_, i) => valueAxis(context, format.number, { gridIndex: i, splitNumber: rows > 2 ? 3 : 4 })),
      series: measures.map((one, i) => panel(context, one, i)),
    };
  },
  table({ measures }, context) {
    const { t, format } = context;
    return {
      columns: [
        t('charts.rfmDistributions.feature'),
        t('charts.rfmDistributions.range'),
        t('charts.column.customers'),
        t('charts.column.customerShare'),
      ],
      rows: measures.flatMap((one) => {
        const all = one.bins.reduce((sum, bin) => sum + bin.customers, 0);
        return one.bins.map((bin, at) => [
          one.label,
          binName(context, one, at),
          format.number(bin.customers),
          format.share(bin.customers / all),
        ]);
      }),
    };
  },
});
