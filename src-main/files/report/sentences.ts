/** The headline: what an owner reads first, in three to five sentences. */
import type { ForecastResult, GroupSummary, Kpis, Overview, RfmSummary } from '../../../src-shared/domain.ts';
import { changeOf } from '../../../src-shared/format.ts';
import { groupName } from '../../../src-shared/charts/segment-names.ts';
import type { ReportData } from './data.ts';
import type { ReportText } from './text.ts';

export function headline(data: ReportData, text: ReportText): string[] {
  const { overview, rfm } = data;
  if (!overview) return [text.t('report.headline.noSales')];
  const sentences = [totalSentence(overview, text)];
  if (overview.total.orders > 0) sentences.push(revenueSentence(overview, text));
  sentences.push(outlookSentence(data, text));
  if (rfm && rfm.customers > 0) sentences.push(riskSentence(rfm, text), bestSentence(rfm, text));
  return sentences;
}

function totalSentence({ period, total }: Overview, { t, format }: ReportText): string {
  if (total.lines === 0) return t('report.headline.noLines', { period: format.period(period.from, period.to) });
  const figures = {
    period: format.period(period.from, period.to),
    revenue: format.money(total.revenue),
    orders: format.number(total.orders),
    customers: format.number(total.customers),
  };
  return t(total.customers > 0 ? 'report.headline.total' : 'report.headline.totalAnonymous', figures);
}

function revenueSentence({ current, previous, lastYear }: Overview, { t, format }: ReportText): string {
  const against = (other: { kpis: Kpis } | null) => (other ? changeOf(current.kpis.revenue, other.kpis.revenue) : null);
  const [byPrevious, byYear] = [against(previous), against(lastYear)];
  const variant =
    byPrevious !== null && byYear !== null
      ? 'both'
      : byPrevious !== null
        ? 'previous'
        : byYear !== null
          ? 'year'
          : 'alone';
  return t(`report.headline.revenue.${variant}`, {
    period: format.period(current.period.from, current.period.to),
    revenue: format.money(current.kpis.revenue),
    byPrevious: format.change(byPrevious),
    previousPeriod: format.period(previous?.period.from, previous?.period.to),
    byYear: format.change(byYear),
    yearPeriod: format.period(lastYear?.period.from, lastYear?.period.to),
  });
}

/** What the forecast screen says in plain words; without a forecast, why there is none. */
export function outlookSentence({ forecast, forecastRefusal }: ReportData, { t, format, note }: ReportText): string {
  if (!forecast) {
    const reason = forecastRefusal ? note(forecastRefusal) : t('report.headline.noReason');
    return t('report.headline.noForecast', { reason });
  }
  const { next } = forecast;
  const outlook = t('screen.forecast.sentence', {
    periods: periodsAhead(forecast, next.periods, { t, format }),
    mean: format.money(next.mean),
    low: format.money(next.low80),
    high: format.money(next.high80),
  });
  const score = forecast.board.find((row) => row.chosen);
  if (!score || score.mape === null || !forecast.word) return `${outlook} ${t('screen.forecast.noBacktest')}`;
  const word = t(`screen.forecast.word.${forecast.word}`);
  return `${outlook} ${t('screen.forecast.reliability', { mape: format.share(score.mape), word })}`;
}

/** "The next 30 days" */
export const periodsAhead = (
  { frequency }: ForecastResult,
  periods: number,
  { t, format }: Pick<ReportText, 't' | 'format'>,
): string => t(`screen.forecast.next.${frequency}`, { n: format.number(periods) });

function riskSentence({ segments }: RfmSummary, { t, format }: ReportText): string {
  const risky = segments.filter((group) => group.id === 'at-risk' || group.id === 'cant-lose');
  const sum = (pick: (group: GroupSummary) => number) => risky.reduce((total, group) => total + pick(group), 0);
  const customers = sum((group) => group.customers);
  if (customers === 0) return t('report.headline.noRisk');
  return t('report.headline.risk', {
    n: customers,
    customers: format.number(customers),
    revenue: format.money(sum((group) => group.revenue)),
    share: format.share(sum((group) => group.revenueShare)),
    segments: risky.map((group) => groupName(t, 'segments', group.id)).join(', '),
  });
}

function bestSentence({ segments }: RfmSummary, { t, format }: ReportText): string {
  const best = segments.reduce((top, group) => (group.revenueShare > top.revenueShare ? group : top));
  return t('report.headline.best', {
    segment: groupName(t, 'segments', best.id),
    revenueShare: format.share(best.revenueShare),
    customerShare: format.share(best.customerShare),
  });
}
