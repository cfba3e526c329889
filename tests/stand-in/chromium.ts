/** A headless Chromium that lives and dies with this process, steered over its DevTools pipe. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from 'playwright';
import { findBrowser } from '../../src-main/doors/browser.ts';

/** The browser or one page of it; commands and events by the protocol's own names and shapes. */
export type Session = Pick<CDPSession, 'send' | 'on'>;

export interface Chromium {
  browser: Session;
  attach(targetId: string): Promise<Session>;
  /** Where Playwright connects, as a second one that steers. */
  address: Promise<string>;
  process: ChildProcess;
}

interface Message {
  id?: number;
  method: string;
  params: unknown;
  sessionId?: string;
  result: unknown;
  error?: { message: string };
}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** @param profile the browser's own folder */
export function openChromium(profile: string, args: string[]): Chromium {
  const steering = ['--headless', '--remote-debugging-pipe', '--remote-debugging-port=0'];
  const child = spawn(findBrowser()!.path, [...steering, `--user-data-dir=${profile}`, ...args, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [toBrowser, fromBrowser] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, Waiting>();
  const events = new Map<string, EventEmitter>();
  let lastId = 0;
  let rest = '';

  function receive({ id, method, params, sessionId = '', result, error }: Message): void {
    if (id === undefined) return void events.get(sessionId)?.emit(method, params);
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  }

  fromBrowser.setEncoding('utf8').on('data', (chunk: string) => {
    const pieces = (rest + chunk).split('\0');
    rest = pieces.pop()!;
    for (const piece of pieces) receive(JSON.parse(piece));
  });
  // A browser that has gone answers nothing more, and nobody waits for it.
  toBrowser.on('error', () => {});

  function session(sessionId: string): Session {
    const heard = new EventEmitter();
    events.set(sessionId, heard);
    const send = (method: string, params: object = {}) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        toBrowser.write(`${JSON.stringify({ id, method, params, sessionId: sessionId || undefined })}\0`);
      });
    return { send: send as Session['send'], on: heard.on.bind(heard) as unknown as Session['on'] };
  }

  const address = new Promise<string>((resolve) => {
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const found = /ws:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
  });
  const browser = session('');
  return {
    browser,
    async attach(targetId) {
      const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
      return session(sessionId);
    },
    address,
    process: child,
  };
}
