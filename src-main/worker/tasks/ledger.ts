/** The ledger of published forecasts: frozen once, scored against the present data whenever it is read. */
import type { Parsed } from '../../../src-shared/contract.ts';
import type {
  Day,
  ForecastResult,
  LedgerEntry,
  LedgerHistory,
  LedgerPoint,
  Money,
  PublishedForecast,
} from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import {
  actualsOf,
  type FrozenPoint,
  isCovered,
  judgeAdjustments,
  ledgerPoints,
  ledgerScore,
  scoresByMonth,
} from '../../engine/forecasting/forecast-score.ts';
import { naivePath } from '../../engine/forecasting/naive-path.ts';
import { lastDayOfPeriod } from '../../engine/series/period-days.ts';
import {
  findForecast,
  insertAdjustment,
  insertForecast,
  listAdjustments,
  listForecasts,
  type StoredAdjustment,
  type StoredForecast,
} from '../../store/forecast-ledger.ts';
import { version } from '../../version.ts';
import { checkedDay, withoutDates } from '../figures.ts';
import { seriesFingerprint } from '../series-fingerprint.ts';
import type { Session } from '../session.ts';
import { series } from './series.ts';

type ForecastInput = Omit<Parsed<'ledger.publish'>, 'name'>;

/** What is frozen of a forecast: all it will be judged by, and what it was made from and with. */
interface FrozenForecast extends Pick<PublishedForecast, 'from' | 'to' | 'total' | 'model' | 'modelName'> {
  points: FrozenPoint[];
  members: ForecastResult['members'];
  effort: ForecastResult['effort'];
  engine: string;
  appVersion: string;
  history: { firstDay: Day; lastDay: Day | null; periods: number; sha256: string };
}

function frozenOf({ history, points, ...forecast }: ForecastResult): FrozenForecast {
  const naive = naivePath(
    history,
    points.map(({ date }) => date),
  );
  return {
    from: points[0].date,
    to: lastDayOfPeriod(forecast.frequency, points[points.length - 1].date),
    total: forecast.total,
    model: forecast.chosen,
    modelName: forecast.chosenName,
    points: points.map(({ closed: _closed, ...point }, i) => ({ ...point, naive: naive[i] })),
    members: forecast.members,
    effort: forecast.effort,
    engine: forecast.engine,
    appVersion: version,
    history: {
      firstDay: history.dates[0],
      lastDay: history.lastDay,
      periods: history.dates.length,
      sha256: seriesFingerprint(history),
    },
  };
}

/** Sales of the periods that are over, under the forecast's own filter: its dates chose what to learn from, so they go. */
function actualsNow(session: Session, { filter, frequency }: ForecastInput): Map<Day, Money> {
  try {
    return actualsOf(series(session, { filter: withoutDates(filter), frequency }));
  } catch (error) {
    // Without any data no period is over yet.
    if (error instanceof AppError && error.code === 'no-data') return new Map();
    throw error;
  }
}

/** Answers the sales of a question, each question worked out once. */
function actualsReader(session: Session): (input: ForecastInput) => Map<Day, Money> {
  const known = new Map<string, Map<Day, Money>>();
  return (input) => {
    const key = JSON.stringify([input.filter, input.frequency]);
    if (!known.has(key)) known.set(key, actualsNow(session, input));
    return known.get(key)!;
  };
}

function entryOf(
  stored: StoredForecast,
  adjustments: StoredAdjustment[],
  actuals: (input: ForecastInput) => Map<Day, Money>,
): LedgerEntry {
  const input = JSON.parse(stored.input) as ForecastInput;
  const { from, to, total, model, modelName, points: frozen } = JSON.parse(stored.output) as FrozenForecast;
  const made = adjustments.map(({ forecastId: _id, ...adjustment }) => adjustment);
  const points = ledgerPoints(frozen, made, actuals(input));
  const { filter, frequency, horizon } = input;
  const { id, name, publishedAt } = stored;
  return {
    ...{ id, name, publishedAt, filter, frequency, horizon, model, modelName, from, to, total },
    score: ledgerScore(points, made.length > 0),
    adjustments: judgeAdjustments(points, made),
    points,
  };
}

