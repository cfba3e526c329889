import { AppError } from '../../../src-shared/errors.ts';

/** One value of the one-customer form. */
export interface FormField {
  id: string;
  label: string;
  /** Smallest and largest value that can be true at all, and whether it counts whole things. */
  least: number | null;
  most: number;
  whole: boolean;
  /** Values of a category: its name may be typed, or its place in this list from 1 on, which is what is answered. */
  names?: string[];
}

/** A number as people type it: sign, digits, one decimal mark; or thousands marks of one kind and a decimal mark of the other. */
const plainNumber = /^[+-]?(\d+(\.\d*|,\d+)?|[.,]\d+)$/;
const groupedNumber = /^[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:\.\d{3})+,\d+)$/;

/** The number a person typed; null when it is none. */
function typedNumber(text: string): number | null {
  if (plainNumber.test(text)) return Number(text.replace(',', '.'));
  if (!groupedNumber.test(text)) return null;
  const decimalMark = text[Math.max(text.lastIndexOf(','), text.lastIndexOf('.'))];
  return Number(text.replaceAll(decimalMark === ',' ? '.' : ',', '').replace(',', '.'));
}

/** The place of a category's name, from 1 on; null where it is none of them. */
function namedPlace(text: string, { names }: FormField): number | null {
  const at = names?.findIndex((name) => name.trim().toLowerCase() === text.toLowerCase()) ?? -1;
  return at < 0 ? null : at + 1;
}

const pieces = (text: string, separator: RegExp): string[] => text.split(separator).map((piece) => piece.trim());

/**
 * Splits what was typed. Semicolons, tabs and line ends always separate, and then a comma is a decimal mark; otherwise
 * commas separate, unless only the spaces give the right number of numbers ("12,5 3 100,50").
 */
function splitValues(text: string, fields: FormField[]): string[] {
  if (/[;\t\n|]/.test(text)) return pieces(text, /[;\t\n|]/);
  if (!text.includes(',')) return pieces(text, /\s+/);
  const byComma = pieces(text, /,/);
  const bySpace = pieces(text, /\s+/);
  const readable = (part: string, field: FormField) => (namedPlace(part, field) ?? typedNumber(part)) !== null;
  const fits = (parts: string[]) =>
    parts.length === fields.length && parts.every((part, index) => readable(part, fields[index]));
  return !fits(byComma) && fits(bySpace) ? bySpace : byComma;
}

const inWords = (labels: string[]): string => labels.join(', ');
const valueWord = (count: number): string => (count === 1 ? '1 value' : `${count} values`);

function refuse(problem: string, message: string, details: Record<string, unknown>): never {
  throw new AppError('invalid-input', message, { problem, ...details });
}

/** One piece of the text as the value of its field. */
function fieldValue(piece: string, field: FormField, place: number): number {
  const { id, label, least, most, names, whole } = field;
  const where = `Value ${place} (${label})`;
  const details = { field: id, label, place, value: piece };
  if (piece === '') refuse('empty', `${where} is empty; type a number for it.`, details);
  const named = namedPlace(piece, field);
  if (named !== null) return named;
  if (names) {
    const position = /^\d+$/.test(piece) ? Number(piece) : 0;
    if (position >= 1 && position <= names.length) return position;
    refuse('not-a-category', `${where} is "${piece}"; write one of ${names.join(', ')}, or its number in this list.`, {
      ...details,
      names,
    });
  }
  // "1,200" may be 1200 or 1.2: asking is better than guessing.
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(piece)) {
    refuse(
      'ambiguous',
      `${where} is "${piece}", which can mean ${piece.replace(',', '')} or ${piece.replace(',', '.')}; write one of these.`,
      details,
    );
  }
  const value = typedNumber(piece);
  if (value === null)
    refuse(
      'not-a-number',
      `${where} is "${piece}", which is not a number; write it with digits only, such as 12 or 12.5.`,
      details,
    );
  if (least !== null && value < least) {
    const floor = least === 0 ? 'cannot be negative' : `must be at least ${least}`;
    refuse('too-small', `${where} is ${piece}, but it ${floor}.`, { ...details, least });
  }
  if (value > most) refuse('too-large', `${where} is ${piece}, but it can be at most ${most}.`, { ...details, most });
  if (whole && !Number.isInteger(value))
    refuse('not-whole', `${where} is ${piece}, but it must be a whole number.`, details);
  return value;
}

/**
 * Reads the values of one customer as a person types them: separated by commas, semicolons, spaces, tabs or lines, with
 * decimal point or (between semicolons or spaces) decimal comma; − and a closing separator are understood.
 * @param text what stands in the form
 * @param fields what is expected, in this order
 * @returns [fields.length] numbers in the order of the fields
 * @throws AppError 'invalid-input' whose sentence names the value and the field and says how to mend it; details
 *   `{ problem: 'empty' | 'too-few' | 'too-many' | 'not-a-number' | 'ambiguous' | 'too-small' | 'too-large' | 'not-whole' | 'not-a-category', … }`
 */
export function parseFormValues(text: string, fields: FormField[]): number[] {
  const expected = fields.map(({ label }) => label);
  const typed = text.replaceAll('\r', '').replaceAll('−', '-').trim().replace(/[,;]$/, '');
  const order = `${valueWord(fields.length)}: ${inWords(expected)}`;
  if (typed === '') refuse('empty', `Nothing was typed. Type ${order}.`, { expected });
  const parts = splitValues(typed, fields);
  if (parts.length < fields.length) {
    const missing = inWords(expected.slice(parts.length));
    refuse(
      'too-few',
      `There ${parts.length === 1 ? 'is' : 'are'} ${valueWord(parts.length)} and ${fields.length} are needed; missing: ${missing}. Type ${order}.`,
      { expected, typed: parts.length },
    );
  }
  if (parts.length > fields.length) {
    const hint = typed.includes(',')
      ? ' Write numbers without thousands marks, and use semicolons between values that have decimal commas.'
      : '';
    refuse(
      'too-many',
      `There are ${parts.length} values and only ${fields.length} ${fields.length === 1 ? 'is' : 'are'} needed. Type ${order}.${hint}`,
      { expected, typed: parts.length },
    );
  }
  return parts.map((part, index) => fieldValue(part, fields[index], index + 1));
}
