import type { ClusterResult } from '../domain.ts';
import { type BarSeries, type ChartContext, defineChart, type Title, type ValueAxis } from './chart.ts';
import { clusterName } from './cluster-names.ts';
import { barItem, emptyOption, frame, nameAxis, tooltip, valueAxis } from './parts.ts';
import { clusterColour } from './segment-colours.ts';

const half = [
  { left: 8, right: '52%' },
  { left: '52%', right: 8 },
];

interface Panel {
  title: string;
  write: (value: number) => string;
  values: number[];
}

/** Customers, and revenue where there are sales. */
function panelsOf({ profiles }: ClusterResult, { t, format }: ChartContext): Panel[] {
  const customers = profiles.map((one) => one.customers);
  const panels = [{ title: t('charts.column.customers'), write: format.number, values: customers }];
  if (profiles.every(({ revenue }) => revenue === null)) return panels;
  const revenue = profiles.map((one) => one.revenue ?? 0);
  return [...panels, { title: t('charts.column.revenue'), write: format.moneyShort, values: revenue }];
}

function bars(
  { title, write, values }: Panel,
  i: number,
  { profiles }: ClusterResult,
  context: ChartContext,
): BarSeries {
  const { t, theme } = context;
  return {
    type: 'bar',
    name: title,
    xAxisIndex: i,
    yAxisIndex: i,
    barMaxWidth: 28,
    tooltip: { valueFormatter: (value: unknown) => (typeof value === 'number' ? write(value) : '–') },
    label: {
      show: true,
      position: 'right',
      color: theme.text,
      fontFamily: theme.fontFamily,
      fontSize: theme.fontSize,
    },
    data: values.map((value, at) => {
      const { cluster } = profiles[at];
      return barItem({ name: clusterName(t, cluster), value, label: write(value), colour: clusterColour(cluster) });
    }),
  };
}

/** Each group's customers on the left and revenue on the right. */
export const clusterSizes = defineChart<ClusterResult>({
  heightPx: ({ profiles }) => 48 + (profiles.length > 5 ? 34 : 58) * Math.max(profiles.length, 3),
  option(result, context) {
    const { theme } = context;
    const { profiles } = result;
    if (profiles.length === 0) return emptyOption(context);
    const names = profiles.map(({ cluster }) => ({ name: clusterName(context.t, cluster) }));
    const panels = panelsOf(result, context);
    const letters: Title['textStyle'] = {
      color: theme.text,
      fontFamily: theme.fontFamily,
      fontSize: theme.fontSize,
      fontWeight: 'bold',
    };
    const axis: ValueAxis = { axisLabel: { show: false }, splitLine: { show: false } };
    return {
      ...frame(context),
      title: panels.map(({ title }, i) => ({ text: title, left: half[i].left, top: 0, textStyle: letters })),
      tooltip: tooltip(context, 'item'),
      grid: panels.map((_, i) => ({
        ...(panels.length === 1 ? { left: 8, right: 8 } : half[i]),
        top: 24,
        bottom: 8,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      })),
      // Room for the figure at the end of the longest bar.
      xAxis: panels.map(({ write }, i) =>
        valueAxis(context, write, { ...axis, gridIndex: i, boundaryGap: [0, '45%'] }),
      ),
      yAxis: panels.map((_, i) => nameAxis(context, names, { gridIndex: i })),
      series: panels.map((panel, i) => bars(panel, i, result, context)),
    };
  },
  table({ profiles }, { t, format }) {
    return {
      columns: [
        t('charts.column.cluster'),
        t('charts.column.customers'),
        t('charts.column.customerShare'),
        t('charts.column.revenue'),
      ],
      rows: profiles.map((profile) => [
        clusterName(t, profile.cluster),
        format.number(profile.customers),
        format.share(profile.customerShare),
        format.money(profile.revenue),
      ]),
    };
  },
});
