import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import { AppError } from '../../../../src-shared/errors.ts';

/** Latin code pages that Western exports are taken for; chardet tells them apart poorly on short texts. */
const latin = /^(iso-8859-(1|2|9|15)|windows-125[0249]|ascii)$/i;

const lastCompleteUtf8 = (bytes: Uint8Array): Uint8Array => {
  let end = bytes.length;
  for (let back = 0; back < 3 && end > 0 && (bytes[end - 1] & 0xc0) === 0x80; back++) end--;
  return end > 0 && bytes[end - 1] >= 0xc0 ? bytes.subarray(0, end - 1) : bytes;
};

/** UTF-16 without a byte order mark: text whose every other byte is mostly zero. */
function utf16WithoutMark(bytes: Uint8Array): string | null {
  let even = 0;
  let odd = 0;
  const length = Math.min(bytes.length, 65_536);
  for (let i = 0; i < length; i++) {
    if (bytes[i] === 0) i % 2 === 0 ? even++ : odd++;
  }
  if (odd > length * 0.2 && even < odd / 4) return 'utf-16le';
  if (even > length * 0.2 && odd < even / 4) return 'utf-16be';
  return null;
}

const tellingBytes = 65_536;

/** Only the lines with bytes above ASCII speak about the code page, and the first of them enough. */
function telling(bytes: Uint8Array): Uint8Array {
  const lines: Uint8Array[] = [];
  let total = 0;
  let start = 0;
  let high = false;
  for (let i = 0; i < bytes.length && total < tellingBytes; i++) {
    if (bytes[i] >= 0x80) high = true;
    if (bytes[i] !== 10 && i !== bytes.length - 1) continue;
    if (high) {
      lines.push(bytes.subarray(start, i + 1));
      total += i + 1 - start;
    }
    start = i + 1;
    high = false;
  }
  return Buffer.concat(lines, Math.min(total, tellingBytes));
}

/** The code page of text that is not UTF-8: chardet where it is sure of another script, else windows-1252. */
export function codePageOf(bytes: Uint8Array): string {
  for (const match of chardet.analyse(telling(bytes))) {
    if (match.confidence < 30) break;
    if (latin.test(match.name)) {
      const eastern =
        /-2$|1250$/.test(match.name) && ['pl', 'cs', 'hu', 'ro'].includes(match.lang ?? '') && match.confidence >= 45;
      return eastern ? 'windows-1250' : 'windows-1252';
    }
    if (/^utf/i.test(match.name) || !canDecode(match.name)) continue;
    return match.name.toLowerCase();
  }
  return 'windows-1252';
}

function canDecode(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

/**
 * Encoding of a text file by its first bytes: byte order mark, strict UTF-8, zero bytes (UTF-16), chardet, windows-1252.
 * @param whole the sample is the whole file, so that a cut character is an error
 */
export function detectEncoding(bytes: Uint8Array, whole: boolean): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const utf16 = utf16WithoutMark(bytes);
  if (utf16 !== null) return utf16;
  if (isUtf8(whole ? bytes : lastCompleteUtf8(bytes))) return 'utf-8';
  return codePageOf(bytes);
}

/** A streaming decoder; strict for UTF-8, so that a wrong guess is noticed instead of filling cells with �. */
export function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: /^utf-?8$/i.test(encoding) });
  } catch {
    throw new AppError(
      'invalid-input',
      `The encoding “${encoding}” is not known. Choose utf-8, windows-1252 or utf-16le.`,
      { encoding },
    );
  }
}
