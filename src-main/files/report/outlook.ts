/** Second part: the forecast with its bands, the next periods, and how far its models were off in the past. */
import type { Content } from 'pdfmake/interfaces.js';
import type { ForecastPoint, ForecastResult, ForecastTotal, ModelScore } from '../../../src-shared/domain.ts';
import { chart, section, sentence, small, table, together } from './blocks.ts';
import type { ReportData } from './data.ts';
import { outlookSentence, periodsAhead } from './sentences.ts';
import type { ReportText } from './text.ts';

export function outlookPart(data: ReportData, text: ReportText, width: number): Content[] {
  const { t, note } = text;
  const start: Content[] = [section(t('report.outlook.title'), true)];
  const { forecast } = data;
  if (!forecast) return [...start, sentence(outlookSentence(data, text))];
  return [
    ...start,
    sentence(outlookSentence(data, text)),
    sentence(reliability(forecast, text)),
    ...(forecast.ladder === 'tested' ? [] : [sentence(t(`screen.forecasting.ladderAbout.${forecast.ladder}`))]),
    chart('forecast', forecast, text, { width, height: 205 }),
    small(t('charts.forecast.about')),
    together(t('report.outlook.nextPeriods'), periodsTable(forecast, text)),
    ...monthTotals(forecast, text),
    ...components(forecast, text, width),
    together(
      t('report.outlook.models'),
      small(
        `${t(`screen.forecast.chosenBy.${forecast.chosenBy}`, { model: forecast.chosenName })} ${mixture(forecast, text)}`,
      ),
      boardTable(forecast, text),
    ),
    ...failures(forecast, text).map(small),
    small(t('report.outlook.aboutModels')),
    ...[...new Set([...forecast.history.notes, ...forecast.notes].map(note))].map(small),
  ];
}

/** What past errors say: the gain over repeating last season, and how often the bands held. */
function reliability({ skill, backtest }: ForecastResult, { t, format }: ReportText): string {
  const gain =
    skill === null
      ? t('screen.forecast.skillUnknown')
      : skill > 0
        ? t('screen.forecast.skillBetter', { skill: format.share(skill) })
        : t('screen.forecast.skillNone');
  const measured = backtest.coverage80 !== null && backtest.coverage95 !== null;
  const coverage = measured
    ? t('screen.forecast.coverage', {
        c80: format.share(backtest.coverage80),
        c95: format.share(backtest.coverage95),
        n: format.number(backtest.origins.length),
        steps: format.number(backtest.steps),
      })
    : t('screen.forecast.coverageUnknown');
  return `${gain} ${coverage}`;
}

/** The next seven periods and the totals; the 30-day file holds every day. */
function periodsTable(forecast: ForecastResult, text: ReportText): Content {
  const { t, format } = text;
  const { frequency, points, next, total } = forecast;
  const when = (point: ForecastPoint) =>
    frequency === 'month'
      ? format.monthLong(point.date)
      : frequency === 'week'
        ? t('report.weekOf', { day: format.day(point.date) })
        : `${format.weekday(point.date)}, ${format.day(point.date)}`;
  const band = (low: number, high: number) => `${format.money(low)} – ${format.money(high)}`;
  const row = (name: string, all: ForecastTotal): string[] => [
    name,
    format.money(all.mean),
    band(all.low80, all.high80),
    band(all.low95, all.high95),
  ];
  const rows = points
    .slice(0, 7)
    .map((point) =>
      point.closed ? [when(point), format.money(0), t('charts.forecast.closed'), ''] : row(when(point), { ...point }),
    );
  const sums = [row(t('report.outlook.sum', { periods: periodsAhead(forecast, next.periods, text) }), next)];
  if (points.length > next.periods)
    sums.push(row(t('report.outlook.sum', { periods: periodsAhead(forecast, points.length, text) }), total));
  return table(
    [
      { title: t(`report.period.${frequency}`) },
      { title: t('charts.forecast.forecast'), figure: true },
      { title: t('charts.forecast.band80'), figure: true },
      { title: t('charts.forecast.band95'), figure: true },
    ],
    [...rows, ...sums],
    (i) => i >= rows.length,
  );
}

/** Sums of the calendar months the forecast touches, with their own ranges. */
function monthTotals({ totals }: ForecastResult, { t, format }: ReportText): Content[] {
  const months = totals.filter(({ unit }) => unit === 'month');
  if (months.length === 0) return [];
  const band = (low: number, high: number) => `${format.money(low)} – ${format.money(high)}`;
  return [
    together(
      t('report.outlook.months'),
      table(
        [
          { title: t('report.period.month') },
          { title: t('charts.forecast.forecast'), figure: true },
          { title: t('charts.forecast.band80'), figure: true },
          { title: t('charts.forecast.band95'), figure: true },
        ],
        months.map((month) => [
          format.period(month.from, month.to),
          format.money(month.mean),
          band(month.low80, month.high80),
          band(month.low95, month.high95),
        ]),
      ),
    ),
  ];
}

/** What the forecast is made of; nothing where the models cannot tell their inputs apart. */
function components(forecast: ForecastResult, text: ReportText, width: number): Content[] {
  if (forecast.drivers.length < 2) return [];
  return [
    chart('forecastComponents', forecast, text, { width, height: 185 }),
    small(text.t('charts.forecastComponents.about')),
  ];
}

/** Which models were mixed, with their weights. */
function mixture({ members }: ForecastResult, { t, format }: ReportText): string {
  if (members.length < 2) return '';
  const names = members.map(({ name, weight }) =>
    t('screen.forecasting.member', { name, weight: format.share(Math.round(weight * 100) / 100) }),
  );
  return t('screen.forecasting.members', { members: names.join(', ') });
}

/** All models with their measured errors, the chosen one in bold, seasonal naive always among them. */
function boardTable(forecast: ForecastResult, { t, format }: ReportText): Content {
  const cells = (score: ModelScore): string[] => [
    score.chosen ? t('report.outlook.chosen', { model: score.name }) : score.name,
    format.money(score.mae),
    format.money(score.rmse),
    format.share(score.mape),
    format.share(score.wape),
    format.decimal(score.mase, 2),
  ];
  return table(
    [
      { title: t('report.outlook.model') },
      ...['mae', 'rmse', 'mape', 'wape', 'mase'].map((metric) => ({ title: metric.toUpperCase(), figure: true })),
    ],
    forecast.board.map(cells),
    (i) => forecast.board[i].chosen,
  );
}

const failures = (forecast: ForecastResult, { t, note }: ReportText): string[] =>
  forecast.board.flatMap((score) =>
    score.failure ? [t('report.outlook.failed', { model: score.name, reason: note(score.failure) })] : [],
  );
