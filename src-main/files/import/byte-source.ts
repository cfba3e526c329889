import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../../src-shared/errors.ts';

const chunkBytes = 256 * 1024;

/** The bytes of a file on their way: how far the disk was read, and the hash over everything read. */
export class ByteSource {
  readonly path: string;
  readonly name: string;
  /** Bytes taken from the disk so far (compressed bytes, for gzip). */
  done = 0;
  private readonly hash: Hash = createHash('sha256');

  constructor(path: string, name: string) {
    this.path = path;
    this.name = name;
  }

  /** Chunks of the file, inflated when it is gzip. A reader that stops early closes the file. */
  async *chunks(gzip: boolean): AsyncGenerator<Buffer> {
    try {
      if (gzip) yield* this.inflated();
      else yield* this.raw(0);
    } catch (error) {
      throw readingFailed(error, this.name);
    }
  }

  /** The file from one of its bytes on; a byte read twice counts once. */
  private async *raw(from: number): AsyncGenerator<Buffer> {
    let at = from;
    for await (const chunk of createReadStream(this.path, { start: from, highWaterMark: chunkBytes })) {
      const bytes = chunk as Buffer;
      at += bytes.length;
      if (at > this.done) {
        this.hash.update(bytes.subarray(Math.max(0, bytes.length - (at - this.done))));
        this.done = at;
      }
      yield bytes;
    }
  }

  /** All members of a gzip file; the zero bytes that tapes and some programs put after them are passed over. */
  private async *inflated(): AsyncGenerator<Buffer> {
    for (let from = 0; from !== -1; ) {
      const compressed = Readable.from(this.raw(from), { objectMode: false });
      const gunzip = createGunzip({ chunkSize: chunkBytes });
      compressed.on('error', (error) => gunzip.destroy(error));
      try {
        for await (const chunk of compressed.pipe(gunzip)) yield chunk as Buffer;
      } finally {
        compressed.destroy();
      }
      from = await this.afterZeros(from + gunzip.bytesWritten);
    }
  }

  /** Where the first byte other than zero stands; -1 where the file holds no more. */
  private async afterZeros(from: number): Promise<number> {
    let at = from;
    for await (const chunk of this.raw(from)) {
      const found = chunk.findIndex((byte) => byte !== 0);
      if (found !== -1) return at + found;
      at += chunk.length;
    }
    return -1;
  }

  /** SHA-256 of the file as it lies on disk, in hex; call once, after the last chunk. */
  digest(): string {
    return this.hash.digest('hex');
  }
}

/** What went wrong while reading, in words. */
export function readingFailed(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code.startsWith('Z_')) {
    return new AppError(
      'file-not-readable',
      `${name} is damaged: its compressed data break off or do not fit. Get the file again from where it came from.`,
      { fileName: name, code },
    );
  }
  if (/^E[A-Z]+$/.test(code)) {
    return new AppError(
      'file-not-readable',
      `${name} could not be read to its end (${code}). Check the disk or copy the file to this computer first.`,
      { fileName: name, code },
    );
  }
  return error;
}
