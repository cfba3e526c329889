import type { ClusterResult } from '../domain.ts';
import { type BarSeries, type ChartContext, type ChartOption, defineChart, type RadarSeries } from './chart.ts';
import { clusterName } from './cluster-names.ts';
import { clusterLegend } from './cluster-scatter.ts';
import { emptyOption, frame, nameAxis, tooltip, valueAxis } from './parts.ts';
import { clusterColour, clusterSymbol } from './segment-colours.ts';

/** A radar needs three spokes to be a shape, and is a tangle with more than six spokes or groups. */
const isRadar = ({ space, profiles }: ClusterResult): boolean =>
  space.length >= 3 && space.length <= 6 && profiles.length <= 6;

const signed = ({ format }: ChartContext, value: number): string =>
  `${value > 0 ? '+' : ''}${format.decimal(value, 2)}`;

function radar(result: ClusterResult, context: ChartContext): ChartOption {
  const { theme, t } = context;
  const letters = { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize };
  const most = Math.max(0.5, ...result.profiles.flatMap(({ relative }) => relative.map(Math.abs)));
  return {
    ...frame(context),
    legend: clusterLegend(context, result),
    tooltip: tooltip(context, 'item', (value) => signed(context, value)),
    radar: {
      center: ['50%', '47%'],
      radius: '66%',
      // Four rings: the second is everybody's average.
      splitNumber: 4,
      indicator: result.space.map(({ label }) => ({ name: label, min: -most, max: most })),
      axisName: { ...letters, width: 84, overflow: 'break' },
      axisLine: { lineStyle: { color: theme.grid } },
      splitLine: { lineStyle: { color: [theme.grid, theme.grid, theme.mark, theme.grid, theme.grid] } },
      splitArea: { show: false },
    },
    series: result.profiles.map(
      ({ cluster, relative }): RadarSeries => ({
        type: 'radar',
        name: clusterName(t, cluster),
        symbol: clusterSymbol(cluster),
        symbolSize: 6,
        itemStyle: { color: clusterColour(cluster) },
        lineStyle: { color: clusterColour(cluster), width: 2 },
        areaStyle: { color: clusterColour(cluster), opacity: 0.08 },
        data: [{ value: relative, name: clusterName(t, cluster) }],
      }),
    ),
  };
}

function bars(result: ClusterResult, context: ChartContext): ChartOption {
  return {
    ...frame(context),
    grid: { left: 8, right: 24, top: 8, bottom: 40, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: clusterLegend(context, result),
    tooltip: tooltip(context, 'axis', (value) => signed(context, value)),
    xAxis: valueAxis(context, (value) => signed(context, value)),
    yAxis: nameAxis(
      context,
      result.space.map(({ label }) => ({ name: label })),
    ),
    series: result.profiles.map(
      ({ cluster, relative }): BarSeries => ({
        type: 'bar',
        name: clusterName(context.t, cluster),
        barMaxWidth: 14,
        itemStyle: { color: clusterColour(cluster) },
        data: relative,
      }),
    ),
  };
}

/** How far each group lies from the average customer in each feature, in standard deviations. */
export const clusterProfiles = defineChart<ClusterResult>({
  // Names stand left and right of the round picture.
  widthPx: (result) => (isRadar(result) ? 420 : 0),
  heightPx: (result) => (isRadar(result) ? 380 : 64 + result.space.length * Math.max(34, 10 * result.profiles.length)),
  option(result, context) {
    if (result.profiles.length === 0 || result.space.length === 0) return emptyOption(context);
    return isRadar(result) ? radar(result, context) : bars(result, context);
  },
  table(result, context) {
    return {
      columns: [context.t('charts.column.cluster'), ...result.space.map(({ label }) => label)],
      rows: result.profiles.map(({ cluster, relative }) => [
        clusterName(context.t, cluster),
        ...relative.map((value) => signed(context, value)),
      ]),
    };
  },
});
