/** An HTTP door on a stand-in for the application, and a client that can write any header. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Callable } from '../../src-main/doors/frames.ts';
import { type HttpDoor, serveHttp } from '../../src-main/doors/http.ts';
import type { CallOptions, Frame } from '../../src-shared/contract.ts';
import { AppError } from '../../src-shared/errors.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Sent {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}

/** A stand-in for the application: one method answers, one refuses, one runs until cancelled. */
class StubApplication {
  calls: { method: string; input: unknown }[] = [];
  cancelled: (() => void) | null = null;
  call = (async (method: string, input: unknown, { onProgress, signal }: CallOptions = {}) => {
    this.calls.push({ method, input });
    if (method === 'import.run') {
      onProgress?.({ done: 1, total: 2, note: 'half', rate: 10 });
      onProgress?.({ done: 2, total: 2, note: 'all', rate: 10 });
      return { imported: true };
    }
    if (method === 'forecast.run') {
      onProgress?.({ done: 0, total: null, note: 'training', rate: null });
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          this.cancelled?.();
          reject(new AppError('cancelled', 'Cancelled; nothing was changed.'));
        });
      });
    }
    if (method === 'overview.get') throw new AppError('no-data', 'There are no sales yet.', { hint: 1 });
    return { method, input };
  }) as Callable['call'];
}

export const frames = ({ body }: Answer): Frame[] =>
  body
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));

export const errorOf = (answer: Answer) => {
  const [frame] = frames(answer);
  return frame.kind === 'error' ? frame.error : null;
};

export class HttpHarness {
  readonly root = mkdtempSync(join(tmpdir(), 'salescope-http-'));
  readonly stub = new StubApplication();
  door!: HttpDoor;
  origin!: URL;
  cookie = '';

  constructor() {
    mkdirSync(join(this.root, 'renderer', 'assets'), { recursive: true });
    writeFileSync(join(this.root, 'renderer', 'index.html'), '<!doctype html><title>Salescope</title>');
    writeFileSync(join(this.root, 'renderer', 'assets', 'main.js'), 'export {};');
    writeFileSync(join(this.root, 'secret.txt'), 'outside the interface');
  }

  options(extra = {}) {
    return { rendererDir: join(this.root, 'renderer'), uploadDir: join(this.root, 'uploads'), ...extra };
  }

  /** Opens the door and its launch address. */
  async open(extra = {}): Promise<void> {
    this.door = await serveHttp(this.stub, this.options(extra));
    this.origin = new URL(this.door.url);
    const launched = await this.send(this.origin.pathname + this.origin.search);
    this.cookie = String(launched.headers['set-cookie']).split(';')[0];
  }

  async close(): Promise<void> {
    await this.door.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** What the browser sends with a request of its own page. */
  own(extra: OutgoingHttpHeaders = {}): OutgoingHttpHeaders {
    return { cookie: this.cookie, origin: this.origin.origin, ...extra };
  }

  send(path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { port } = this.origin;
      // A connection of its own: one kept from a door that has closed since would answer with a hang-up.
      const to = { host: '127.0.0.1', port, path, method, headers, agent: false };
      const request = httpRequest(to, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  call(method: unknown, input: unknown = {}, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    const body = JSON.stringify({ method, input });
    const own = this.own({ 'content-type': 'application/json', ...headers });
    return this.send('/api/call', { method: 'POST', headers: own, body });
  }

  upload(body: string | Buffer, name = 'sales.csv', headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    const own = this.own({ 'content-type': 'application/octet-stream', ...headers });
    return this.send(`/api/upload?name=${encodeURIComponent(name)}`, { method: 'POST', headers: own, body });
  }
}
