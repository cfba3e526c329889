/** The page's own client (src-renderer/client.ts) in front of a door, as pages use it, without a page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { vi } from 'vitest';
import type { Callable } from '../../src-main/doors/frames.ts';
import { serveHttp } from '../../src-main/doors/http.ts';
import type { Bridge } from '../../src-shared/bridge.ts';
import type { Call } from '../../src-shared/contract.ts';
import type { ImportFile } from '../../src-shared/domain.ts';
import { wire } from '../stand-in/wire.ts';

export interface PageClient {
  call: Call;
  prepareFile(file: File): Promise<ImportFile>;
  close(): Promise<void>;
}

/** The client picks its door when it is loaded, so it is loaded anew. */
async function loadClient(window: { salescope?: Bridge }): Promise<Omit<PageClient, 'close'>> {
  vi.resetModules();
  vi.stubGlobal('window', window);
  return import('../../src-renderer/client.ts');
}

/** @param files the paths of files the user may choose */
export async function electronClient(application: Callable, files: string[] = []): Promise<PageClient> {
  const paths = Object.fromEntries(files.map((path) => [basename(path), path]));
  const client = await loadClient({ salescope: wire(application).bridge({}, paths) });
  return { ...client, close: async () => void vi.unstubAllGlobals() };
}

export async function httpPageClient(application: Callable): Promise<PageClient> {
  const root = mkdtempSync(join(tmpdir(), 'salescope-client-'));
  const door = await serveHttp(application, { rendererDir: root, uploadDir: join(root, 'uploads') });
  const { origin } = new URL(door.url);
  const realFetch = globalThis.fetch;
  const launched = await realFetch(door.url, { redirect: 'manual' });
  const cookie = String(launched.headers.get('set-cookie')).split(';')[0];
  // What a browser adds to the page's requests by itself.
  const asBrowser = (path: string, init: RequestInit) =>
    realFetch(`${origin}/${path}`, { ...init, headers: { ...init.headers, cookie, origin } });
  vi.stubGlobal('fetch', asBrowser);
  const client = await loadClient({});
  return {
    ...client,
    async close() {
      vi.unstubAllGlobals();
      await door.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
