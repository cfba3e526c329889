/** First page: the headline, the figures of the current period beside what they compare with, the months. */
import type { Content } from 'pdfmake/interfaces.js';
import { monthsAhead } from '../../src-shared/charts/months-ahead.ts';
import type { Kpis, Overview } from '../../src-shared/domain.ts';
import { changeOf } from '../../src-shared/format.ts';
import { bullets, chart, heading, small, type Tile, tiles } from './report-blocks.ts';
import type { ReportData } from './report-data.ts';
import { headline } from './report-sentences.ts';
import type { ReportText } from './report-text.ts';

export function overviewPart(data: ReportData, text: ReportText, width: number): Content[] {
  const { overview, settings } = data;
  const { t, format } = text;
  const name = settings.businessName.trim() || t('report.noName');
  const asOf = overview ? t('report.asOf', { day: format.day(overview.asOf) }) : '';
  return [
    { text: t('report.title'), style: 'title' },
    {
      text: [name, overview ? format.period(overview.period.from, overview.period.to) : '', asOf]
        .filter(Boolean)
        .join(' · '),
      style: 'subtitle',
      margin: [0, 2, 0, 10],
    },
    bullets(headline(data, text)),
    ...(overview && overview.total.lines > 0 ? figures(data, overview, text, width) : []),
  ];
}

function figures(data: ReportData, overview: Overview, text: ReportText, width: number): Content[] {
  const { t, format } = text;
  const { current } = overview;
  const months = overview.months.slice(-36);
  return [
    heading(t('report.figuresOf', { period: format.period(current.period.from, current.period.to) })),
    tiles(kpiTiles(overview, text), width),
    small(`${t('report.compared')} ${t(`report.cancellations.${overview.rules.cancellations}`)}`),
    chart('monthlyRevenue', { months, ahead: monthsAhead(data.forecast) }, text, { width, height: 210 }),
    ...(months.length < overview.months.length ? [small(t('report.monthsShown', { count: months.length }))] : []),
    small(t('charts.monthlyRevenue.about')),
  ];
}

/** One tile per figure of the current period, with its change against the period before and the year before. */
export function kpiTiles({ current, previous, lastYear }: Overview, { t, format }: ReportText): Tile[] {
  const change = (pick: (kpis: Kpis) => number | null) => [
    t('report.kpi.previous', { change: format.change(previous && changeOf(pick(current.kpis), pick(previous.kpis))) }),
    t('report.kpi.lastYear', { change: format.change(lastYear && changeOf(pick(current.kpis), pick(lastYear.kpis))) }),
  ];
  const tile = (id: string, value: string, pick: (kpis: Kpis) => number | null): Tile => ({
    label: t(`report.kpi.${id}`),
    value,
    lines: change(pick),
  });
  const { revenue, orders, customers, averageOrder, repeatShare } = current.kpis;
  return [
    tile('revenue', format.money(revenue), (kpis) => kpis.revenue),
    tile('orders', format.number(orders), (kpis) => kpis.orders),
    tile('customers', format.number(customers), (kpis) => kpis.customers),
    tile('averageOrder', format.money(averageOrder), (kpis) => kpis.averageOrder),
    tile('repeatShare', format.share(repeatShare), (kpis) => kpis.repeatShare),
  ];
}
