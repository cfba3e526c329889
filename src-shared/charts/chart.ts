/**
 * A chart turns a result into a plain ECharts option and a table of the same figures; it never computes.
 * An option is JSON except for functions under the keys `formatter`, `valueFormatter`, `labelFormatter` and `renderItem`,
 * because the drawing library alone knows which ticks it draws and where a point lies. Money is plotted in its stored unit (1/10 000).
 */
import type {
  BarSeriesOption,
  DataZoomComponentOption,
  DefaultLabelFormatterCallbackParams,
  EChartsOption,
  HeatmapSeriesOption,
  LegendComponentOption,
  LineSeriesOption,
  PieSeriesOption,
  RadarSeriesOption,
  SankeySeriesOption,
  ScatterSeriesOption,
  TitleComponentOption,
  TooltipComponentFormatterCallbackParams,
  TooltipComponentOption,
  XAXisComponentOption,
} from 'echarts';
import type { Format } from '../format.ts';
import type { ChartTheme } from './theme.ts';

/** Looks up a text of the catalogue, such as vue-i18n's `t`. */
export type Translate = (key: string, params?: Record<string, string | number>) => string;

export interface ChartContext {
  format: Format;
  t: Translate;
  theme: ChartTheme;
  animation: boolean;
}

export type {
  BarSeriesOption as BarSeries,
  DataZoomComponentOption as DataZoom,
  LegendComponentOption as Legend,
  LineSeriesOption as LineSeries,
  RadarSeriesOption as RadarSeries,
  SankeySeriesOption as SankeySeries,
  ScatterSeriesOption as ScatterSeries,
  TitleComponentOption as Title,
  DefaultLabelFormatterCallbackParams as Cell,
  TooltipComponentFormatterCallbackParams as Pointed,
  TooltipComponentOption as Tooltip,
};

/** The kinds of series that the screens load (see chart-library.ts). */
export type Series =
  | BarSeriesOption
  | HeatmapSeriesOption
  | LineSeriesOption
  | PieSeriesOption
  | RadarSeriesOption
  | SankeySeriesOption
  | ScatterSeriesOption;
export type MarkLine = NonNullable<LineSeriesOption['markLine']>;
/** A cell of a heatmap; its name, which a tooltip may say, is missing in the library's types. */
export type HeatmapCell = Datum<HeatmapSeriesOption> & { name?: string };
/** One entry of a series' data. */
export type Datum<S extends { data?: unknown }> = S['data'] extends (infer Item)[] | undefined ? Item : never;

/** Either axis of a grid. */
export type Axis = XAXisComponentOption extends infer A ? (A extends unknown ? Omit<A, 'mainType'> : never) : never;
export type CategoryAxis = Extract<Axis, { type?: 'category' }>;
export type ValueAxis = Extract<Axis, { type?: 'value' }>;

/** What a chart may say, by the library's own types: a key that it does not know does not compile. */
export type ChartOption = Pick<
  EChartsOption,
  | 'animation'
  | 'backgroundColor'
  | 'dataZoom'
  | 'grid'
  | 'legend'
  | 'radar'
  | 'textStyle'
  | 'title'
  | 'tooltip'
  | 'visualMap'
  | 'xAxis'
  | 'yAxis'
> & { series?: Series | Series[] };

/** The chart's figures as text, for those who do not see it. */
export interface ChartTable {
  columns: string[];
  rows: string[][];
}

export interface Chart<Data> {
  option(data: Data, context: ChartContext): ChartOption;
  table(data: Data, context: ChartContext): ChartTable;
  /** Height in pixels at which nothing is crowded, at 640 pixels' width. */
  heightPx(data: Data): number;
  /** Width in pixels below which cells could not be read; a narrower screen scrolls the chart. */
  widthPx?(data: Data): number;
}

/** Fixes the type of one chart's data. */
export const defineChart = <Data>(chart: Chart<Data>): Chart<Data> => chart;
