import type { DecimalMark } from '../../../src-shared/domain.ts';
import type { Cell } from './table-rows.ts';

/** Units of 1/10 000 in one whole unit: quantities, prices and amounts are read as whole numbers of them. */
export const unitsPerOne = 10_000;
const largest = Number.MAX_SAFE_INTEGER;

/** What the numbers of a column say about their decimal mark, and how many had to be rounded. */
export interface NumberEvidence {
  /** Texts that can only have a decimal point. */
  point: number;
  /** Texts that can only have a decimal comma. */
  comma: number;
  /** Texts such as 1.234 or 1,234 that fit both. */
  either: number;
  /** Numbers without any mark. */
  plain: number;
  /** Numbers with more than four decimals. */
  rounded: number;
}

export const noEvidence = (): NumberEvidence => ({ point: 0, comma: 0, either: 0, plain: 0, rounded: 0 });

/** A longer text is no number; patterns that look back and forth in it would take minutes. */
const longestNumber = 256;
const spaces = /[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]/g;
const codes =
  'eur usd gbp chf sek nok dkk isk pln czk huf ron bgn hrk rsd uah rub try ils aed sar qar egp mad zar ngn kes ghs inr pkr bdt lkr npr thb vnd idr myr php sgd hkd twd cny rmb jpy krw aud nzd cad mxn brl ars clp cop pen uyu kr zl kc rs fr ft lei lv r us s rp rm tl din den';
const units = 'pc pcs pce st stk stck stuck ud uds un und u pz pza pieces units unit kg g l ml m x ea';
const words = new Set(`${codes} ${units}`.split(' '));

