import type { ClusterResult } from '../domain.ts';
import { type Axis, type ChartContext, defineChart, type Legend, type ScatterSeries, type ValueAxis } from './chart.ts';
import { clusterName, featureFormat, writeMean } from './cluster-names.ts';
import { emptyOption, frame, legend, tooltip, valueAxis } from './parts.ts';
import { clusterColour, clusterSymbol } from './segment-colours.ts';

export interface ClusterScatterData {
  result: ClusterResult;
  /** Positions in `result.space` of the features on the axes. */
  x: number;
  y: number;
}

type AxisName = Pick<Axis, 'name' | 'nameLocation' | 'nameGap' | 'nameTextStyle'>;

/** The name in the middle below or beside an axis. */
export const axisName = ({ theme }: ChartContext, name: string): AxisName => ({
  name,
  nameLocation: 'middle',
  nameGap: 8,
  nameTextStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
});

interface Scale {
  /** Where a value lies on the axis, and the value at a place. */
  place(value: number): number;
  value(place: number): number;
  axis: ValueAxis;
  logarithmic: boolean;
}

const asItIs = (value: number): number => value;

/** log(1 + value), marked at 0, 1, 10, 100 … */
function log1pScale(greatest: number): Scale {
  const marks = [0, 1];
  while (marks[marks.length - 1] < greatest) marks.push(marks[marks.length - 1] * 10);
  const customValues = marks.map(Math.log1p);
  const most = customValues[customValues.length - 1];
  // The library reads them here too; its types do not know it.
  const splitLine = { customValues } as ValueAxis['splitLine'];
  return {
    place: Math.log1p,
    value: Math.expm1,
    axis: { min: 0, max: most, axisTick: { customValues }, splitLine, axisLabel: { customValues } },
    logarithmic: false,
  };
}

/** A feature clustered on its logarithm is drawn so too; one that reaches zero on the logarithm of 1 + value. */
function scaleOf({ result }: ClusterScatterData, feature: number): Scale {
  const values = result.sample.map((row) => row.values[feature]);
  const least = values.reduce((most, value) => Math.min(most, value), Number.POSITIVE_INFINITY);
  const greatest = values.reduce((most, value) => Math.max(most, value), 0);
  const plain: Scale = { place: asItIs, value: asItIs, axis: {}, logarithmic: false };
  if (result.space[feature].transform !== 'log1p' || least < 0) return plain;
  return least > 0 ? { ...plain, logarithmic: true } : log1pScale(greatest);
}

function axis(context: ChartContext, { result }: ClusterScatterData, feature: number, scale: Scale): Axis {
  const space = result.space[feature];
  const write = featureFormat(context, space.id);
  const plain = valueAxis(context, (place) => write(scale.value(place)));
  const merged: ValueAxis = {
    ...plain,
    scale: true,
    ...scale.axis,
    axisLabel: { ...plain.axisLabel, ...scale.axis.axisLabel },
    splitLine: { ...plain.splitLine, ...scale.axis.splitLine },
    ...axisName(context, space.label),
  };
  return scale.logarithmic ? ({ ...merged, type: 'log' } as Axis) : merged;
}

/** One series of marks per cluster, each in the cluster's colour and shape. */
export const clusterMarks = (
  context: ChartContext,
  result: ClusterResult,
  place: (row: ClusterResult['sample'][number]) => number[],
): ScatterSeries[] =>
  result.profiles.map(
    ({ cluster }): ScatterSeries => ({
      type: 'scatter',
      name: clusterName(context.t, cluster),
      symbol: clusterSymbol(cluster),
      symbolSize: 6,
      itemStyle: { color: clusterColour(cluster), opacity: 0.65 },
      data: result.sample
        .filter((row) => row.cluster === cluster)
        .map((row) => ({ value: place(row), name: row.customer })),
    }),
  );

export const clusterLegend = (context: ChartContext, { profiles }: ClusterResult): Legend =>
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
    const across = scaleOf(data, x);
    const up = scaleOf(data, y);
    const write = featureFormat(context, result.space[y].id);
    const means = result.profiles
      .filter(({ cluster }) => cluster > 0)
      .map(
        ({ cluster, means: mean }): ScatterSeries => ({
          type: 'scatter',
          name: clusterName(context.t, cluster),
          symbol: clusterSymbol(cluster),
          symbolSize: 16,
          z: 5,
          itemStyle: { color: clusterColour(cluster), borderColor: context.theme.text, borderWidth: 2 },
          data: [[across.place(mean[x]), up.place(mean[y])]],
        }),
      );
    return {
      ...frame(context),
      grid: { left: 8, right: 24, top: 12, bottom: 40, outerBoundsMode: 'same', outerBoundsContain: 'all' },
      legend: clusterLegend(context, result),
      tooltip: tooltip(context, 'item', (place) => write(up.value(place))),
      xAxis: axis(context, data, x, across),
      yAxis: axis(context, data, y, up),
      series: [
        ...clusterMarks(context, result, (row) => [across.place(row.values[x]), up.place(row.values[y])]),
        ...means,
      ],
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
