import { DateReader } from './date-parsing.ts';
import { customerSynonyms, foldHeader, salesSynonyms } from './field-synonyms.ts';
import { headerScore } from './column-mapping.ts';
import { noEvidence, parseUnits } from './number-parsing.ts';
import { type Cell, isBlankCell } from './table-rows.ts';

const rowsLookedAt = 60;

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

const knownWords = (cells: readonly Cell[]): number => {
  let known = 0;
  for (const cell of cells) {
    const header = foldHeader(String(cell));
    if (header === '') continue;
    const best = (synonyms: Record<string, string>): number =>
      Math.max(...Object.entries(synonyms).map(([field, words]) => headerScore(header, field, words)));
    if (best(salesSynonyms) >= 60 || best(customerSynonyms) >= 60) known++;
  }
  return known;
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
export function findHeaderRow(rows: readonly Cell[][]): number {
  const width = usualWidth(rows.slice(0, 500));
  let best = -1;
  let bestScore = 0;
  let firstFull = -1;
  for (let i = 0; i < Math.min(rows.length, rowsLookedAt); i++) {
    const cells = rows[i].filter((cell) => !isBlankCell(cell));
    if (cells.length < Math.min(2, width) || cells.length < width * 0.5) continue;
    if (firstFull === -1) firstFull = i;
    const values = cells.filter(isValue).length;
    if (values > cells.length * 0.2) continue;
    const distinct = new Set(cells.map((cell) => String(cell).trim().toLowerCase())).size === cells.length;
    const score =
      2 * knownWords(cells) + cells.length / width + (distinct ? 0.5 : -1) - values - (i - firstFull) * 0.01;
    if (score > bestScore + 1e-9) [best, bestScore] = [i, score];
  }
  if (best === -1 || firstFull === best) return best;
  // A later row wins only by words it knows; text rows inside the data do not.
  return bestScore >= 3 ? best : isHeaderless(rows, firstFull) ? -1 : firstFull;
}

const isHeaderless = (rows: readonly Cell[][], at: number): boolean =>
  at === -1 || rows[at].some((cell) => !isBlankCell(cell) && isValue(cell));

/** Header texts, each once: empty ones are named by position, repeated ones numbered. */
export function headerNames(row: readonly Cell[] | null, width: number): string[] {
  const used = new Set<string>();
  const names: string[] = [];
  for (let i = 0; i < width; i++) {
    const text =
      row === null
        ? ''
        : String(row[i] ?? '')
            .replace(/\s+/g, ' ')
            .trim();
    const base = text === '' ? `Column ${i + 1}` : text;
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base} (${n})`;
    used.add(name);
    names.push(name);
  }
  return names;
}
