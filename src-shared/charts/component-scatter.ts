import type { ClusterResult } from '../domain.ts';
import { type ChartContext, defineChart, type LineSeries, type ValueAxis } from './chart.ts';
import { axisName, clusterLegend, clusterMarks } from './cluster-scatter.ts';
import { emptyOption, frame, tooltip, valueAxis } from './parts.ts';

/** "Component 1 (58% of the differences)" */
export const componentName = ({ t, format }: ChartContext, { components }: ClusterResult, at: number): string =>
  t('charts.componentScatter.component', { number: at + 1, share: format.share(components[at].explained) });

/** How far arrows may be stretched so that none leaves the customers' range, three quarters of the way out. */
function stretchOf(result: ClusterResult): number {
  const limits = [0, 1].flatMap((axis) => {
    const places = result.sample.map(({ components }) => components[axis]);
    const [least, most] = [Math.min(...places), Math.max(...places)];
    return result.components[axis].loadings.map((loading) =>
      Math.abs(loading) < 0.01 ? Number.MAX_VALUE : (loading > 0 ? most : least) / loading,
    );
  });
  return 0.75 * Math.max(0, Math.min(...limits));
}

/** Features as arrows from the middle: where a feature grows. */
function arrows(result: ClusterResult, { theme }: ChartContext): LineSeries {
  const [first, second] = result.components;
  const stretch = stretchOf(result);
  const ends = result.space.map((_, i) => [stretch * first.loadings[i], stretch * second.loadings[i]]);
  const nearly = 0.2 * Math.max(...ends.map(([x, y]) => Math.hypot(x, y)));
  const meet = (i: number, j: number): boolean => Math.hypot(ends[i][0] - ends[j][0], ends[i][1] - ends[j][1]) < nearly;
  // Features that go together share one label; two would lie on each other.
  const leads = (i: number): boolean => !ends.some((_, j) => j < i && meet(i, j));
  const namesAt = (i: number): string =>
    leads(i)
      ? result.space.flatMap(({ label }, j) => (j === i || (j > i && meet(i, j)) ? [label] : [])).join('\n')
      : '';
  return {
    type: 'line',
    data: [],
    markLine: {
      silent: true,
      animation: false,
      symbol: ['none', 'arrow'],
      symbolSize: 8,
      z: 6,
      lineStyle: { color: theme.text, type: 'solid', width: 1.5 },
      data: ends.map((end, i) => [
        { coord: [0, 0] },
        {
          coord: end,
          label: {
            show: true,
            position: 'end',
            formatter: namesAt(i),
            color: theme.text,
            textBorderColor: theme.surface,
            textBorderWidth: 3,
            fontFamily: theme.fontFamily,
            fontSize: theme.fontSize,
          },
        },
      ]),
    },
  };
}

/** Customers on the two directions in which they differ most; the arrows are the features. */
export const componentScatter = defineChart<ClusterResult>({
  heightPx: () => 420,
  option(result, context) {
    if (result.sample.length === 0 || result.components.length < 2) return emptyOption(context);
    const axis = (at: number): ValueAxis =>
      valueAxis(context, context.format.number, {
        ...axisName(context, componentName(context, result, at)),
        scale: true,
      });
    return {
      ...frame(context),
      grid: { left: 8, right: 32, top: 12, bottom: 40, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      legend: clusterLegend(context, result),
      tooltip: tooltip(context, 'item', context.format.number),
      xAxis: axis(0),
      yAxis: axis(1),
      series: [...clusterMarks(context, result, ({ components }) => components.slice(0, 2)), arrows(result, context)],
    };
  },
  table(result, context) {
    const { t, format } = context;
    return {
      columns: [
        t('charts.componentScatter.feature'),
        ...[0, 1, 2].map((at) => t('charts.componentScatter.direction', { number: at + 1 })),
      ],
      rows: [
        ...result.space.map((feature, i) => [
          feature.label,
          ...[0, 1, 2].map((at) => format.decimal(result.components[at]?.loadings[i], 3)),
        ]),
        [
          t('charts.componentScatter.explained'),
          ...[0, 1, 2].map((at) => format.share(result.components[at]?.explained)),
        ],
      ],
    };
  },
});
