import type { Note, SalesSeries } from '../../../src-shared/domain.ts';
import type { BacktestPlan } from './backtest.ts';
import type { FuturePeriod } from './future-periods.ts';
import type { TrainingInput } from './training-input.ts';

interface Findings {
  series: SalesSeries;
  input: TrainingInput;
  plan: BacktestPlan;
  future: FuturePeriod[];
  yearly: boolean;
  chosenBy: 'backtest' | 'user' | 'short-history';
  skill: number | null;
  /** The model that the backtest prefers, when the user took another. */
  better: string | null;
}

const sparseShare = 0.5;

/** What a reader must know beside the numbers; the series' own notes first. */
export function forecastNotes({ series, input, plan, future, yearly, chosenBy, skill, better }: Findings): Note[] {
  const notes: Note[] = [...series.notes];
  const say = (code: string, level: Note['level'], params: Note['params'] = {}) => notes.push({ code, params, level });
  const n = input.y.length;
  if (plan.origins.length === 0) say('forecast-not-tested', 'warning', { count: n });
  else if (n < (series.frequency === 'month' ? 24 : 36)) say('forecast-short-history', 'warning', { count: n });
  if (series.frequency === 'month' && input.period === 1) say('forecast-no-yearly-season', 'warning');
  if (series.frequency !== 'month') {
    if (yearly) say('forecast-yearly-profile', 'info');
    else if (input.period !== 52) say('forecast-no-yearly-season', 'warning');
  }
  if (plan.origins.length > 0 && future.length > plan.steps * 2) {
    say('forecast-beyond-test', 'info', { steps: plan.steps });
  }
  if (chosenBy !== 'short-history' && skill !== null && skill <= 0) say('forecast-no-skill', 'warning');
  if (better !== null) say('forecast-better-model', 'info', { name: better });
  const holidays = future.filter(({ open, closed }) => open && closed).length;
  if (holidays > 0) say('forecast-closed-dates', 'info', { count: holidays });
  const empty = input.index.reduce((count, i) => count + (series.status[i] === 'zero' ? 1 : 0), 0);
  if (empty > sparseShare * n) say('forecast-mostly-empty', 'warning', { emptyShare: empty / n });
  const filled = input.learned.reduce((count, learned) => count + (learned ? 0 : 1), 0);
  if (filled > 0) say('forecast-filled', 'info', { count: filled });
  if (input.actual.every((value) => value === 0)) say('forecast-all-zero', 'warning');
  return notes;
}
