/**
 * CSV that Excel, LibreOffice and pandas read the same way: UTF-8 with a byte-order mark, CRLF, quoting as RFC 4180
 * says, text that a spreadsheet would run as a formula disarmed, ids that it would turn into numbers or dates kept.
 */

export interface CsvColumn<Row> {
  header: string;
  /**
   * number: decimal text or a number, written as it is; id: text that must survive a spreadsheet (leading zeros, long
   * digits, '1E5', '3-4'); text: anything else.
   */
  kind: 'number' | 'id' | 'text';
  value(row: Row): string | number | boolean | null;
}

export interface CsvOptions {
  /** ',' by default; ';' suits spreadsheets whose decimal mark is the comma. */
  delimiter?: ',' | ';' | '\t';
}

const byteOrderMark = '\ufeff';
const lineEnd = '\r\n';
const startsFormula = /^[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d[\d.,\u00a0\u202f ' ]*(e[+-]?\d+)?%?$/i;
const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
/** What a spreadsheet silently changes on opening: leading zeros, 16 digits and more, powers of ten, dates. */
const changedBySpreadsheet = [
  /^0\d+$/,
  /^\d{16,}$/,
  /^\d+(\.\d+)?e[+-]?\d+$/i,
  /^\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?$/,
  new RegExp(`^((${months})[a-z]*[- ]?\\d{1,4}|\\d{1,2}[- ]?(${months})[a-z]*([- ]?\\d{2,4})?)$`, 'i'),
];

/** The whole file as text, header first. */
export function writeCsv<Row>(columns: CsvColumn<Row>[], rows: Iterable<Row>, options: CsvOptions = {}): string {
  const delimiter = options.delimiter ?? ',';
  const line = (cells: string[]) => cells.join(delimiter) + lineEnd;
  const quoted = (cell: string) => quote(cell, delimiter);
  let text = byteOrderMark + line(columns.map((column) => quoted(disarmed(column.header))));
  for (const row of rows) text += line(columns.map((column) => quoted(cellText(column, row))));
  return text;
}

function cellText<Row>(column: CsvColumn<Row>, row: Row): string {
  const value = column.value(row);
  if (value === null) return '';
  const text = String(value);
  if (column.kind === 'number') return text;
  if (column.kind === 'id' && changedBySpreadsheet.some((pattern) => pattern.test(text))) return `="${text}"`;
  return disarmed(text);
}

/** A leading apostrophe tells every spreadsheet that text follows; '-5' stays the number it is. */
const disarmed = (text: string): string => (startsFormula.test(text) && !plainNumber.test(text) ? `'${text}` : text);

const quote = (text: string, delimiter: string): string =>
  /["\r\n]/.test(text) || text.includes(delimiter) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
