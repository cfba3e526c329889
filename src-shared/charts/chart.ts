/**
 * A chart turns a result into a plain ECharts option and a table of the same figures; it never computes.
 * An option is JSON except for functions under the keys `formatter`, `valueFormatter`, `labelFormatter` and `renderItem`,
 * because the drawing library alone knows which ticks it draws and where a point lies. Money is plotted in its stored unit (1/10 000).
 */
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

export type ChartOption = Record<string, unknown>;

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
