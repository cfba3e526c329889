import type { ClusterResult } from '../domain.ts';
import { type ChartContext, type ChartOption, defineChart } from './chart.ts';
import { clusterName, featureFormat, writeMean } from './cluster-names.ts';
import { emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';
import { clusterColour, clusterSymbol } from './segment-colours.ts';

export interface ClusterScatterData {
  result: ClusterResult;
  /** Positions in `result.space` of the features on the axes. */
  x: number;
  y: number;
}

/** The name in the middle below or beside an axis. */
export const axisName = ({ theme }: ChartContext, name: string): ChartOption => ({
  name,
  nameLocation: 'middle',
  nameGap: 8,
  nameTextStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
});

function axis(context: ChartContext, { result }: ClusterScatterData, feature: number): ChartOption {
  const space = result.space[feature];
  const write = featureFormat(context, space.id);
  // A feature clustered on its logarithm is drawn so too, unless it reaches zero.
  const least = Math.min(...result.sample.map((row) => row.values[feature]));
  return valueAxis(context, write, {
    type: space.transform === 'log1p' && least > 0 ? 'log' : 'value',
    ...axisName(context, space.label),
    scale: true,
  });
}

/** One series of marks per cluster, each in the cluster's colour and shape. */
export const clusterMarks = (
  context: ChartContext,
  result: ClusterResult,
  place: (row: ClusterResult['sample'][number]) => number[],
): ChartOption[] =>
  result.profiles.map(({ cluster }) => ({
    type: 'scatter',
    name: clusterName(context.t, cluster),
    symbol: clusterSymbol(cluster),
    symbolSize: 6,
    itemStyle: { color: clusterColour(cluster), opacity: 0.65 },
    data: result.sample
      .filter((row) => row.cluster === cluster)
      .map((row) => ({ value: place(row), name: row.customer })),
  }));

export const clusterLegend = (context: ChartContext, { profiles }: ClusterResult): ChartOption =>
  legend(
    context,
    profiles.map(({ cluster }) => clusterName(context.t, cluster)),
  );

/** Customers by two features, coloured and shaped by cluster; a ringed mark stands at each cluster's mean. */
export const clusterScatter = defineChart<ClusterScatterData>({
  heightPx: () => 380,
  option(data, context) {
    const { result, x, y } = data;
    if (result.sample.length === 0 || !result.space[x] || !result.space[y]) return emptyOption(context);
    const means = result.profiles
      .filter(({ cluster }) => cluster > 0)
      .map(({ cluster, means: mean }) => ({
        type: 'scatter',
        name: clusterName(context.t, cluster),
        symbol: clusterSymbol(cluster),
        symbolSize: 16,
        z: 5,
        itemStyle: { color: clusterColour(cluster), borderColor: context.theme.text, borderWidth: 2 },
        data: [[mean[x], mean[y]]],
      }));
    return {
      ...frame(context),
      grid: { left: 8, right: 24, top: 12, bottom: 40, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      legend: clusterLegend(context, result),
      tooltip: tooltip(context, 'item', featureFormat(context, result.space[y].id)),
      xAxis: axis(context, data, x),
      yAxis: axis(context, data, y),
      series: [...clusterMarks(context, result, (row) => [row.values[x], row.values[y]]), ...means],
    };
  },
  table({ result }, { t, format }) {
    return {
      columns: [
        t('charts.column.cluster'),
        t('charts.column.customers'),
        t('charts.column.customerShare'),
        ...result.space.map((space) => t('charts.clusterScatter.mean', { feature: space.label })),
      ],
      rows: result.profiles.map((profile) => [
        clusterName(t, profile.cluster),
        format.number(profile.customers),
        format.share(profile.customerShare),
        ...profile.means.map((mean, i) => writeMean(format, result.space[i].id, mean)),
      ]),
    };
  },
});