const withoutPoints = ({ points: _points, ...published }: LedgerEntry): PublishedForecast => published;

/**
 * Freezes a forecast; the same forecast published twice is the first one.
 * @throws AppError 'invalid-input' when sales of its periods are known already
 */
export function freezeForecast(
  session: Session,
  { name, input, forecast }: { name: string; input: ForecastInput; forecast: ForecastResult },
): PublishedForecast {
  const { store, dataVersion } = session;
  const actuals = actualsReader(session);
  const known = forecast.points.find(({ date }) => actuals(input).has(date));
  if (known) {
    throw new AppError(
      'invalid-input',
      `The sales of ${known.date} are known already, so this forecast cannot be published: only forecasts of what is still to come count. Take the last date out of the filter.`,
      { date: known.date },
    );
  }
  const frozen = frozenOf(forecast);
  const published = {
    name: name || `${frozen.from} – ${frozen.to}`,
    publishedAt: new Date().toISOString(),
    dataVersion,
    input: JSON.stringify(input),
    output: JSON.stringify(frozen),
  };
  const id = session.store.transaction(() => insertForecast(store, published));
  return withoutPoints(entryOf(findForecast(store, id)!, listAdjustments(store, id), actuals));
}

/** Published forecasts with their scores, newest first, and the accuracy of all of them by month. */
export function listLedger(session: Session): LedgerHistory {
  const { store } = session;
  const actuals = actualsReader(session);
  const adjustments = Map.groupBy(listAdjustments(store, null), ({ forecastId }) => forecastId);
  const entries = listForecasts(store).map((stored) => entryOf(stored, adjustments.get(stored.id) ?? [], actuals));
  const points = entries.flatMap((entry): LedgerPoint[] => entry.points);
  return {
    entries: entries.map(withoutPoints),
    months: scoresByMonth(points),
    all: ledgerScore(points, adjustments.size > 0),
  };
}

function entryById(session: Session, id: number): LedgerEntry {
  const stored = findForecast(session.store, id);
  if (!stored) throw new AppError('not-found', `There is no published forecast ${id}.`, { id });
  return entryOf(stored, listAdjustments(session.store, id), actualsReader(session));
}

/** One published forecast beside what happened. @throws AppError 'not-found' */
export const getEntry = (session: Session, { id }: Parsed<'ledger.get'>): LedgerEntry => entryById(session, id);

/**
 * Adds an adjustment by hand to periods that are still to come.
 * @throws AppError 'not-found', 'invalid-input'
 */
export function adjustEntry(session: Session, { id, ...adjustment }: Parsed<'ledger.adjust'>): LedgerEntry {
  checkAdjustment(entryById(session, id), adjustment);
  const made = { forecastId: id, madeAt: new Date().toISOString(), ...adjustment };
  session.store.transaction(() => insertAdjustment(session.store, made));
  return entryById(session, id);
}

function checkAdjustment(entry: LedgerEntry, { from, to, change }: { from: Day; to: Day; change: number }): void {
  const refuse = (message: string): never => {
    throw new AppError('invalid-input', message, { id: entry.id, from, to });
  };
  checkedDay(from);
  checkedDay(to);
  if (to < from) refuse(`The adjustment ends on ${to}, before it begins on ${from}.`);
  if (from < entry.from || to > entry.to)
    refuse(`This forecast is about ${entry.from} to ${entry.to}: choose days inside it.`);
  const covered = entry.points.filter((point) => isCovered(point, { from, to }));
  if (covered.length === 0) refuse(`No ${entry.frequency} of this forecast begins from ${from} to ${to}.`);
  const known = covered.find(({ actual }) => actual !== null);
  if (known) refuse(`The sales of ${known.date} are known already: an adjustment is made before the day.`);
  if (covered.every(({ adjusted }) => adjusted === 0))
    refuse('Nothing is forecast for these days, so there is nothing to adjust.');
  if (change === 0) refuse('A change of 0 % changes nothing.');
}
