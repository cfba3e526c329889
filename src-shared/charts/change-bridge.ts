import type { Money, RevenueChange } from '../domain.ts';
import type { Format } from '../format.ts';
import { type BarSeries, type ChartContext, defineChart, type MarkLine, type ValueAxis } from './chart.ts';
import { emptyOption, frame, nameAxis, rowsHeightPx, tooltip, valueAxis } from './parts.ts';
import { signedMoney } from './signed.ts';

type Bridge = Pick<RevenueChange, 'current' | 'previous' | 'change' | 'parts'>;

interface Step {
  name: string;
  /** Where the bar begins and ends. */
  from: number;
  to: number;
  label: string;
  colour: string;
}

/** An amount with more letters does not fit beside its bar. */
const mostLetters = 15;
const short = (format: Format, full: string, money: Money): string =>
  full.length > mostLetters ? format.moneyShort(money) : full;

/** The revenue before, one step for each part from where the last one ended, the revenue after. */
function stepsOf({ current, previous, parts }: Bridge, { t, format, theme }: ChartContext): Step[] {
  const steps: Step[] = [
    {
      name: format.period(previous.period.from, previous.period.to),
      from: 0,
      to: previous.revenue,
      label: short(format, format.money(previous.revenue), previous.revenue),
      colour: theme.mark,
    },
  ];
  let level = previous.revenue;
  for (const { id, money } of parts) {
    // Returns and anonymous sales are no part of many businesses.
    if (money === 0 && (id === 'returns' || id === 'anonymous')) continue;
    const to = level + money;
    const name = t(`charts.changeBridge.${id}`);
    const colour = money < 0 ? theme.forecast : theme.primary;
    steps.push({ name, from: level, to, label: short(format, signedMoney(format, money), money), colour });
    level = to;
  }
  steps.push({
    name: format.period(current.period.from, current.period.to),
    from: 0,
    to: current.revenue,
    label: short(format, format.money(current.revenue), current.revenue),
    colour: theme.mark,
  });
  return steps;
}

/** Where the scale begins: at 0, or where the steps are small, a little before the lowest level. */
function scaleStart(steps: Step[]): number | null {
  const levels = steps.map(({ to }) => to);
  const low = Math.min(...levels);
  const high = Math.max(...levels);
  const range = high - low;
  if (low <= 0 || range === 0 || range > high / 2) return null;
  // A round number that the scale's own marks meet.
  const quarter = range / 3;
  const grain = 10 ** Math.floor(Math.log10(quarter));
  const step = grain * ([1, 2, 5].find((times) => times * grain >= quarter) ?? 10);
  return Math.max(0, Math.floor((low - range / 3) / step) * step);
}

/** The scale ends with the longest bar: the figures stand beside it and need the rest of the width. */
function scaleOf(steps: Step[], context: ChartContext): ValueAxis {
  const axis = valueAxis(context, context.format.moneyShort);
  const start = scaleStart(steps);
  return {
    ...axis,
    axisLabel: { ...axis.axisLabel, showMaxLabel: false },
    ...(start === null ? {} : { min: start }),
    ...(steps.some(({ to }) => to > 0) ? { max: 'dataMax' } : {}),
  };
}

/** Three stacked pieces draw a bar from a to b on either side of zero: a gap, what lies above zero, what lies below. */
function pieces({ from, to }: Step): { gap: number; above: number; below: number } {
  const [low, high] = from < to ? [from, to] : [to, from];
  if (low >= 0) return { gap: low, above: high - low, below: 0 };
  if (high <= 0) return { gap: high, above: 0, below: low - high };
  return { gap: 0, above: high, below: low };
}

function bars(steps: Step[], { theme }: ChartContext, piece: 'above' | 'below', name: string): BarSeries {
  return {
    type: 'bar',
    name,
    stack: 'bridge',
    barMaxWidth: 20,
    label: { position: 'right', color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
    data: steps.map((step) => {
      const value = pieces(step)[piece];
      const labelled =
        piece === 'above' ? Math.max(step.from, step.to) > 0 || step.from === step.to : pieces(step).above === 0;
      return {
        value,
        itemStyle: { color: step.colour },
        label: { show: labelled && (piece === 'above' || value !== 0), formatter: step.label },
      };
    }),
  };
}

/** Thin lines from the end of each step to the beginning of the next. */
const joints = (steps: Step[], { theme }: ChartContext): MarkLine => ({
  symbol: 'none',
  silent: true,
  animation: false,
  label: { show: false },
  lineStyle: { color: theme.mark, type: 'dotted', width: 1 },
  data: steps.slice(0, -1).map(({ to }, i) => [{ coord: [to, i] }, { coord: [to, i + 1] }]),
});

/** The way from one period's revenue to the other's; every step begins where the last one ended. */
export const changeBridge = defineChart<Bridge>({
  heightPx: () => rowsHeightPx(9) + 24,
  option(bridge, context) {
    const { previous, current, parts } = bridge;
    if (previous.revenue === 0 && current.revenue === 0 && parts.every(({ money }) => money === 0))
      return emptyOption(context);
    const { t, format } = context;
    const steps = stepsOf(bridge, context);
    return {
      ...frame(context),
      grid: { left: 8, right: 104, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: tooltip(context, 'item', format.money),
      xAxis: scaleOf(steps, context),
      yAxis: nameAxis(context, steps, {
        axisLine: { show: false, onZero: false },
      }),
      series: [
        {
          type: 'bar',
          name: t('charts.changeBridge.level'),
          stack: 'bridge',
          silent: true,
          barMaxWidth: 20,
          itemStyle: { color: 'transparent' },
          data: steps.map((step) => pieces(step).gap),
          markLine: joints(steps, context),
        },
        bars(steps, context, 'above', t('charts.changeBridge.money')),
        bars(steps, context, 'below', t('charts.changeBridge.money')),
      ],
    };
  },
  table(bridge, context) {
    const { t, format } = context;
    const { previous, current, parts } = bridge;
    let level = previous.revenue;
    return {
      columns: [t('charts.changeBridge.part'), t('charts.changeBridge.money'), t('charts.changeBridge.level')],
      rows: [
        [t('charts.changeBridge.previous'), '', format.money(previous.revenue)],
        ...parts.map(({ id, money }) => {
          level += money;
          return [t(`charts.changeBridge.${id}`), signedMoney(format, money), format.money(level)];
        }),
        [t('charts.changeBridge.current'), signedMoney(format, bridge.change), format.money(current.revenue)],
      ],
    };
  },
});
