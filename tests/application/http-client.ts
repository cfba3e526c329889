/** A page's side of the HTTP door without a browser: opens the launch address, keeps the cookie, reads the frames. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Callable } from '../../src-main/doors/frames.ts';
import { serveHttp } from '../../src-main/doors/http.ts';
import type { Frame } from '../../src-shared/contract.ts';
import { fromErrorFrame } from '../../src-shared/errors.ts';

export interface HttpClient {
  call(method: string, input: unknown): Promise<unknown>;
  upload(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<{ path: string; name: string }>;
  /** Files the program was started with, as the page asks for them. */
  opened(): Promise<{ path: string; name: string }[]>;
  close(): Promise<void>;
}

/** Opens the launch address once and talks as the page would. */
export async function httpClient(url: string): Promise<Omit<HttpClient, 'close'>> {
  const { origin } = new URL(url);
  const launched = await fetch(url, { redirect: 'manual' });
  const cookie = String(launched.headers.get('set-cookie')).split(';')[0];
  const post = (path: string, type: string, body: BodyInit) =>
    fetch(`${origin}${path}`, { method: 'POST', headers: { cookie, origin, 'content-type': type }, body });
  return {
    async call(method, input) {
      const answer = await post('/api/call', 'application/json', JSON.stringify({ method, input }));
      const last: Frame = JSON.parse((await answer.text()).trimEnd().split('\n').at(-1)!);
      if (last.kind === 'error') throw fromErrorFrame(last.error);
      return last.kind === 'result' ? last.output : undefined;
    },
    opened: async () => (await fetch(`${origin}/api/opened`, { headers: { cookie, origin } })).json(),
    async upload(name, content) {
      return (await post(`/api/upload?name=${encodeURIComponent(name)}`, 'application/octet-stream', content)).json();
    },
  };
}

/** Serves the application on a free port and answers a client of it. */
export async function httpDoor(application: Callable): Promise<HttpClient> {
  const root = mkdtempSync(join(tmpdir(), 'salescope-client-'));
  const door = await serveHttp(application, { rendererDir: root, uploadDir: join(root, 'uploads') });
  return {
    ...(await httpClient(door.url)),
    async close() {
      await door.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
