import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '../../../src-shared/errors.ts';
import { ByteSource } from './byte-source.ts';

/** How a sales file is read. Found by content, never by name. */
export type FileKind = 'text' | 'gzip' | 'xlsx';

const startsWith = (bytes: Uint8Array, signature: number[] | string): boolean => {
  for (let i = 0; i < signature.length; i++) {
    const expected = typeof signature === 'string' ? signature.charCodeAt(i) : signature[i];
    if (bytes[i] !== expected) return false;
  }
  return bytes.length >= signature.length;
};

/** First bytes of files that hold no table, with the words a person knows them by. */
const otherKinds: [signature: number[] | string, words: string][] = [
  ['%PDF', 'a PDF document'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture'],
  [[0xff, 0xd8, 0xff], 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['BM6', 'a bitmap picture'],
  ['RIFF', 'a sound, video or picture file'],
  ['SQLite format 3', 'a database file'],
  ['Rar!', 'a RAR archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7z archive'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive'],
  ['BZh', 'a bzip2 archive'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'an xz archive'],
  ['PAR1', 'a Parquet file'],
  ['MZ', 'a program'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
];

const refuse = (name: string, words: string, mend: string): AppError =>
  new AppError('file-not-understood', `${name} is ${words}, not a table of sales. ${mend}`, {
    fileName: name,
    found: words,
  });

const exportAgain = 'Export the sales as CSV or Excel (.xlsx) and import that file.';

/** A byte that no text file holds, whatever its encoding. */
const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32 && byte !== 27 && byte !== 26);

const hasUtf16Shape = (head: Uint8Array): boolean => {
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) return true;
  let zeros = 0;
  for (const byte of head) if (byte === 0) zeros++;
  return zeros > head.length * 0.2;
};

function refuseOtherKinds(head: Uint8Array, name: string): void {
  for (const [signature, words] of otherKinds) {
    if (startsWith(head, signature)) throw refuse(name, words, exportAgain);
  }
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new AppError(
      'file-not-understood',
      `${name} is an Excel 97–2003 workbook (.xls), or an Excel workbook locked with a password. Open it in Excel, take the password off, save it as .xlsx and import that file.`,
      { fileName: name, found: 'xls' },
    );
  }
  const text = Buffer.from(head.subarray(0, 512)).toString('latin1').trimStart().toLowerCase();
  if (/^(\xef\xbb\xbf)?<(!doctype html|html|table|\?xml|head|body|workbook)/.test(text)) {
    throw refuse(name, 'a web page or XML file', 'Open it in Excel, save it as .xlsx or CSV, and import that file.');
  }
  if (text.startsWith('{\\rtf')) throw refuse(name, 'a text document (RTF)', exportAgain);
  if (/^(\xef\xbb\xbf)?(\[\s*\{\s*"|\{\s*")/.test(text)) throw refuse(name, 'a JSON file', exportAgain);
  if (hasUtf16Shape(head)) return;
  let control = 0;
  for (const byte of head) if (isControl(byte)) control++;
  if (control > head.length * 0.01) throw refuse(name, 'a binary file', exportAgain);
}

/**
 * Tells by the first bytes how a file is read.
 * @param head the first bytes of the file (4 KB are enough)
 * @throws AppError 'file-not-understood' for anything that is not text, gzip-compressed text or a zip container
 */
function kindOfHead(head: Uint8Array, name: string): FileKind {
  if (head.length === 0) {
    throw new AppError('file-not-understood', `${name} is empty. Export the sales again and import the new file.`, {
      fileName: name,
    });
  }
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip';
  if (startsWith(head, [0x50, 0x4b, 3, 4])) return 'xlsx';
  if (startsWith(head, [0x50, 0x4b, 5, 6])) throw refuse(name, 'an empty zip archive', exportAgain);
  refuseOtherKinds(head.subarray(0, 4096), name);
  return 'text';
}

/** Opens a file, or says in words why it cannot be opened. */
export async function openFile(path: string, name: string): Promise<FileHandle> {
  try {
    const handle = await open(path, 'r');
    if ((await handle.stat()).isDirectory()) {
      await handle.close();
      throw new AppError('file-not-readable', `${name} is a folder. Choose a file inside it.`, { fileName: name });
    }
    return handle;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const why =
      code === 'ENOENT' ? 'is not there any more' : code === 'EACCES' ? 'may not be read by you' : 'cannot be opened';
    throw new AppError('file-not-readable', `${name} ${why}. Check the file and choose it again.`, {
      fileName: name,
      code,
    });
  }
}

/** The first bytes of a file, and how many it has. */
async function readHead(path: string, name: string, most: number): Promise<{ head: Uint8Array; bytes: number }> {
  const handle = await openFile(path, name);
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, most));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { head: buffer.subarray(0, filled), bytes: size };
  } finally {
    await handle.close();
  }
}

/** As much of a gzip file as `most` inflated bytes need; what comes after them is not looked at. */
async function inflateHead(path: string, name: string, most: number): Promise<{ head: Uint8Array; whole: boolean }> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of new ByteSource(path, name).chunks(true)) {
    pieces.push(piece);
    length += piece.length;
    if (length > most) break;
  }
  return { head: Buffer.concat(pieces, Math.min(length, most)), whole: length <= most };
}

export interface SniffedFile {
  kind: FileKind;
  /** The first decompressed bytes, from which encoding and layout are found. */
  head: Uint8Array;
  /** They are all the file holds. */
  whole: boolean;
  /** Size on the disk. */
  bytes: number;
}

/**
 * Kind of a file and its first `most` decompressed bytes.
 * @throws AppError 'file-not-understood', 'file-not-readable'
 */
export async function sniffFile(path: string, name: string, most: number): Promise<SniffedFile> {
  const { head, bytes } = await readHead(path, name, most);
  const kind = kindOfHead(head, name);
  if (kind !== 'gzip') return { kind, head, whole: head.length >= bytes, bytes };
  const inflated = await inflateHead(path, name, most);
  if (inflated.head.length > 0) refuseOtherKinds(inflated.head.subarray(0, 4096), name);
  return { kind, ...inflated, bytes };
}
