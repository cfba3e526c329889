/** The log of what went wrong inside: version, method, kind of fault and where in the program; nothing of the user's data. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import electronLog from 'electron-log/node.js';
import type { AppError } from '../../src-shared/errors.ts';
import { version } from '../version.ts';

export interface Log {
  /** The file that is written to; older ones lie beside it. */
  path: string;
  /** Notes a fault. @param about what was asked, such as the method's name */
  failed(error: AppError, about: string): void;
  /** The newest entry; '' without any. */
  last(): string;
}

const maxBytes = 1024 * 1024;
const keptFiles = 3;
const begin = '── ';

/** `salescope.log` → `salescope.1.log` → `salescope.2.log` → gone. */
function rotate(path: string): void {
  const old = (n: number) => (n === 0 ? path : path.replace(/\.log$/, `.${n}.log`));
  rmSync(old(keptFiles - 1), { force: true });
  for (let n = keptFiles - 2; n >= 0; n--) if (existsSync(old(n))) renameSync(old(n), old(n + 1));
}

/** What a message may carry of the user's data goes: all between its first and its last quote, and longer numbers. */
const withoutData = (message: string): string =>
  message
    // Data hold quotes of their own, so pairs cannot be told.
    .replace(/["'`“‘„«](?:.*["'`”’“»]|.*)/s, '"…"')
    .replaceAll(/\d[\d.,]{3,}/g, '#')
    .slice(0, 300);

/** The places in the program that a fault came through; the message stands in the first lines and is left out. */
const places = (stack: string): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);

/**
 * Opens the log in a folder, which is made when something is first written.
 * @param id tells several logs of one process apart
 */
export function openLog(folder: string, id = 'salescope'): Log {
  const path = join(folder, 'salescope.log');
  const writer = electronLog.create({ logId: id });
  writer.transports.console.level = false;
  const { file } = writer.transports;
  file.resolvePathFn = () => path;
  file.maxSize = maxBytes;
  file.archiveLogFn = () => rotate(path);
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  file.format = '{text}';
  return {
    path,
    failed(error, about) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const { code, message, details } = error;
      const head = `${begin}${new Date().toISOString()} Salescope ${version}, Node ${process.version}, ${process.platform} ${process.arch}`;
      const text = [
        head,
        `${about}: ${code}: ${withoutData(message)}`,
        ...places(String(details.stack ?? error.stack ?? '')),
      ];
      writer.error(text.join('\n'));
    },
    last() {
      if (!existsSync(path)) return '';
      const text = readFileSync(path, 'utf8');
      return text.slice(text.lastIndexOf(begin)).trim();
    },
  };
}
