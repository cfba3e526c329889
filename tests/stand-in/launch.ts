/** The test's side of the stand-in: starts a built Salescope in it, as Playwright starts one in Electron. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import type { Commands } from './control.ts';

export interface StandIn {
  page: Page;
  process: ChildProcess;
  /** Resolves to the exit code; null after a signal. */
  ended: Promise<number | null>;
  /** What it printed so far. */
  output(): string;
  tell<K extends keyof Commands>(
    command: K,
    ...args: Parameters<Commands[K]>
  ): Promise<Awaited<ReturnType<Commands[K]>>>;
  /** The page of the window now: after a crash it is another one. */
  window(): Promise<Page>;
  /** Quits as the menu does and waits for the end. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** The main module of a built Salescope; of a packed one, the program that starts the stand-in by itself. */
  main: string;
  packed?: boolean;
  args?: string[];
  env?: Record<string, string>;
  /** Whether a window opens; a second start opens none. */
  window?: boolean;
}

/** A program that takes longer to end has not ended. */
const quitMs = 20_000;

/** Starts it without waiting for a window. */
export function startStandIn(options: LaunchOptions): Omit<StandIn, 'page' | 'window' | 'close'> {
  const { main, packed = false, args = [], env = {} } = options;
  const command = packed ? [main] : [process.execPath, join(import.meta.dirname, 'start.ts'), main];
  const child = spawn(command[0], [...command.slice(1), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  });
  let text = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (text += chunk));
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  child.on('message', ({ id, value, error }: { id: number; value: never; error?: string }) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(error));
  });
  const ended = new Promise<number | null>((done) => {
    child.on('exit', (code) => {
      done(code);
      for (const { reject } of waiting.values()) reject(new Error(`The program has ended (${code}). It said: ${text}`));
    });
  });
  return {
    process: child,
    ended,
    output: () => text,
    tell: (command, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        child.send({ id, command, args }, (error) => error && reject(error));
      }),
  };
}

async function windowOf(browser: Browser, target: string): Promise<Page> {
  for (const context of browser.contexts()) {
    for (const page of context.pages()) {
      const session = await context.newCDPSession(page);
      const { targetInfo } = await session.send('Target.getTargetInfo');
      await session.detach();
      if (targetInfo.targetId === target) return page;
    }
  }
  throw new Error('The window is not among the pages of the browser.');
}

/** Starts it and waits for its window. */
export async function launchStandIn(options: LaunchOptions): Promise<StandIn> {
  const running = startStandIn(options);
  let target = '';
  for (let tries = 0; target === '' && tries < 200; tries++) {
    target = await running.tell('target').catch((error: Error) => {
      if (!/no window/.test(error.message)) throw error;
      return '';
    });
    if (target === '') await new Promise((done) => setTimeout(done, 50));
  }
  const browser = await chromium.connectOverCDP(await running.tell('address'), { isLocal: true });
  const page = await windowOf(browser, target);
  // Headless, the mouse meets the page only where its size is told.
  await page.setViewportSize({ width: 1366, height: 768 });
  return {
    ...running,
    page,
    // A page that crashed is gone for whoever steered it, so the browser is asked anew; the next one may be on its way.
    async window() {
      for (let tries = 0; ; tries++) {
        const again = await chromium.connectOverCDP(await running.tell('address'), { isLocal: true });
        try {
          return await windowOf(again, await running.tell('target'));
        } catch (error) {
          if (tries > 20) throw error;
          await new Promise((done) => setTimeout(done, 200));
        }
      }
    },
    async close() {
      const goesOn = running.process.exitCode === null && running.process.signalCode === null;
      if (goesOn) await running.tell('quit').catch(() => {});
      const late = setTimeout(() => running.process.kill('SIGKILL'), quitMs);
      const code = await running.ended;
      clearTimeout(late);
      if (goesOn && code === null) throw new Error(`The program did not end when it was told to: ${running.output()}`);
      await browser.close().catch(() => {});
    },
  };
}
