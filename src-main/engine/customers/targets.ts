/** Whom to contact: the most at stake first, a random part held out so that the effect can be measured. */
import type { Note, PlaybookEntry, SegmentId, TargetRow, ValueRow } from '../../../src-shared/domain.ts';

export interface TargetChoice {
  /** null: all. */
  size: number | null;
  /** Share held out, 0..0.5. */
  control: number;
  seed: number;
}

const byText = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);

/**
 * A number in 0 … 2^32 − 1 that depends on the customer and the seed alone: the same customer falls on the same side of
 * the draw whatever the order or the length of the list.
 * Reference: FNV-1a (Fowler, Noll & Vo) over the text, then the finaliser of MurmurHash3 (Appleby).
 */
export function drawOf(customer: string, seed: number): number {
  let hash = 0x811c9dc5;
  const mix = (byte: number) => {
    hash = Math.imul(hash ^ byte, 0x01000193);
  };
  for (let rest = seed, i = 0; i < 7; i++, rest = Math.floor(rest / 256)) mix(rest % 256);
  for (let i = 0; i < customer.length; i++) {
    const letter = customer.charCodeAt(i);
    mix(letter & 255);
    mix(letter >>> 8);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Seats of the control group for each stratum: the share of each, rounded so that they add up to the share of all
 * (largest remainders first, ties to the earlier stratum).
 * @param sizes [strata] customers
 * @param share 0..1
 */
export function controlSeats(sizes: number[], share: number): number[] {
  const wanted = Math.round(sizes.reduce((sum, size) => sum + size, 0) * share);
  const seats = sizes.map((size) => Math.floor(size * share));
  const order = sizes
    .map((size, index) => ({ index, rest: size * share - seats[index] }))
    .sort((x, y) => y.rest - x.rest || x.index - y.index);
  let missing = wanted - seats.reduce((sum, seat) => sum + seat, 0);
  for (const { index, rest } of order) {
    if (missing <= 0 || rest <= 0) break;
    seats[index]++;
    missing--;
  }
  return seats;
}

/** The customers held out at random, segment by segment. */
function heldOut(rows: { customer: string; segment: SegmentId }[], { control, seed }: TargetChoice): Set<string> {
  const strata = new Map<SegmentId, string[]>();
  for (const { customer, segment } of rows) {
    const own = strata.get(segment);
    if (own) own.push(customer);
    else strata.set(segment, [customer]);
  }
  const segments = [...strata.keys()].sort(byText);
  const seats = controlSeats(
    segments.map((segment) => strata.get(segment)!.length),
    control,
  );
  return new Set(
    segments.flatMap((segment, index) =>
      strata
        .get(segment)!
        .map((customer) => ({ customer, draw: drawOf(customer, seed) }))
        .sort((x, y) => x.draw - y.draw || byText(x.customer, y.customer))
        .slice(0, seats[index])
        .map(({ customer }) => customer),
    ),
  );
}

/** Why a customer is on the list, in figures. */
function reason(row: ValueRow): Note {
  const { daysSince, frequency, historic, usualGapDays, overdueDays } = row;
  const params = { days: daysSince, orders: frequency, historicMoney: historic, gap: Math.round(usualGapDays) };
  const code = frequency < 2 ? 'target-once' : overdueDays !== null ? 'target-overdue' : 'target-quiet';
  return { code, level: 'info', params };
}

/** Chance that a customer stays away, kept inside 0..1. */
const riskOf = ({ churn }: ValueRow): number => Math.min(1, Math.max(0, churn));

/**
 * The target list, the most at stake first (ties by customer).
 * @param values every customer of the chosen segments
 * @returns at most `size` rows; the size is cut before the control group is drawn. O(n log n).
 */
export function targetRows(values: ValueRow[], playbook: PlaybookEntry[], choice: TargetChoice): TargetRow[] {
  const entryOf = new Map(playbook.map((entry) => [entry.segment, entry]));
  const ranked = [...values]
    .sort((x, y) => y.atStake - x.atStake || byText(x.customer, y.customer))
    .slice(0, choice.size ?? values.length);
  const held = heldOut(ranked, choice);
  return ranked.map((row) => ({
    customer: row.customer,
    segment: row.segment,
    group: held.has(row.customer) ? 'control' : 'contact',
    why: reason(row),
    action: entryOf.get(row.segment)?.actions[0] ?? '',
    offer: entryOf.get(row.segment)?.offer ?? 'none',
    value: row.ifKept,
    risk: riskOf(row),
    atStake: row.atStake,
  }));
}

/** 1.96 + 0.84: two-sided 5 % error, 80 % power. */
const powerFactor = 2.8;
/** A campaign seldom moves more than this share of its customers. */
const usefulDifference = 0.1;

/**
 * The smallest difference in the share of buyers that a comparison of the two groups can tell from chance.
 * @param buying share that buys without any contact, 0..1
 * @returns 0..1, null without one of the groups
 * Reference: Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, eq. 4.14 with one variance.
 */
export function detectableDifference(contact: number, control: number, buying: number): number | null {
  if (contact === 0 || control === 0) return null;
  const variance = Math.max(buying * (1 - buying), 0.01);
  return Math.min(1, powerFactor * Math.sqrt(variance * (1 / contact + 1 / control)));
}

/** What the control group can and cannot show. */
export function targetNotes(rows: TargetRow[], control: number): Note[] {
  if (rows.length === 0) return [{ code: 'target-nobody', level: 'info', params: {} }];
  if (control === 0) return [{ code: 'target-no-control', level: 'warning', params: {} }];
  const held = rows.filter(({ group }) => group === 'control').length;
  const contact = rows.length - held;
  const buying = 1 - rows.reduce((sum, { risk }) => sum + risk, 0) / rows.length;
  const difference = detectableDifference(contact, held, buying);
  if (difference === null)
    return [{ code: 'target-control-empty', level: 'warning', params: { customers: rows.length } }];
  const params = { contact, control: held, differenceShare: difference, buyingShare: buying };
  return difference > usefulDifference
    ? [{ code: 'target-control-small', level: 'warning', params }]
    : [{ code: 'target-control', level: 'info', params }];
}
