import type { Note } from '../../../src-shared/domain.ts';
import type { BacktestPlan } from './backtest.ts';
import type { FuturePeriod } from './future-periods.ts';
import { ladderOf } from './forecast-result.ts';
import type { TrainedForecaster } from './trained-forecaster.ts';
import { isSeldomSold, type TrainingInput } from './training-input.ts';

interface Findings {
  trained: TrainedForecaster;
  input: TrainingInput;
  plan: BacktestPlan;
  future: FuturePeriod[];
  skill: number | null;
}

/** What a reader must know beside the numbers; the series' own notes first. */
export function forecastNotes({ trained, input, plan, future, skill }: Findings): Note[] {
  const { series, yearly, lastYear, chosenBy, chosen, best } = trained;
  const notes: Note[] = [...series.notes];
  const say = (code: string, level: Note['level'], params: Note['params'] = {}) => notes.push({ code, params, level });
  const n = input.y.length;
  const ladder = ladderOf(plan, input);
  if (ladder === 'thin') say('forecast-not-tested', 'warning', { count: n });
  if (ladder === 'short') say('forecast-short-history', 'warning', { count: n });
  if (lastYear > 0) say('forecast-last-year', 'info', { yearShare: lastYear });
  else if (series.frequency === 'month' && input.period === 1) say('forecast-no-yearly-season', 'warning');
  if (series.frequency !== 'month') {
    if (yearly) say('forecast-yearly-profile', 'info');
    else if (input.period !== 52 && lastYear === 0) say('forecast-no-yearly-season', 'warning');
  }
  if (plan.origins.length > 0 && future.length > plan.steps * 2) {
    say('forecast-beyond-test', 'info', { steps: plan.steps });
  }
  if (chosenBy !== 'short-history' && skill !== null && skill <= 0) say('forecast-no-skill', 'warning');
  if (chosenBy === 'user' && best !== null && best.id !== chosen) {
    say('forecast-better-model', 'info', { name: best.name });
  }
  const holidays = future.filter(({ open, closed, shown }) => open && closed && shown).length;
  if (holidays > 0) say('forecast-closed-dates', 'info', { count: holidays });
  if (isSeldomSold(input)) {
    const empty = input.index.reduce((count, i) => count + (series.status[i] === 'zero' ? 1 : 0), 0);
    say('forecast-mostly-empty', 'warning', { emptyShare: empty / n });
  }
  const filled = input.learned.reduce((count, learned) => count + (learned ? 0 : 1), 0);
  if (filled > 0) say('forecast-filled', 'info', { count: filled });
  if (input.actual.every((value) => value === 0)) say('forecast-all-zero', 'warning');
  return notes;
}
