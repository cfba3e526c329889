import type { ClusterResult, FeatureSpace } from '../domain.ts';
import { type ChartContext, defineChart, type LineSeries, type ScatterSeries, type ValueAxis } from './chart.ts';
import { clusterName, featureFormat, writeMean } from './cluster-names.ts';
import { clusterLegend } from './cluster-scatter.ts';
import { componentName } from './component-scatter.ts';
import { emptyOption, frame, tooltip } from './parts.ts';
import { clusterColour, clusterSymbol } from './segment-colours.ts';

export interface Scatter3dData {
  result: ClusterResult;
  of: 'features' | 'components';
  /** Positions in `result.space`, or in `result.components`. */
  axes: [number, number, number];
  /** Degrees around the upright axis, and above the floor. */
  azimuth: number;
  elevation: number;
}

type Point = [number, number, number];

/** One axis of the cube: its name, the ends in words, and where a customer stands between −1 and 1. */
interface Axis {
  name: string;
  low: string;
  high: string;
  place(row: ClusterResult['sample'][number]): number;
}

/** Half the picture's height in half edges of the cube: its diagonal and room for names. */
const reach = 1.8;
const sidePx = 360;
const radians = Math.PI / 180;

/** Seen from far away: right and up on the picture, and how near, all in half edges of the cube. */
function projection(azimuth: number, elevation: number): (point: Point) => { at: [number, number]; near: number } {
  const [sinA, cosA] = [Math.sin(azimuth * radians), Math.cos(azimuth * radians)];
  const [sinE, cosE] = [Math.sin(elevation * radians), Math.cos(elevation * radians)];
  return ([x, y, z]) => {
    const forward = cosA * x + sinA * y;
    return { at: [cosA * y - sinA * x, cosE * z - sinE * forward], near: cosE * forward + sinE * z };
  };
}

/** A feature is drawn as it is clustered: clipped, and logarithmic where the space is not linear. */
function drawn(value: number, { transform, clip }: FeatureSpace): number {
  const clipped = clip ? Math.min(Math.max(value, clip.low), clip.high) : value;
  return transform === 'none' ? clipped : Math.sign(clipped) * Math.log1p(Math.abs(clipped));
}

function axisOf({ result, of }: Scatter3dData, at: number, context: ChartContext): Axis {
  const own = (row: ClusterResult['sample'][number]): number =>
    of === 'features' ? row.values[at] : row.components[at];
  const scaled = (row: ClusterResult['sample'][number]): number =>
    of === 'features' ? drawn(own(row), result.space[at]) : own(row);
  const [values, heights] = [result.sample.map(own), result.sample.map(scaled)];
  const [least, most] = [Math.min(...heights), Math.max(...heights)];
  const write = of === 'features' ? featureFormat(context, result.space[at].id) : context.format.number;
  return {
    name: of === 'features' ? result.space[at].label : componentName(context, result, at),
    low: write(Math.min(...values)),
    high: write(Math.max(...values)),
    place: (row) => (most > least ? (2 * (scaled(row) - least)) / (most - least) - 1 : 0),
  };
}

const corners: Point[] = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => [
  bits & 1 ? 1 : -1,
  bits & 2 ? 1 : -1,
  bits & 4 ? 1 : -1,
]);
/** Pairs of corners that differ in one coordinate. */
const edges = corners.flatMap((_, from) => [1, 2, 4].flatMap((bit) => (from & bit ? [] : [[from, from | bit]])));

function cube(project: ReturnType<typeof projection>, { theme }: ChartContext): LineSeries[] {
  const line = (name: string, colour: string, width: number, data: (number | null)[][]): LineSeries => ({
    type: 'line',
    name,
    silent: true,
    showSymbol: false,
    z: 1,
    lineStyle: { color: colour, width },
    data,
  });
  const draw = (pairs: number[][]): (number | null)[][] =>
    pairs.flatMap(([a, b]) => [project(corners[a]).at, project(corners[b]).at, [null, null]]);
  const fromOrigin = edges.filter(([from]) => from === 0);
  return [
    line('cube', theme.partial, 1, draw(edges.filter(([from]) => from !== 0))),
    line('axes', theme.mark, 2, draw(fromOrigin)),
  ];
}

