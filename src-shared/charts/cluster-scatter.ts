import type { ClusterResult } from '../domain.ts';
import { type ChartContext, type ChartOption, defineChart } from './chart.ts';
import { emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';
import { clusterColour, clusterSymbol } from './segment-colours.ts';

export interface ClusterScatterData {
  result: ClusterResult;
  /** Positions in `result.space` of the features on the axes. */
  x: number;
  y: number;
}

const moneyFeatures = new Set(['monetary', 'averageOrder']);

/** Features count money in whole currency units. */
const moneyPerUnit = 10_000;

/** How a feature's values are written: money or a plain number. */
export const featureFormat = ({ format }: Pick<ChartContext, 'format'>, id: string): ((value: number) => string) =>
  moneyFeatures.has(id) ? (value) => format.moneyShort(value * moneyPerUnit) : format.number;

function axis(context: ChartContext, { result }: ClusterScatterData, feature: number): ChartOption {
  const space = result.space[feature];
  const write = featureFormat(context, space.id);
  // A feature clustered on its logarithm is drawn so too, unless it reaches zero.
  const least = Math.min(...result.sample.map((row) => row.values[feature]));
  return valueAxis(context, write, {
    type: space.transform === 'log1p' && least > 0 ? 'log' : 'value',
    name: space.label,
    nameLocation: 'middle',
    nameGap: 8,
    nameTextStyle: {
      color: context.theme.text,
      fontFamily: context.theme.fontFamily,
      fontSize: context.theme.fontSize,
    },
    scale: true,
  });
}

/** Customers by two features, coloured and shaped by cluster; a ringed mark stands at each cluster's mean. */
export const clusterScatter = defineChart<ClusterScatterData>({
  heightPx: () => 380,
  option(data, context) {
    const { result, x, y } = data;
    if (result.sample.length === 0 || !result.space[x] || !result.space[y]) return emptyOption(context);
    const { t, theme } = context;
    const name = (cluster: number) => t('charts.clusterScatter.cluster', { number: cluster });
    const points = result.profiles.map(({ cluster }) => ({
      type: 'scatter',
      name: name(cluster),
      symbol: clusterSymbol(cluster),
      symbolSize: 6,
      itemStyle: { color: clusterColour(cluster), opacity: 0.65 },
      data: result.sample
        .filter((row) => row.cluster === cluster)
        .map((row) => ({ value: [row.values[x], row.values[y]], name: row.customer })),
    }));
    const means = result.profiles.map(({ cluster, means: mean }) => ({
      type: 'scatter',
      name: name(cluster),
      symbol: clusterSymbol(cluster),
      symbolSize: 16,
      z: 5,
      itemStyle: { color: clusterColour(cluster), borderColor: theme.text, borderWidth: 2 },
      data: [[mean[x], mean[y]]],
    }));
    return {
      ...frame(context),
      grid: { left: 8, right: 24, top: 12, bottom: 40, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      legend: legend(
        context,
        result.profiles.map(({ cluster }) => name(cluster)),
      ),
      tooltip: tooltip(context, 'item', featureFormat(context, result.space[y].id)),
      xAxis: axis(context, data, x),
      yAxis: axis(context, data, y),
      series: [...points, ...means],
    };
  },
  table({ result }, context) {
    const { t, format } = context;
    return {
      columns: [
        t('charts.column.cluster'),
        t('charts.column.customers'),
        t('charts.column.customerShare'),
        ...result.space.map((space) => t('charts.clusterScatter.mean', { feature: space.label })),
      ],
      rows: result.profiles.map((profile) => [
        format.number(profile.cluster),
        format.number(profile.customers),
        format.share(profile.customerShare),
        ...profile.means.map((mean, i) => writeMean(context, result.space[i].id, mean)),
      ]),
    };
  },
});

const writeMean = ({ format }: ChartContext, id: string, mean: number): string =>
  moneyFeatures.has(id) ? format.money(mean * moneyPerUnit) : format.decimal(mean, 1);
