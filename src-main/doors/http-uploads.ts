/** Files a browser hands over: copied to a private directory, known by path, deleted when the door closes. */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../src-shared/errors.ts';
import { makeRunFolder, removeRunFolder } from '../drafts.ts';

/** Left free for the store, which grows during the import. */
const reserveBytes = 64 * 1024 * 1024;

async function freeBytesOn(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

const megabytes = (bytes: number) => `${Math.max(0, Math.ceil(bytes / 1_000_000))} MB`;

function noSpace(name: string, limit: number): AppError {
  return new AppError(
    'file-not-readable',
    `There is not enough free space on the disk to copy "${name}": only ${megabytes(limit)} can be used. Free some space and try again.`,
    { name, usableBytes: limit },
  );
}

export interface Upload {
  path: string;
  name: string;
}

export interface Uploads {
  /** Copies a request's body into a file only this user can read. */
  receive(request: IncomingMessage, name: string): Promise<Upload>;
  /** Takes in a file of the disk, which is read where it lies and never deleted. */
  admit(path: string): Upload;
  /** True for the paths that `receive` and `admit` answered. */
  has(path: unknown): boolean;
  /** Deletes a copy that `receive` made. */
  discard(path: unknown): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a private directory for one run of the door.
 * @param parent made when missing; directories of dead runs in it are removed.
 * @param freeBytes free space on the disk of a directory, in bytes.
 */
export async function openUploads(parent: string, freeBytes = freeBytesOn): Promise<Uploads> {
  const directory = makeRunFolder(parent, 'uploads');
  const paths = new Set<string>();

  async function copy(request: IncomingMessage, path: string, name: string): Promise<void> {
    const limit = (await freeBytes(directory)) - reserveBytes;
    if (Number(request.headers['content-length'] ?? 0) > limit) throw noSpace(name, limit);
    let received = 0;
    const bound = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        received += chunk.length;
        done(received > limit ? noSpace(name, limit) : null, chunk);
      },
    });
    await pipeline(request, bound, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  }

  return {
    async receive(request, givenName) {
      const name = basename(givenName.replaceAll('\\', '/')) || 'file';
      const path = join(directory, randomBytes(16).toString('hex'));
      try {
        await copy(request, path, name);
      } catch (error) {
        await rm(path, { force: true });
        throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? noSpace(name, 0) : error;
      }
      paths.add(path);
      return { path, name };
    },
    admit(path) {
      paths.add(path);
      return { path, name: basename(path) };
    },
    has: (path) => typeof path === 'string' && paths.has(path),
    async discard(path) {
      if (typeof path !== 'string' || !paths.has(path) || dirname(path) !== directory) return;
      paths.delete(path);
      await rm(path, { force: true });
    },
    async close() {
      paths.clear();
      removeRunFolder(directory);
    },
  };
}
