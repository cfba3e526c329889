/** First page: the headline, the figures of the current period beside what they compare with, the months. */
import type { Content } from 'pdfmake/interfaces.js';
import { monthsAhead } from '../../../src-shared/charts/months-ahead.ts';
import type { Kpis, Overview, PeriodKpis } from '../../../src-shared/domain.ts';
import { changeOf } from '../../../src-shared/format.ts';
import { bullets, chart, heading, small, type Tile, tiles } from './blocks.ts';
import type { ReportData } from './data.ts';
import { headline } from './sentences.ts';
import type { ReportText } from './text.ts';

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
    chart('monthlyRevenue', { months, ahead: monthsAhead(data.forecast) }, text, { width, height: 230 }),
    ...(months.length < overview.months.length ? [small(t('report.monthsShown', { count: months.length }))] : []),
    small(t('charts.monthlyRevenue.about')),
  ];
}

/** One tile per figure of the current period, beside the period before and the year before. */
function kpiTiles({ current, previous, lastYear }: Overview, { t, format }: ReportText): Tile[] {
  const others = [previous, lastYear].filter((other) => other !== null);
  const named = (other: PeriodKpis) => format.period(other.period.from, other.period.to);
  const tile = (id: string, write: (value: number | null) => string, pick: (kpis: Kpis) => number | null): Tile => {
    const change = (other: PeriodKpis): string => {
      // The change of a share in percent reads like points, so both shares are named instead.
      if (id === 'repeatShare') return t('report.kpi.was', { value: write(pick(other.kpis)), period: named(other) });
      const share = changeOf(pick(current.kpis), pick(other.kpis));
      return t('report.kpi.change', { change: format.change(share), period: named(other) });
    };
    const lines = others.length > 0 ? others.map(change) : [t('report.kpi.none')];
    return { label: t(`screen.overview.figure.${id}`), value: write(pick(current.kpis)), lines };
  };
  return [
    tile('revenue', format.money, (kpis) => kpis.revenue),
    tile('orders', format.number, (kpis) => kpis.orders),
    tile('customers', format.number, (kpis) => kpis.customers),
    tile('averageOrder', format.money, (kpis) => kpis.averageOrder),
    tile('repeatShare', format.share, (kpis) => kpis.repeatShare),
  ];
}
