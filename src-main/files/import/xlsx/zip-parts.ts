import { promisify } from 'node:util';
import { createInflateRaw } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../../../../src-shared/errors.ts';
import { readingFailed } from '../byte-source.ts';
import type { Pause } from '../pace.ts';

const openZip = promisify<string, yauzl.Options, ZipFile>(yauzl.open);
const mostParts = 20_000;
const partsPerPause = 64;
/** Inflated bytes handed on at once. */
const largestChunk = 128 * 1024;
/** A part may grow this many times when inflated, beyond the first 64 MB: real sheets stay below 60. */
const mostGrowth = 300;
const freeBytes = 64 * 1024 * 1024;

export const damaged = (name: string, why: string): AppError =>
  new AppError(
    'file-not-readable',
    `${name} is damaged and cannot be read (${why}). Open it in Excel or LibreOffice, save it again as .xlsx, and import that file.`,
    { fileName: name, why },
  );

/** The parts of a zip container, read one at a time as a stream. */
export class ZipParts {
  readonly parts: Map<string, Entry>;
  readonly name: string;
  /** Compressed bytes read so far. */
  done = 0;
  private readonly zip: ZipFile;

  constructor(zip: ZipFile, parts: Map<string, Entry>, name: string) {
    this.zip = zip;
    this.parts = parts;
    this.name = name;
  }

  static async open(path: string, name: string, pause: Pause): Promise<ZipParts> {
    let zip: ZipFile;
    try {
      zip = await openZip(path, { lazyEntries: true, autoClose: false, validateEntrySizes: false });
    } catch (error) {
      throw damaged(name, error instanceof Error ? error.message : String(error));
    }
    try {
      return new ZipParts(zip, await listParts(zip, name, pause), name);
    } catch (error) {
      zip.close();
      throw error instanceof AppError ? error : damaged(name, String(error));
    }
  }

  /** Part names are compared without case and leading slash, as writers disagree about both. */
  find(partName: string): Entry | undefined {
    return this.parts.get(partName.replace(/^\/+/, '').toLowerCase());
  }

  /** Inflated chunks of a part. */
  async *chunks(entry: Entry): AsyncGenerator<Buffer> {
    if (entry.isEncrypted()) {
      throw new AppError(
        'file-not-understood',
        `${this.name} is locked with a password. Take the password off and import it again.`,
        { fileName: this.name },
      );
    }
    const raw = await this.zip.openReadStreamPromise(entry, { decodeFileData: false }).catch((error: unknown) => {
      throw damaged(this.name, String(error));
    });
    const stored = entry.compressionMethod === 0;
    if (!stored && entry.compressionMethod !== 8)
      throw damaged(this.name, `compression method ${entry.compressionMethod}`);
    raw.on('data', (chunk: Buffer) => {
      this.done += chunk.length;
    });
    // Thousands of small sheets need no large buffer each; the stated size is a hint and nothing more.
    const inflate = createInflateRaw({ chunkSize: Math.min(largestChunk, Math.max(1024, entry.uncompressedSize)) });
    raw.on('error', (error) => inflate.destroy(error));
    let total = 0;
    try {
      for await (const chunk of stored ? raw : raw.pipe(inflate)) {
        total += (chunk as Buffer).length;
        if (total > freeBytes && total > entry.compressedSize * mostGrowth) {
          throw new AppError(
            'file-not-understood',
            `${this.name} grows more than ${mostGrowth} times when unpacked, as no workbook does; it was not read. Export the sales again.`,
            { fileName: this.name, part: entry.fileName },
          );
        }
        yield chunk as Buffer;
      }
    } catch (error) {
      throw readingFailed(error, this.name);
    } finally {
      raw.destroy();
      inflate.destroy();
    }
  }

  close(): void {
    this.zip.close();
  }
}

async function listParts(zip: ZipFile, name: string, pause: Pause): Promise<Map<string, Entry>> {
  const parts = new Map<string, Entry>();
  // Every read says its own failure; one that comes between reads must not end the thread.
  zip.on('error', () => {});
  for await (const entry of zip.eachEntry()) {
    parts.set(entry.fileName.replace(/^\/+/, '').toLowerCase(), entry);
    if (parts.size > mostParts) throw damaged(name, 'too many parts');
    if (parts.size % partsPerPause === 0) await pause();
  }
  return parts;
}
