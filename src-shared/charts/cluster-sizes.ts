import type { ClusterResult } from '../domain.ts';
import { type ChartOption, defineChart } from './chart.ts';
import { clusterName } from './cluster-names.ts';
import { barItem, emptyOption, frame, nameAxis, tooltip, valueAxis } from './parts.ts';
import { clusterColour } from './segment-colours.ts';

const half = [
  { left: 8, right: '52%' },
  { left: '52%', right: 8 },
];

/** Each group's customers on the left and revenue on the right. */
export const clusterSizes = defineChart<ClusterResult>({
  heightPx: ({ profiles }) => 48 + 28 * Math.max(profiles.length, 3),
  option(result, context) {
    const { t, format, theme } = context;
    const { profiles } = result;
    if (profiles.length === 0) return emptyOption(context);
    const names = profiles.map(({ cluster }) => ({ name: clusterName(t, cluster) }));
    const panels = [
      { title: t('charts.column.customers'), write: format.number, values: profiles.map((one) => one.customers) },
      { title: t('charts.column.revenue'), write: format.moneyShort, values: profiles.map((one) => one.revenue ?? 0) },
    ].slice(0, profiles.some(({ revenue }) => revenue !== null) ? 2 : 1);
    return {
      ...frame(context),
      title: panels.map(
        ({ title }, i): ChartOption => ({
          text: title,
          left: half[i].left,
          top: 0,
          textStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize, fontWeight: 'bold' },
        }),
      ),
      tooltip: tooltip(context, 'item'),
      grid: panels.map((_, i) => ({
        ...half[i],
        ...(panels.length === 1 ? { right: 8 } : {}),
        top: 24,
        bottom: 8,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      })),
      // Room for the figure at the end of the longest bar.
      xAxis: panels.map(({ write }, i) =>
        valueAxis(context, write, {
          gridIndex: i,
          axisLabel: { show: false },
          splitLine: { show: false },
          boundaryGap: [0, '45%'],
        }),
      ),
      yAxis: panels.map((_, i) => nameAxis(context, names, { gridIndex: i })),
      series: panels.map(({ title, write, values }, i) => ({
        type: 'bar',
        name: title,
        xAxisIndex: i,
        yAxisIndex: i,
        barMaxWidth: 18,
        tooltip: { valueFormatter: (value: unknown) => (typeof value === 'number' ? write(value) : '–') },
        label: {
          show: true,
          position: 'right',
          color: theme.text,
          fontFamily: theme.fontFamily,
          fontSize: theme.fontSize,
        },
        data: values.map((value, at) =>
          barItem({
            name: names[at].name,
            value,
            label: write(value),
            colour: clusterColour(profiles[at].cluster),
          }),
        ),
      })),
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
