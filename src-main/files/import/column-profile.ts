import { DateReader, dateStyleOf, parseTime } from './date-parsing.ts';
import { foldHeader } from './header-words.ts';
import { cellUnits, noEvidence, type NumberEvidence } from './number-parsing.ts';
import { type Cell, isBlankCell } from './table-rows.ts';

/** What a sample of a column's cells looks like; shares are of the cells that are filled. */
export interface ColumnProfile {
  header: string;
  /** The header's words as synonyms write them. */
  folded: string;
  index: number;
  filled: number;
  distinct: number;
  dates: number;
  times: number;
  numbers: number;
  integers: number;
  /** Evidence about the decimal mark. */
  evidence: NumberEvidence;
  cells: Cell[];
}

/** Cells that stand for "nothing here" in customer, number and date columns. */
const missingWords = new Set([
  '',
  '-',
  '--',
  '---',
  '–',
  '—',
  '.',
  '?',
  'n/a',
  'na',
  '#n/a',
  '#n/v',
  '#null!',
  '#value!',
  '#ref!',
  '#name?',
  '#div/0!',
  'nan',
  'null',
  '(null)',
  '\\n',
  'none',
  'nil',
  'unknown',
  'undefined',
  'missing',
  '(blank)',
  '(empty)',
  'leer',
  'k.a.',
  'n.v.',
  'nd',
  'n.d.',
  's/d',
  'unbekannt',
  'inconnu',
  'desconocido',
  'sconosciuto',
  'desconhecido',
  'onbekend',
  '<na>',
  'nat',
]);
const anonymousWords = new Set([
  'guest',
  'guest customer',
  'guest checkout',
  'anonymous',
  'anonym',
  'anonyme',
  'anonimo',
  'walk-in',
  'walk in',
  'walk-in customer',
  'walkin',
  'cash',
  'cash customer',
  'cash sale',
  'no customer',
  'gast',
  'barverkauf',
  'laufkunde',
  'laufkundschaft',
  'invite',
  'client de passage',
  'invitado',
  'publico general',
  'publico en general',
  'cliente generico',
  'ospite',
  'convidado',
  'consumidor final',
  'passant',
]);

const plain = (text: string): string => text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/** Empty, or a word that programs write for an empty cell. */
export function isMissing(cell: Cell | undefined): boolean {
  if (cell === undefined) return true;
  if (typeof cell === 'number') return false;
  return cell.length <= 12 && missingWords.has(plain(cell));
}

/** A customer cell that names nobody: missing, or a word for a walk-in or guest. */
export const isAnonymous = (text: string): boolean =>
  text.length <= 20 && (missingWords.has(plain(text)) || anonymousWords.has(plain(text)));

export function profileColumn(header: string, index: number, cells: Cell[]): ColumnProfile {
  const filled = cells.filter((cell) => !isBlankCell(cell) && !isMissing(cell));
  const style = dateStyleOf(filled, header);
  const dayFirst = new DateReader('dmy', style, true);
  const monthFirst = new DateReader('mdy', style, true);
  const evidence = noEvidence();
  const scratch = noEvidence();
  let dates = 0;
  let times = 0;
  let numbers = 0;
  let integers = 0;
  for (const cell of filled) {
    const asDate = (reader: DateReader): boolean =>
      (typeof cell === 'string' || style !== 'text') && !Number.isNaN(reader.parse(cell));
    if (asDate(dayFirst) || asDate(monthFirst)) dates++;
    if (typeof cell === 'string' && cell.length <= 16 && !Number.isNaN(parseTime(cell))) times++;
    const point = cellUnits(cell, '.', evidence);
    const value = Number.isNaN(point) ? cellUnits(cell, ',', scratch) : point;
    if (Number.isNaN(value)) continue;
    numbers++;
    if (value % 10_000 === 0) integers++;
  }
  const share = (count: number): number => (filled.length === 0 ? 0 : count / filled.length);
  return {
    header,
    folded: foldHeader(header),
    index,
    filled: filled.length,
    distinct: new Set(filled).size,
    dates: share(dates),
    times: share(times),
    numbers: share(numbers),
    integers: share(integers),
    evidence,
    cells,
  };
}

export const columnType = (profile: ColumnProfile): 'date' | 'number' | 'text' | 'empty' => {
  if (profile.filled === 0) return 'empty';
  if (profile.dates >= 0.6 && (profile.numbers < 0.9 || profile.dates >= 0.95)) return 'date';
  return profile.numbers >= 0.6 ? 'number' : 'text';
};