const isWord = (text: string): boolean => {
  const word = text
    .replace(/[.$/\p{Sc}]/gu, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace('ł', 'l')
    .toLowerCase();
  return word === '' || words.has(word);
};

const groups = /^\d{1,3}([.,])\d{3}(?:\1\d{3})*$/;
const indianGroups = /^\d{1,2}(?:,\d{2})*,\d{3}$/;
const validGroups = (text: string): boolean => groups.test(text) || indianGroups.test(text);

/** Whole units of 1/10 000 from plain digits; half away from zero. Infinity above 2^53. */
function unitsOf(whole: string, fraction: string, evidence: NumberEvidence | null): number {
  let value = Number(whole + fraction.slice(0, 4).padEnd(4, '0'));
  if (fraction.length > 4) {
    if (fraction.charCodeAt(4) >= 53) value += 1;
    if (evidence && /[1-9]/.test(fraction.slice(4))) evidence.rounded++;
  }
  return value <= largest ? value : Number.POSITIVE_INFINITY;
}

/** Exponents (`1.2E+3`, as JavaScript and spreadsheets write large numbers) by moving the mark in the text. */
function withExponent(mantissa: string, exponent: number): number {
  const [whole, fraction = ''] = mantissa.split(/[.,]/);
  if (exponent > 20) return /[1-9]/.test(mantissa) ? Number.POSITIVE_INFINITY : 0;
  if (exponent >= 0) {
    const digits = fraction.padEnd(exponent, '0');
    return unitsOf(whole + digits.slice(0, exponent), digits.slice(exponent), null);
  }
  const digits = whole.padStart(Math.min(-exponent, 30) + 1, '0');
  const cut = digits.length - Math.min(-exponent, 30);
  return unitsOf(digits.slice(0, cut), digits.slice(cut) + fraction, null);
}

/** Digits with marks, the rest of the text taken off. */
function bodyUnits(body: string, mark: DecimalMark, evidence: NumberEvidence): number {
  const point = body.lastIndexOf('.');
  const comma = body.lastIndexOf(',');
  if (point === -1 && comma === -1) {
    evidence.plain++;
    return unitsOf(body, '', evidence);
  }
  const at = Math.max(point, comma);
  const kind = body[at] as DecimalMark;
  const before = body.slice(0, at);
  const after = body.slice(at + 1);
  if (point !== -1 && comma !== -1) {
    if (before.includes(kind) || !validGroups(before)) return Number.NaN;
    evidence[kind === '.' ? 'point' : 'comma']++;
    return kind === mark ? unitsOf(before.replace(/[.,]/g, ''), after, evidence) : Number.NaN;
  }
  if (before.includes(kind)) {
    if (!validGroups(body)) return Number.NaN;
    evidence[kind === '.' ? 'comma' : 'point']++;
    return kind === mark ? Number.NaN : unitsOf(body.replaceAll(kind, ''), '', evidence);
  }
  if (after.length === 3 && /^[1-9]\d{0,2}$/.test(before)) {
    evidence.either++;
    return kind === mark ? unitsOf(before, after, evidence) : unitsOf(before + after, '', evidence);
  }
  if (after.length > 0) evidence[kind === '.' ? 'point' : 'comma']++;
  return kind === mark || after.length === 0 ? unitsOf(before, after, evidence) : Number.NaN;
}

/** Any other way of writing a number: signs, brackets, currencies, spaces, apostrophes, exponents. */
function parseSlowly(text: string, mark: DecimalMark, evidence: NumberEvidence): number {
  // `Rs.` and `kr.` lose their dot; `12.-` is twelve without cents.
  let rest = text
    .replace(spaces, '')
    .replace(/^(-?\p{L}+)\./u, '$1')
    .replace(/[.,][-–—]+$/u, '');
  if (rest.length > longestNumber) return Number.NaN;
  let sign = 1;
  const bracketed = /^([^\d]*)\((.+)\)([^\d]*)$/.exec(rest);
  if (bracketed) {
    sign = -1;
    rest = bracketed[1] + bracketed[2] + bracketed[3];
  }
  const parts = /^([^\d.,]*)([.,]?\d(?:[\d.,'’`´]*\d)?[.,]?)(?:[eE]([+-]?\d{1,3}))?([^\d]*)$/u.exec(rest);
  if (!parts) return Number.NaN;
  let [, prefix, body, exponent, suffix] = parts;
  const minus = /[-−–‒]/u;
  if (minus.test(prefix) || minus.test(suffix)) {
    if (sign < 0) return Number.NaN;
    sign = -1;
  }
  prefix = prefix.replace(/[-−–‒+]/u, '');
  suffix = suffix.replace(/[-−–‒]/u, '');
  if (!isWord(prefix) || !isWord(suffix)) return Number.NaN;
  body = body.replace(/['’`´]/g, '');
  const value = exponent === undefined ? bodyUnits(body, mark, evidence) : withExponent(body, Number(exponent));
  return value === 0 ? 0 : sign * value;
}

/**
 * Whole units of 1/10 000 of a number as text, exact: the digits are read, nothing is multiplied in floating point.
 * @returns NaN where the text is no number under this decimal mark, ±Infinity where it is too large to be exact
 */
export function parseUnits(text: string, mark: DecimalMark, evidence: NumberEvidence): number {
  const length = text.length;
  let at = text.charCodeAt(0) === 45 ? 1 : 0;
  const negative = at === 1;
  let value = 0;
  let fraction = -1;
  if (length === at || length > 14) return parseSlowly(text, mark, evidence);
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      value = value * 10 + (code - 48);
      if (fraction >= 0) fraction++;
    } else if (code === 46 && mark === '.' && fraction < 0) {
      fraction = 0;
    } else {
      return parseSlowly(text, mark, evidence);
    }
  }
  // Three decimals may be a thousands group; five or more need rounding.
  if (fraction === 0 || fraction === 3 || fraction > 4) return parseSlowly(text, mark, evidence);
  if (fraction < 0) {
    evidence.plain++;
    fraction = 0;
  } else {
    evidence.point++;
  }
  const scaled = fraction === 2 ? value * 100 : fraction === 0 ? value * 10_000 : fraction === 1 ? value * 1000 : value;
  if (scaled > largest) return negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return negative && scaled !== 0 ? -scaled : scaled;
}

/** Units of a number the workbook stores as a number: its shortest decimal text, without float noise being called rounding. */
export function unitsOfNumber(value: number, evidence: NumberEvidence): number {
  if (Number.isInteger(value) && Math.abs(value) <= largest / unitsPerOne) return value * unitsPerOne;
  const before = evidence.rounded;
  const units = parseUnits(String(value), '.', { ...evidence });
  const decimals = String(value).split('.')[1]?.length ?? 0;
  evidence.rounded = before + (decimals > 4 && decimals < 10 && !String(value).includes('e') ? 1 : 0);
  return units;
}

export const cellUnits = (cell: Cell, mark: DecimalMark, evidence: NumberEvidence): number =>
  typeof cell === 'number' ? unitsOfNumber(cell, evidence) : parseUnits(cell, mark, evidence);

/**
 * Decimal mark a column's evidence speaks for; null where it speaks for none.
 * A column of numbers with exactly three digits after the mark, beside plain whole numbers, has thousands groups.
 */
export function markOf(evidence: NumberEvidence): DecimalMark | null {
  if (evidence.point === evidence.comma) return null;
  return evidence.point > evidence.comma ? '.' : ',';
}
