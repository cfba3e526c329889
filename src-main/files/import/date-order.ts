import type { DateOrder } from '../../../src-shared/domain.ts';
import { DateReader, type DateEvidence } from './date-parsing.ts';
import { type Cell, isBlankCell } from './table-rows.ts';

export interface OrderDecision {
  order: DateOrder;
  /** Both orders read every date of the sample; the choice is an assumption. */
  ambiguous: boolean;
}

/** What else in the file speaks for day first: its decimal commas or its dots between the numbers. */
export interface OrderHints {
  decimalComma: boolean;
  semicolons: boolean;
}

const twoDigitParts = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})(?!\d)/;

/** Two-digit years in front: the first part hardly changes while the third runs through the month. */
function yearFirst(texts: readonly string[]): boolean {
  const first = new Set<string>();
  const third = new Set<string>();
  for (const text of texts) {
    const match = twoDigitParts.exec(text.trim());
    if (!match) return false;
    if (Number(match[1]) > 31) return true;
    if (Number(match[3]) > 31) return false;
    first.add(match[1]);
    third.add(match[3]);
  }
  return first.size <= 3 && third.size > 6 && third.size > first.size * 3;
}

/** How restless the dates are in file order: exports are sorted, so the right order jumps about less. */
function restlessness(cells: readonly Cell[], order: DateOrder): number {
  const reader = new DateReader(order);
  let previous = Number.NaN;
  let total = 0;
  for (const cell of cells) {
    const seconds = reader.parse(cell);
    if (Number.isNaN(seconds)) continue;
    if (!Number.isNaN(previous)) total += Math.abs(seconds - previous);
    previous = seconds;
  }
  return total;
}

const orderOf = (evidence: DateEvidence): DateOrder | null =>
  evidence.dayFirst === evidence.monthFirst ? null : evidence.dayFirst > evidence.monthFirst ? 'dmy' : 'mdy';

/**
 * Order that the whole column's evidence demands; null where it is content with the order it was read in.
 */
export function contradictedOrder(evidence: DateEvidence, order: DateOrder): DateOrder | null {
  if (order === 'ymd') return null;
  const demanded = orderOf(evidence);
  return demanded !== null && demanded !== order ? demanded : null;
}

/** Order of day, month and year over a sample of a column. */
export function decideDateOrder(cells: readonly Cell[], hints: OrderHints): OrderDecision {
  const filled = cells.filter((cell) => !isBlankCell(cell));
  const texts = filled.filter((cell): cell is string => typeof cell === 'string');
  if (texts.length > 0 && yearFirst(texts)) return { order: 'ymd', ambiguous: false };
  const reader = new DateReader('dmy', 'text', true);
  for (const cell of filled) reader.parse(cell);
  const { evidence } = reader;
  const demanded = orderOf(evidence);
  if (demanded !== null) return { order: demanded, ambiguous: false };
  if (evidence.either === 0) return { order: 'ymd', ambiguous: false };
  const dayFirst = restlessness(filled, 'dmy');
  const monthFirst = restlessness(filled, 'mdy');
  if (dayFirst * 1.5 < monthFirst) return { order: 'dmy', ambiguous: true };
  if (monthFirst * 1.5 < dayFirst) return { order: 'mdy', ambiguous: true };
  const dotted = texts.some((text) => /^\d{1,2}\.\s?\d{1,2}\./.test(text.trim()));
  return { order: dotted || hints.decimalComma || hints.semicolons ? 'dmy' : 'mdy', ambiguous: !dotted };
}
