import Papa from 'papaparse';
import type { Delimiter } from '../../../../src-shared/domain.ts';

/** Stands for a quote that opens nothing, while PapaParse looks at the text; a code point no export uses. */
export const literalQuote = '\ue000';

/** PapaParse looks at all spaces behind each quote; more than these in a row are not left to it. */
export const longBlank = ' '.repeat(1000);

export interface ParsedText {
  rows: string[][];
  /** Characters used up; the rest begins a row that is not complete yet. */
  cursor: number;
  badQuotes: boolean;
}

/** One pass of PapaParse's own parser over a piece of text with \n as line end. */
export function parseText(text: string, delimiter: Delimiter, last: boolean, preview = 0): ParsedText {
  const parser = new Papa.Parser({ delimiter, newline: '\n', preview });
  const result = parser.parse(text, 0, !last) as Papa.ParseResult<string[]>;
  return { rows: result.data, cursor: result.meta.cursor, badQuotes: result.errors.length > 0 };
}

/** Lines end in \r\n (Windows), \n or \r (old Mac) and are sometimes mixed; one form is left. */
export const unifyLineEnds = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

/** End of a quoted field that begins at `open`: index after the closing quote, or -1 where the quote closes nothing. */
function closingQuote(text: string, open: number, delimiter: string, last: boolean): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') {
      at++;
      continue;
    }
    let next = at + 1;
    while (text[next] === ' ') next++;
    if (next >= text.length) return last || next === at + 1 ? text.length : next;
    return text[next] === delimiter || text[next] === '\n' ? next : -1;
  }
  return -1;
}

/**
 * Marks quotes that open no quoted field (`"Best" mug`, `"unclosed`) as plain characters, so that they cannot swallow
 * the rows after them. Time grows with the text alone: the next delimiter and line end are looked for once each.
 * @param last the text is the end of the file, or so long that a quote still open cannot be meant
 */
export function repairQuotes(text: string, delimiter: string, last: boolean): string {
  const pieces: string[] = [];
  let from = 0;
  let at = 0;
  let delimiterAt = text.indexOf(delimiter);
  let newlineAt = text.indexOf('\n');
  while (at < text.length) {
    if (text[at] === '"') {
      const end = closingQuote(text, at, delimiter, last);
      if (end !== -1) {
        at = end;
      } else if (!last && text.indexOf('"', at + 1) === -1) {
        break;
      } else {
        pieces.push(text.slice(from, at), literalQuote);
        from = at + 1;
      }
    }
    if (delimiterAt !== -1 && delimiterAt < at) delimiterAt = text.indexOf(delimiter, at);
    if (newlineAt !== -1 && newlineAt < at) newlineAt = text.indexOf('\n', at);
    if (delimiterAt === -1 && newlineAt === -1) break;
    at = (delimiterAt === -1 ? newlineAt : newlineAt === -1 ? delimiterAt : Math.min(delimiterAt, newlineAt)) + 1;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

/** Puts the marked quotes back into the cells. */
export function restoreQuotes(rows: string[][]): void {
  for (const row of rows) {
    for (let i = 0; i < row.length; i++)
      if (row[i].includes(literalQuote)) row[i] = row[i].replaceAll(literalQuote, '"');
  }
}

const delimiters: Delimiter[] = [',', ';', '\t', '|'];

/** How well a delimiter explains a sample: share of rows with the usual number of cells, more for wider tables. */
function regularity(sample: string, delimiter: Delimiter): number {
  const { rows, badQuotes } = parseText(sample, delimiter, false, 500);
  const counts = new Map<number, number>();
  let filled = 0;
  for (const row of rows) {
    if (row.length === 1 && row[0].trim() === '') continue;
    filled++;
    counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  }
  let best = 0;
  for (const [width, count] of counts) {
    if (width > 1) best = Math.max(best, (count / filled) * (1 + Math.min(width, 20) / 20));
  }
  return badQuotes ? best * 0.9 : best;
}

/** Delimiter of a text, by its first line `sep=;` or by the one that gives the most regular table. */
export function detectDelimiter(sample: string): Delimiter {
  const said = /^\s*"?sep=(.)"?\s*$/im.exec(sample.slice(0, sample.indexOf('\n') + 1 || 20));
  if (said && (delimiters as string[]).includes(said[1])) return said[1] as Delimiter;
  const text = `${sample.replaceAll(longBlank, '')}\n`;
  let best: Delimiter = ',';
  let bestFit = 0;
  for (const delimiter of delimiters) {
    const value = regularity(text, delimiter);
    if (value > bestFit + 1e-9) {
      best = delimiter;
      bestFit = value;
    }
  }
  return best;
}
