/** Personas: five kinds of customers by what they do and, where the customer file knows it, what they earn. */
import type { Note, PersonaId, ScoreCuts } from '../../../src-shared/domain.ts';
import { personaIds } from '../../../src-shared/domain.ts';
import { ascending, quantile } from '../numeric/statistics.ts';

/** The limits that the written rules name. */
export interface PersonaCuts {
  /** Loyal: at least this many orders, the last at most this many days ago. */
  loyalOrders: number;
  loyalDays: number;
  /** High-value occasional: more money than this (1/10 000) in at most this many orders. */
  highMoney: number;
  fewOrders: number;
  /** Newly engaged: the first purchase at most this many days ago. */
  newDays: number;
  /** Disengaged: the last purchase more than this many days ago … */
  quietDays: number;
  /** … with at least this income; null: the file tells no income, or the same for all. */
  highIncome: number | null;
}

/** All arrays of one length. */
export interface PersonaTable {
  recencyDays: ArrayLike<number>;
  frequency: ArrayLike<number>;
  /** 1/10 000 currency units. */
  monetary: ArrayLike<number>;
  /** Days from the first purchase to the "as of" day. */
  ageDays: ArrayLike<number>;
  /** null where unknown. */
  income: (number | null)[];
}

/** A first purchase counts as new for a quarter of a year, in a short history for a quarter of it. */
const newForDays = 90;

/** Lower end of the top third; null where it tells nobody apart. */
function topThird(incomes: (number | null)[]): number | null {
  const known = ascending(incomes.filter((income) => income !== null));
  if (known.length === 0) return null;
  const cut = quantile(known, 2 / 3);
  return cut > known[0] ? cut : null;
}

/**
 * The limits for these customers: those of the R, F and M scores where there is one, so that personas and segments
 * speak of the same "recent", "often" and "much".
 * @param table all customers of the business, n ≥ 1
 */
export function personaCuts(table: PersonaTable, cuts: ScoreCuts): PersonaCuts {
  const oldest = Array.from(table.ageDays).reduce((most, days) => Math.max(most, days), 0);
  return {
    loyalOrders: Math.max(2, Math.floor(cuts.frequency[2]) + 1),
    loyalDays: cuts.recencyDays[1],
    highMoney: cuts.monetary[3],
    fewOrders: Math.max(1, Math.floor(quantile(ascending(table.frequency), 0.5))),
    newDays: Math.min(newForDays, Math.floor(oldest / 4)),
    quietDays: cuts.recencyDays[2],
    highIncome: topThird(table.income),
  };
}

/**
 * The persona of one customer: the first rule that fits, so that each customer has exactly one.
 * @returns index into `personaIds`
 */
export function personaOf(
  { recencyDays, frequency, monetary, ageDays, income }: PersonaTable,
  row: number,
  cuts: PersonaCuts,
): number {
  const rules: Record<PersonaId, boolean> = {
    'loyal-shoppers': frequency[row] >= cuts.loyalOrders && recencyDays[row] <= cuts.loyalDays,
    'high-value-occasional': monetary[row] > cuts.highMoney && frequency[row] <= cuts.fewOrders,
    'newly-engaged': ageDays[row] <= cuts.newDays,
    'disengaged-high-income':
      cuts.highIncome !== null &&
      income[row] !== null &&
      (income[row] as number) >= cuts.highIncome &&
      recencyDays[row] > cuts.quietDays,
    'everyone-else': true,
  };
  return personaIds.findIndex((id) => rules[id]);
}

/** The rule of a persona with its limits, or why it cannot be used. */
export function personaRule(id: PersonaId, cuts: PersonaCuts, hasIncome: boolean): { rule: Note; available: boolean } {
  const note = (code: string, params: Note['params'] = {}, available = true) => ({
    rule: { code, params, level: 'info' as const },
    available,
  });
  switch (id) {
    case 'loyal-shoppers':
      return note('persona-loyal', { orders: cuts.loyalOrders, days: cuts.loyalDays });
    case 'high-value-occasional':
      return note('persona-high-value', { highMoney: cuts.highMoney, orders: cuts.fewOrders });
    case 'newly-engaged':
      return note('persona-new', { days: cuts.newDays });
    case 'disengaged-high-income':
      if (!hasIncome) return note('persona-no-income', {}, false);
      if (cuts.highIncome === null) return note('persona-same-income', {}, false);
      return note('persona-high-income', { income: cuts.highIncome, days: cuts.quietDays });
    case 'everyone-else':
      return note('persona-rest');
  }
}
