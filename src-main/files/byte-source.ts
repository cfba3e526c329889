import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../src-shared/errors.ts';

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
    const file = createReadStream(this.path, { highWaterMark: chunkBytes });
    const count = (chunk: Buffer): void => {
      this.done += chunk.length;
      this.hash.update(chunk);
    };
    try {
      if (!gzip) {
        for await (const chunk of file) {
          count(chunk as Buffer);
          yield chunk as Buffer;
        }
        return;
      }
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, next) {
          count(chunk);
          next(null, chunk);
        },
      });
      const inflated = createGunzip({ chunkSize: chunkBytes });
      file.on('error', (error) => inflated.destroy(error));
      for await (const chunk of file.pipe(counted).pipe(inflated)) yield chunk as Buffer;
    } catch (error) {
      throw readingFailed(error, this.name);
    } finally {
      file.destroy();
    }
  }

  /** Reads the whole file for its hash alone; `onChunk` is called between reads. */
  async readThrough(onChunk: (done: number) => void): Promise<void> {
    for await (const _chunk of this.chunks(false)) onChunk(this.done);
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
