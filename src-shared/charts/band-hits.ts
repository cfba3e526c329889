import type { LedgerHistory } from '../domain.ts';
import { type ChartContext, defineChart, type LineSeries, type MarkLine } from './chart.ts';
import { overMonths } from './own-accuracy.ts';
import { emptyOption } from './parts.ts';

type Month = LedgerHistory['months'][number];

/** What the band promised, as a line across the chart. */
const promise = (share: number, colour: string, { t, format, theme }: ChartContext): MarkLine => ({
  symbol: 'none',
  silent: true,
  animation: false,
  lineStyle: { color: colour, type: 'dashed', width: 1 },
  label: {
    formatter: t('charts.bandHits.promised', { share: format.share(share) }),
    position: 'insideStartBottom',
    color: theme.muted,
    fontFamily: theme.fontFamily,
    fontSize: theme.fontSize - 1,
  },
  data: [{ yAxis: share }],
});

/** Share of the periods of each month whose sales fell inside the bands of published forecasts. */
export const bandHits = defineChart<Month[]>({
  heightPx: () => 280,
  option(months, context) {
    if (months.length === 0) return emptyOption(context);
    const { t, theme } = context;
    const line = (id: 'hits80' | 'hits95', share: number, colour: string, symbol: string): LineSeries => ({
      type: 'line',
      name: t(`charts.bandHits.${id}`),
      symbol,
      symbolSize: symbol === 'circle' ? 12 : 8,
      connectNulls: true,
      lineStyle: { color: colour, width: 2 },
      itemStyle: { color: colour },
      data: months.map((month) => month[id]),
      markLine: promise(share, colour, context),
    });
    const series = [line('hits80', 0.8, theme.forecast, 'circle'), line('hits95', 0.95, theme.primary, 'triangle')];
    return overMonths(months, series, context, { min: 0, max: 1, interval: 0.2 });
  },
  table(months, { t, format }) {
    return {
      columns: [
        t('charts.bandHits.month'),
        t('charts.bandHits.periods'),
        t('charts.bandHits.hits80'),
        t('charts.bandHits.hits95'),
      ],
      rows: months.map(({ month, periods, hits80, hits95 }) => [
        format.month(month),
        format.number(periods),
        format.share(hits80),
        format.share(hits95),
      ]),
    };
  },
});
