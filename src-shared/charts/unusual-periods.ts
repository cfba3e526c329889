import type { Anomalies, Anomaly, Money } from '../domain.ts';
import {
  type ChartContext,
  defineChart,
  type LineSeries,
  type Pointed,
  type ScatterSeries,
  type Tooltip,
} from './chart.ts';
import { emptyOption, frame, tooltip, valueAxis } from './parts.ts';
import { bandLegend, bandLines, periodAxis, periodText, periodZoom, placeOf, type Values } from './time-parts.ts';

const kindKeys: Record<Anomaly['kind'], string> = {
  spike: 'spike',
  drop: 'drop',
  'level-up': 'levelUp',
  'level-down': 'levelDown',
  missing: 'missing',
};
const symbols: Record<Anomaly['kind'], { symbol: string; symbolRotate?: number }> = {
  spike: { symbol: 'triangle' },
  drop: { symbol: 'triangle', symbolRotate: 180 },
  'level-up': { symbol: 'rect' },
  'level-down': { symbol: 'emptyRect' },
  missing: { symbol: 'diamond' },
};
const kinds = Object.keys(kindKeys) as Anomaly['kind'][];
/** More periods than this are looked at through a window. */
const shownAtOnce = 120;

const kindName = ({ t }: ChartContext, kind: Anomaly['kind']): string => t(`charts.unusualPeriods.${kindKeys[kind]}`);

const band = ({ low, high }: Anomalies, { theme, t }: ChartContext): LineSeries[] =>
  bandLines(
    t('charts.unusualPeriods.band'),
    theme.band95,
    low,
    high.map((value, i) => (value === null ? null : value - (low[i] as Money))),
  );

function lines(data: Anomalies, { theme, t }: ChartContext): LineSeries[] {
  const known = data.actual.map((value, i) => (data.expected[i] === null && value === 0 ? null : value));
  const line: LineSeries = { type: 'line', connectNulls: true, showSymbol: data.dates.length < 40, symbolSize: 4 };
  return [
    {
      ...line,
      name: t('charts.unusualPeriods.expected'),
      data: data.expected,
      z: 3,
      showSymbol: false,
      lineStyle: { color: theme.forecast, width: 1, type: 'dashed' },
      itemStyle: { color: theme.forecast },
    },
    {
      ...line,
      name: t('charts.unusualPeriods.actual'),
      data: known,
      z: 4,
      lineStyle: { color: theme.primary, width: 1.5 },
      itemStyle: { color: theme.primary },
    },
  ];
}

function marks(data: Anomalies, context: ChartContext): ScatterSeries[] {
  const place = new Map(data.dates.map((date, i) => [date, i]));
  return kinds.flatMap((kind) => {
    const rows = data.rows.filter((row) => row.kind === kind);
    if (rows.length === 0) return [];
    const values: Values = data.dates.map(() => null);
    for (const row of rows) values[place.get(row.date) as number] = row.actual;
    const colour = kind === 'missing' ? context.theme.mark : context.theme.text;
    return [
      {
        type: 'scatter',
        name: kindName(context, kind),
        data: values,
        symbolSize: 10,
        z: 5,
        itemStyle: { color: colour },
        ...symbols[kind],
      },
    ];
  });
}

/** What was sold, the band of what is usual, and a mark on every period that stands out. */
export const unusualPeriods = defineChart<Anomalies>({
  heightPx: () => 340,
  option(data, context) {
    if (data.dates.length === 0) return emptyOption(context);
    const { theme, format } = context;
    const series = [...band(data, context), ...lines(data, context), ...marks(data, context)];
    const zoomed = theme.name !== 'paper' && data.dates.length > shownAtOnce;
    return {
      ...frame(context),
      grid: {
        left: 8,
        right: 24,
        top: 26,
        bottom: zoomed ? 66 : 34,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      legend: bandLegend(context, series),
      tooltip: tooltipOf(data, context),
      xAxis: periodAxis(context, data.frequency, data.dates, false),
      yAxis: valueAxis(context, format.moneyShort),
      ...(zoomed ? { dataZoom: periodZoom(context, data.dates.length - 3 * shownAtOnce, data.dates.length) } : {}),
      series,
    };
  },
  table(data, context) {
    const { t, format } = context;
    const day = periodText(context, data.frequency);
    return {
      columns: [
        t('charts.column.date'),
        ...['actual', 'expected', 'low', 'high', 'kind'].map((id) => t(`charts.unusualPeriods.${id}`)),
      ],
      rows: data.rows.map((row) => [
        day(row.date),
        ...[row.actual, row.expected, row.low, row.high].map((value) => format.money(value)),
        kindName(context, row.kind),
      ]),
    };
  },
});

/** The band is drawn as two lines, so its edges are written out here. */
function tooltipOf(data: Anomalies, context: ChartContext): Tooltip {
  const { t, format } = context;
  const row = (id: string, text: string) => `<br>${t(`charts.unusualPeriods.${id}`)}: <b>${text}</b>`;
  const found = new Map(data.rows.map((one) => [one.date, one.kind]));
  const day = periodText(context, data.frequency);
  const formatter = (pointed: Pointed) => {
    const i = placeOf(pointed);
    if (i < 0) return '';
    const parts = [day(data.dates[i]), row('actual', format.money(data.actual[i]))];
    if (data.expected[i] !== null) {
      parts.push(row('expected', format.money(data.expected[i])));
      parts.push(row('band', `${format.money(data.low[i])} – ${format.money(data.high[i])}`));
    }
    const kind = found.get(data.dates[i]);
    if (kind) parts.push(`<br><b>${kindName(context, kind)}</b>`);
    return parts.join('');
  };
  return { ...tooltip(context, 'axis'), formatter };
}