/** Names of the axes beyond their far ends. */
function axisNames(axes: Axis[], project: ReturnType<typeof projection>, { theme, t }: ChartContext): ScatterSeries {
  return {
    type: 'scatter',
    name: 'names',
    silent: true,
    clip: false,
    symbolSize: 0.01,
    z: 6,
    itemStyle: { color: theme.mark },
    data: axes.map(({ name, low, high }, axis) => {
      const end: Point = [-1, -1, -1];
      end[axis] = 1.15;
      return {
        value: project(end).at,
        label: {
          show: true,
          formatter: `${name}\n${t('charts.scatter3d.range', { low, high })}`,
          color: theme.text,
          textBorderColor: theme.surface,
          textBorderWidth: 3,
          fontFamily: theme.fontFamily,
          fontSize: theme.fontSize,
        },
      };
    }),
  };
}

function clouds(
  { result }: Scatter3dData,
  axes: Axis[],
  project: ReturnType<typeof projection>,
  t: ChartContext['t'],
): ScatterSeries[] {
  return result.profiles.map(
    ({ cluster }): ScatterSeries => ({
      type: 'scatter',
      name: clusterName(t, cluster),
      symbol: clusterSymbol(cluster),
      itemStyle: { color: clusterColour(cluster), opacity: 0.7 },
      z: 3,
      data: result.sample
        .filter((row) => row.cluster === cluster)
        .map((row) => ({ row, ...project([axes[0].place(row), axes[1].place(row), axes[2].place(row)]) }))
        .sort((a, b) => a.near - b.near)
        // Nearer marks are larger and lie on top.
        .map(({ row, at, near }) => ({ value: at, name: row.customer, symbolSize: 6.5 + 2 * near })),
    }),
  );
}

const canDraw = ({ result, of, axes }: Scatter3dData): boolean =>
  result.sample.length > 0 &&
  axes.every((at) => (of === 'features' ? result.space[at] : result.components[at]) !== undefined);

/** Customers in a cube of three features or components, seen from a direction the reader turns. */
export const scatter3d = defineChart<Scatter3dData>({
  heightPx: () => sidePx + 40,
  widthPx: () => sidePx + 60,
  option(data, context) {
    if (!canDraw(data)) return emptyOption(context);
    const project = projection(data.azimuth, data.elevation);
    const axes = data.axes.map((at) => axisOf(data, at, context));
    const flat: ValueAxis = { type: 'value', show: false, min: -reach, max: reach };
    return {
      ...frame(context),
      // A square: a stretched cube would lie about distances.
      grid: { left: 'center', top: 0, width: sidePx, height: sidePx, outerBoundsMode: 'none' },
      legend: clusterLegend(context, data.result),
      tooltip: { ...tooltip(context, 'item'), formatter: '{a}: {b}' },
      xAxis: flat,
      yAxis: flat,
      series: [...clouds(data, axes, project, context.t), ...cube(project, context), axisNames(axes, project, context)],
    };
  },
  table(data, context) {
    const { t, format } = context;
    const { result, axes, of } = data;
    const names = axes.map(
      (at) =>
        (of === 'features' ? result.space[at]?.label : result.components[at] && componentName(context, result, at)) ??
        '–',
    );
    const write = (row: ClusterResult['sample'][number], at: number): string =>
      of === 'features'
        ? writeMean(format, result.space[at].id, row.values[at])
        : format.decimal(row.components[at], 3);
    return {
      columns: [t('charts.column.customer'), t('charts.column.cluster'), ...names],
      rows: canDraw(data)
        ? result.sample.map((row) => [row.customer, clusterName(t, row.cluster), ...axes.map((at) => write(row, at))])
        : [],
    };
  },
});
