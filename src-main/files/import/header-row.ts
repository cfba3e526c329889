import { DateReader } from './date-parsing.ts';
import { headerScore } from './header-score.ts';
import { foldHeader } from './header-words.ts';
import { tableKinds } from './kinds/registry.ts';
import { noEvidence, parseUnits } from './number-parsing.ts';
import type { Pace } from './pace.ts';
import { type Cell, isBlankCell } from './table-rows.ts';

const rowsLookedAt = 60;
/** Filled cells of one row that are looked at: enough to tell names from values in a table of any width. */
const cellsLookedAt = 500;
/** A broken row of a thousand cells is no better header than one a few times as wide as its table. */
const mostFullness = 4;
/** A longer text is no name of a column, and none is shown longer. */
const longestName = 500;

const dayFirst = new DateReader('dmy', 'text', false);
const monthFirst = new DateReader('mdy', 'text', false);

/** A value rather than a name: a number or a date. */
function isValue(cell: Cell): boolean {
  if (typeof cell === 'number') return true;
  if (!/\d/.test(cell)) return false;
  const evidence = noEvidence();
  if (!Number.isNaN(parseUnits(cell, '.', evidence)) || !Number.isNaN(parseUnits(cell, ',', evidence))) return true;
  return !Number.isNaN(dayFirst.parse(cell)) || !Number.isNaN(monthFirst.parse(cell));
}

const fieldWords = [...new Set(Object.values(tableKinds).flatMap(({ synonyms }) => Object.values(synonyms)))];

const isKnownWord = (cell: Cell): boolean => {
  const text = String(cell);
  if (text.length > longestName) return false;
  const header = foldHeader(text);
  return header !== '' && fieldWords.some((words) => headerScore(header, words) >= 60);
};

const filledCount = (row: readonly Cell[]): number =>
  row.reduce<number>((count, cell) => count + (isBlankCell(cell) ? 0 : 1), 0);

/** Usual number of filled cells of the rows that are more than titles. */
function usualWidth(rows: readonly Cell[][]): number {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const filled = filledCount(row);
    if (filled > 1) counts.set(filled, (counts.get(filled) ?? 0) + 1);
  }
  let width = 1;
  let most = 0;
  for (const [filled, count] of counts) {
    if (count > most || (count === most && filled > width)) [width, most] = [filled, count];
  }
  return width;
}

/**
 * 0-based row of the header among a sheet's first rows; -1 where data begin without one.
 * Title lines and blank lines above it are passed over.
 */
export async function findHeaderRow(rows: readonly Cell[][], pace: Pace): Promise<number> {
  const width = usualWidth(rows.slice(0, 500));
  let best = -1;
  let bestScore = 0;
  let firstFull = -1;
  for (let i = 0; i < Math.min(rows.length, rowsLookedAt); i++) {
    const filled = rows[i].filter((cell) => !isBlankCell(cell));
    if (filled.length < Math.min(2, width) || filled.length < width * 0.5) continue;
    if (firstFull === -1) firstFull = i;
    const cells = filled.slice(0, cellsLookedAt);
    // Names cost several times what values do.
    if (pace.due(4 * cells.length)) await pace.pause();
    const values = cells.filter(isValue).length;
    if (values > cells.length * 0.2) continue;
    const distinct = new Set(cells.map((cell) => String(cell).trim().toLowerCase())).size === cells.length;
    const known = cells.filter(isKnownWord).length;
    const fullness = Math.min(filled.length / width, mostFullness);
    const score = 2 * known + fullness + (distinct ? 0.5 : -1) - values - (i - firstFull) * 0.01;
    if (score > bestScore + 1e-9) [best, bestScore] = [i, score];
  }
  if (best === -1 || firstFull === best) return best;
  // A later row wins only by words it knows; text rows inside the data do not.
  return bestScore >= 3 ? best : isHeaderless(rows, firstFull) ? -1 : firstFull;
}

const isHeaderless = (rows: readonly Cell[][], at: number): boolean =>
  at === -1 ||
  rows[at]
    .filter((cell) => !isBlankCell(cell))
    .slice(0, cellsLookedAt)
    .some(isValue);

/**
 * Header texts, each once: empty ones are named by position, repeated ones numbered.
 * @param columnAt the column (0-based) that stands at a place of the row
 */
export function headerNames(
  row: readonly Cell[] | null,
  width: number,
  columnAt: (place: number) => number = (place) => place,
): string[] {
  const used = new Set<string>();
  /** Number that the next column of a name gets: those below it are taken. */
  const next = new Map<string, number>();
  return Array.from({ length: width }, (_, i) => {
    const text = row === null ? '' : nameIn(row[i] ?? '');
    const base = text === '' ? `Column ${columnAt(i) + 1}` : text;
    let name = base;
    if (used.has(base)) {
      let n = next.get(base) ?? 2;
      while (used.has(`${base} (${n})`)) n++;
      next.set(base, n + 1);
      name = `${base} (${n})`;
    }
    used.add(name);
    return name;
  });
}

function nameIn(cell: Cell): string {
  const text = String(cell)
    .slice(0, 4 * longestName)
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text;
}
