/** What a cell's number format makes of its number. */
export type NumberKind = 'number' | 'date' | 'time';

const builtIn = (id: number): NumberKind => {
  if (
    (id >= 14 && id <= 17) ||
    id === 22 ||
    (id >= 27 && id <= 31) ||
    id === 36 ||
    (id >= 50 && id <= 54) ||
    id === 57 ||
    id === 58
  )
    return 'date';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id === 55 || id === 56)
    return 'time';
  return 'number';
};

/** Excel's own limit; a longer code is looked at this far. */
const longestCode = 255;

/** Reads a format code such as `dd/mm/yyyy\ hh:mm`, `[$-409]mmm d, yyyy;@`, `#,##0.00 "days"`. */
export function kindOfFormat(code: string): NumberKind {
  const plain = code
    .slice(0, longestCode)
    .replace(/\\./g, '')
    .replace(/"[^"]*"/g, '')
    .replace(/[_*]./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]
    .toLowerCase();
  if (plain.trim() === 'general' || plain.includes('@')) return 'number';
  const letters = plain.replace(/am\/pm|a\/p/g, 'h');
  if (/[#?]|0\.0*e|e\+/.test(letters)) return 'number';
  if (/[yd]/.test(letters)) return 'date';
  if (/[hs]/.test(letters)) return 'time';
  return letters.includes('m') ? 'date' : 'number';
}

/**
 * Kind of each cell style (`cellXfs`), by index.
 * @param own kinds of the formats that the workbook writes itself, by id
 */
export const kindsOfStyles = (own: ReadonlyMap<number, NumberKind>, cellFormatIds: readonly number[]): NumberKind[] =>
  cellFormatIds.map((id) => own.get(id) ?? builtIn(id));

let lastDay = Number.NaN;
let lastText = '';
/** 'YYYY-MM-DD' of days since 1970-01-01; sales stand day after day, so the last one is kept. */
function dayTextOf(day: number): string {
  if (day === lastDay) return lastText;
  lastDay = day;
  lastText = new Date(day * 86_400_000).toISOString().slice(0, 10);
  return lastText;
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/**
 * Text of a date or time that a workbook stores as a day count: 'YYYY-MM-DD', 'YYYY-MM-DD HH:MM:SS' or 'HH:MM:SS'.
 * A number outside the calendar stays a number.
 */
export function dateText(serial: number, kind: NumberKind, date1904: boolean): string | number {
  if (serial < 0 || serial >= 2_958_466) return serial;
  let seconds = Math.round(serial * 86_400);
  const clock = (ofDay: number): string =>
    `${two(Math.floor(ofDay / 3600))}:${two(Math.floor(ofDay / 60) % 60)}:${two(ofDay % 60)}`;
  if (kind === 'time' && serial < 1) return clock(Math.min(seconds, 86_399));
  if (date1904) seconds += 1462 * 86_400;
  // The 1900 system counts a 29 February 1900 that never was.
  else if (serial < 60) seconds += 86_400;
  const days = Math.floor(seconds / 86_400);
  const ofDay = seconds - days * 86_400;
  const date = dayTextOf(days - 25_569);
  return ofDay === 0 ? date : `${date} ${clock(ofDay)}`;
}
