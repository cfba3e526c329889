/** What all charts share: letters, axes, tooltips, bars with their figure beside them, and the empty chart. */
import type { Format } from '../format.ts';
import type { BarSeries, CategoryAxis, ChartContext, ChartOption, Datum, Legend, Tooltip, ValueAxis } from './chart.ts';

type Write = (value: number) => string;

/** The frame of every option. */
export function frame({ theme, animation }: ChartContext): ChartOption {
  return {
    animation,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.fontFamily, fontSize: theme.fontSize, color: theme.text },
  };
}

/** Says in the middle of the chart that there is nothing to draw. */
export function emptyOption(context: ChartContext): ChartOption {
  const { theme, t } = context;
  return {
    ...frame(context),
    title: {
      text: t('charts.noData'),
      left: 'center',
      top: 'middle',
      textStyle: {
        color: theme.muted,
        fontFamily: theme.fontFamily,
        fontSize: theme.fontSize + 1,
        fontWeight: 'normal',
      },
    },
  };
}

export function legend({ theme }: ChartContext, names: NonNullable<Legend['data']>): Legend {
  return {
    // On a narrow screen a second line would lie on the zoom; paper has no arrows to press.
    type: theme.name === 'paper' ? 'plain' : 'scroll',
    data: names,
    bottom: 0,
    left: 'center',
    itemWidth: 18,
    itemHeight: 9,
    itemGap: 14,
    textStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
  };
}

export function categoryAxis({ theme }: ChartContext, data: string[], more: CategoryAxis = {}): CategoryAxis {
  return {
    type: 'category',
    data,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: theme.grid } },
    axisLabel: { color: theme.muted, fontFamily: theme.fontFamily, fontSize: theme.fontSize, hideOverlap: true },
    ...more,
  };
}

export function valueAxis({ theme }: ChartContext, write: Write, more: ValueAxis = {}): ValueAxis {
  return {
    type: 'value',
    splitNumber: 4,
    axisLabel: {
      color: theme.muted,
      fontFamily: theme.fontFamily,
      fontSize: theme.fontSize,
      hideOverlap: true,
      formatter: (value: number) => write(value),
    },
    splitLine: { lineStyle: { color: theme.grid } },
    ...more,
  };
}

/** The library escapes names and values itself as long as only `valueFormatter` is ours. */
export function tooltip({ theme }: ChartContext, trigger: 'axis' | 'item', write?: Write): Tooltip {
  return {
    trigger,
    confine: true,
    backgroundColor: theme.surface,
    borderColor: theme.grid,
    textStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
    ...(write ? { valueFormatter: (value: unknown) => (typeof value === 'number' ? write(value) : '–') } : {}),
  };
}

export interface NamedBar {
  name: string;
  value: number;
  /** Written beside the bar. */
  label: string;
  colour: string;
}

/** A figure with more letters is cut off beside its bar. */
const mostLetters = 13;

/** An amount beside a bar: in full where there is room for it. */
export function moneyBeside(format: Format, amount: number): string {
  const full = format.money(amount);
  return full.length > mostLetters ? format.moneyShort(amount) : full;
}

/** One row of horizontal bars, the first on top, each with its figure at its end. */
export function barRows(context: ChartContext, bars: NamedBar[], title: string, write: Write): ChartOption {
  const { theme } = context;
  return {
    ...frame(context),
    grid: { left: 8, right: 96, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: tooltip(context, 'item', write),
    xAxis: valueAxis(context, write, { axisLabel: { show: false }, splitLine: { show: false } }),
    yAxis: nameAxis(context, bars),
    series: [
      {
        type: 'bar',
        name: title,
        barMaxWidth: 18,
        data: bars.map((bar) => barItem(bar)),
        label: {
          show: true,
          position: 'right',
          color: theme.text,
          fontFamily: theme.fontFamily,
          fontSize: theme.fontSize,
        },
      },
    ],
  };
}

export const nameAxis = (context: ChartContext, bars: { name: string }[], more: CategoryAxis = {}): CategoryAxis =>
  categoryAxis(
    context,
    bars.map((bar) => bar.name),
    {
      inverse: true,
      axisLine: { show: false },
      axisLabel: {
        color: context.theme.text,
        fontFamily: context.theme.fontFamily,
        fontSize: context.theme.fontSize,
        width: 150,
        overflow: 'truncate',
        interval: 0,
      },
      ...more,
    },
  );

export const barItem = (bar: NamedBar): Datum<BarSeries> => ({
  value: bar.value,
  itemStyle: { color: bar.colour },
  label: { formatter: bar.label },
});

/** Height of a chart with one row per name. */
export const rowsHeightPx = (rows: number): number => 24 + 26 * Math.max(rows, 3);
