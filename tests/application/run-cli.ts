import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

export interface CliEnd {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the command line from its source, as `npm run -s salescope -- …` does. */
export function startCli(
  args: string[],
  env: Record<string, string> = {},
): { child: ChildProcess; end: Promise<CliEnd> } {
  const child = spawn(process.execPath, [join(root, 'src-main', 'doors', 'cli.ts'), ...args], {
    env: { ...process.env, ...env },
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => err.push(chunk));
  const end = new Promise<CliEnd>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) =>
      done({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
  return { child, end };
}

export const runCli = (args: string[], env?: Record<string, string>): Promise<CliEnd> => startCli(args, env).end;
