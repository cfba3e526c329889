/** The loopback door from outside: who is let in, what is carried, what is refused, what is left behind. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Callable } from '../../src-main/doors/frames.ts';
import { type HttpDoor, serveHttp } from '../../src-main/doors/http.ts';
import { contentSecurityPolicy } from '../../src-main/doors/security-policy.ts';
import type { CallOptions, Frame } from '../../src-shared/contract.ts';
import { AppError } from '../../src-shared/errors.ts';

interface Answer {
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

let root: string;
let stub: StubApplication;
let door: HttpDoor;
let origin: URL;
let cookie: string;

const options = (extra = {}) => ({ rendererDir: join(root, 'renderer'), uploadDir: join(root, 'uploads'), ...extra });

function send(path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: origin.port, path, method, headers }, (response) => {
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

const own = (extra: OutgoingHttpHeaders = {}): OutgoingHttpHeaders => ({ cookie, origin: origin.origin, ...extra });
const frames = ({ body }: Answer): Frame[] =>
  body
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));
const errorOf = (answer: Answer) => {
  const [frame] = frames(answer);
  return frame.kind === 'error' ? frame.error : null;
};

function call(method: unknown, input: unknown = {}, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  const body = JSON.stringify({ method, input });
  return send('/api/call', { method: 'POST', headers: own({ 'content-type': 'application/json', ...headers }), body });
}

function upload(body: string | Buffer, name = 'sales.csv', headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  const path = `/api/upload?name=${encodeURIComponent(name)}`;
  return send(path, { method: 'POST', headers: own({ 'content-type': 'application/octet-stream', ...headers }), body });
}

async function open(extra = {}): Promise<void> {
  door = await serveHttp(stub, options(extra));
  origin = new URL(door.url);
  const launched = await send(origin.pathname + origin.search);
  cookie = String(launched.headers['set-cookie']).split(';')[0];
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'salescope-http-'));
  mkdirSync(join(root, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(root, 'renderer', 'index.html'), '<!doctype html><title>Salescope</title>');
  writeFileSync(join(root, 'renderer', 'assets', 'main.js'), 'export {};');
  writeFileSync(join(root, 'secret.txt'), 'outside the interface');
  stub = new StubApplication();
  await open();
});

afterEach(async () => {
  await door.close();
  rmSync(root, { recursive: true, force: true });
});

describe('who is let in', () => {
  it('opens once by the launch address, with a cookie that scripts and other sites cannot use', async () => {
    const fresh = new URL(door.newUrl());
    const first = await send(fresh.pathname + fresh.search);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(String(first.headers['set-cookie'])).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const again = await send(fresh.pathname + fresh.search);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(door.url).not.toBe(door.newUrl());
  });

  it('refuses a wrong, empty or missing token', async () => {
    for (const path of ['/launch?token=wrong', '/launch?token=', '/launch'])
      expect((await send(path)).status).toBe(403);
  });

  it('serves the interface only with the cookie', async () => {
    expect((await send('/', { headers: { cookie } })).body).toContain('<title>Salescope');
    for (const path of ['/', '/assets/main.js', '/no-such-page']) {
      const refused = await send(path);
      expect(refused.status).toBe(403);
      expect(refused.body).not.toContain('<title>');
    }
    expect((await send('/', { headers: { cookie: `${cookie}x` } })).status).toBe(403);
    expect((await send('/', { headers: { cookie: `other=1; ${cookie}` } })).status).toBe(200);
  });

  it('answers 421 to any other host name, so that a rebound name reaches nothing', async () => {
    for (const host of [
      'evil.example',
      'localhost',
      `localhost:${origin.port}`,
      '127.0.0.1',
      `127.0.0.1:${Number(origin.port) + 1}`,
    ]) {
      expect((await send('/', { headers: { cookie, host } })).status).toBe(421);
      expect((await call('app.info', {}, { host })).status).toBe(421);
    }
    expect(stub.calls).toEqual([]);
  });

  it('refuses another origin, a missing origin and other sites', async () => {
    const port = Number(origin.port);
    for (const other of ['http://evil.example', 'null', `https://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`]) {
      expect((await call('app.info', {}, { origin: other })).status).toBe(403);
    }
    const headers = { cookie, 'content-type': 'application/json' };
    expect((await send('/api/call', { method: 'POST', headers, body: '{"method":"app.info"}' })).status).toBe(403);
    for (const site of ['cross-site', 'same-site', 'none']) {
      expect((await call('app.info', {}, { 'sec-fetch-site': site })).status).toBe(403);
    }
    expect((await send('/', { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await send('/', { headers: { cookie, 'sec-fetch-site': 'none' } })).status).toBe(200);
    expect(stub.calls).toEqual([]);
    expect((await call('app.info', {}, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('listens on the loopback address only', async () => {
    expect(origin.hostname).toBe('127.0.0.1');
    await expect(serveHttp(stub, options({ port: Number(origin.port) }))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('sends the content security policy and its companions with every answer', async () => {
    for (const answer of [
      await send('/', { headers: { cookie } }),
      await send('/'),
      await call('app.info'),
      await send('/%'),
    ]) {
      expect(answer.headers['content-security-policy']).toBe(contentSecurityPolicy);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('the interface', () => {
  it('serves its files, and index.html for the pages of the router', async () => {
    const script = await send('/assets/main.js', { headers: { cookie } });
    expect([script.status, script.body]).toEqual([200, 'export {};']);
    expect(script.headers['content-type']).toContain('javascript');
    expect((await send('/customers', { headers: { cookie } })).body).toContain('<title>Salescope');
    expect((await send('/assets/none.js', { headers: { cookie } })).status).toBe(404);
  });

  it('survives malformed paths and never leaves its directory', async () => {
    const paths = [
      '/%',
      '/%E0%A4%A',
      '/%00',
      '/..%2fsecret.txt',
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%5csecret.txt',
      '//evil.example/x',
      '/assets/%',
    ];
    for (const path of paths) {
      const answer = await send(path, { headers: { cookie } });
      expect(answer.body).not.toContain('outside the interface');
      expect(answer.status).toBeLessThan(500);
    }
    for (const path of ['/%', '/%E0%A4%A', '/assets/%'])
      expect((await send(path, { headers: { cookie } })).status).toBe(400);
    const ranged = await send('/assets/main.js', { headers: { cookie, range: 'bytes=9-1' } });
    expect([ranged.status, ranged.body]).toEqual([200, 'export {};']);
  });

  it('answers 405 to other verbs', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'POST']) {
      expect((await send('/', { method, headers: own() })).status).toBe(405);
    }
  });
});

describe('calls', () => {
  it('carries progress frames, then the result', async () => {
    const answer = await call('import.run', {});
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    expect(frames(answer)).toEqual([
      { kind: 'progress', progress: { done: 1, total: 2, note: 'half', rate: 10 } },
      { kind: 'progress', progress: { done: 2, total: 2, note: 'all', rate: 10 } },
      { kind: 'result', output: { imported: true } },
    ]);
  });

  it("carries the application's error with its code and details", async () => {
    expect(frames(await call('overview.get'))).toEqual([
      { kind: 'error', error: { code: 'no-data', message: 'There are no sales yet.', details: { hint: 1 } } },
    ]);
  });

  it('sends a frame as soon as it is there', async () => {
    const seen = await new Promise<string>((resolve) => {
      const body = JSON.stringify({ method: 'forecast.run', input: {} });
      const headers = own({ 'content-type': 'application/json' });
      const request = httpRequest(
        { host: '127.0.0.1', port: origin.port, path: '/api/call', method: 'POST', headers },
        (response) => {
          response.once('data', (chunk) => {
            resolve(String(chunk));
            request.destroy();
          });
        },
      );
      request.on('error', () => {});
      request.end(body);
    });
    expect(JSON.parse(seen)).toMatchObject({ kind: 'progress', progress: { note: 'training' } });
  });

  it('cancels when the client goes away', async () => {
    const cancelled = new Promise<void>((resolve) => {
      stub.cancelled = resolve;
    });
    const headers = own({ 'content-type': 'application/json' });
    const request = httpRequest(
      { host: '127.0.0.1', port: origin.port, path: '/api/call', method: 'POST', headers },
      () => request.destroy(),
    );
    request.on('error', () => {});
    request.end(JSON.stringify({ method: 'forecast.run', input: {} }));
    await cancelled;
    expect((await call('app.info')).status).toBe(200);
  });

  it('cancels what runs when the door closes', async () => {
    const cancelled = new Promise<void>((resolve) => {
      stub.cancelled = resolve;
    });
    const running = call('forecast.run').catch(() => null);
    await expect.poll(() => stub.calls.length).toBe(1);
    await door.close();
    await cancelled;
    await running;
    await open();
  });

  it('knows the methods of the contract only', async () => {
    for (const method of [
      'no.such',
      'constructor',
      '__proto__',
      'toString',
      'hasOwnProperty',
      '',
      7,
      null,
      undefined,
      ['app.info'],
      {},
    ]) {
      expect(errorOf(await call(method))?.code).toBe('unknown-method');
    }
    expect(stub.calls).toEqual([]);
  });

  it('refuses bodies that are not JSON, not declared so, or too long, and lives on', async () => {
    const json = { 'content-type': 'application/json' };
    const post = (headers: OutgoingHttpHeaders, body: string) =>
      send('/api/call', { method: 'POST', headers: own(headers), body });
    expect((await post(json, '{')).status).toBe(400);
    expect((await post(json, '')).status).toBe(400);
    for (const body of ['null', '7', '"app.info"', '[]'])
      expect(errorOf(await post(json, body))?.code).toBe('unknown-method');
    expect((await post({ 'content-type': 'text/plain' }, '{"method":"app.info"}')).status).toBe(415);
    expect((await post({}, '{"method":"app.info"}')).status).toBe(415);
    const long = JSON.stringify({ method: 'app.info', input: 'x'.repeat(1_000_001) });
    expect((await post(json, long)).status).toBe(413);
    await post({ ...json, 'transfer-encoding': 'chunked' }, long).catch(() => null);
    expect(stub.calls).toEqual([]);
    expect((await post({ 'content-type': 'application/json; charset=utf-8' }, '{"method":"app.info"}')).status).toBe(
      200,
    );
  });
});

describe('files', () => {
  it('copies a file byte for byte where only the user can read it', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    const answer = await upload(bytes, 'März – sales.csv');
    expect(answer.status).toBe(200);
    const { path, name } = JSON.parse(answer.body);
    expect(name).toBe('März – sales.csv');
    expect(readFileSync(path).equals(bytes)).toBe(true);
    if (process.platform !== 'win32') {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    }
  });

  it('takes the name as a label only', async () => {
    for (const name of ['../../secret.txt', 'C:\\Users\\me\\secret.txt', '/etc/secret.txt']) {
      const { path, name: label } = JSON.parse((await upload('x', name)).body);
      expect(label).toBe('secret.txt');
      expect(path.startsWith(join(root, 'uploads'))).toBe(true);
      expect(path).not.toContain('secret');
    }
    expect(JSON.parse((await upload('x', '')).body).name).toBe('file');
  });

  it('imports what was uploaded and no other file of the disk', async () => {
    const file = JSON.parse((await upload('a,b\n1,2\n')).body);
    expect(frames(await call('import.preview', { file })).at(-1)).toMatchObject({ kind: 'result' });
    const before = stub.calls.length;
    for (const path of [join(root, 'secret.txt'), '/etc/passwd', `${file.path}/../../x`, '', undefined, ['x']]) {
      for (const method of ['import.preview', 'import.run']) {
        const refused = await call(method, { file: { path, name: 'x' } });
        expect(refused.status).toBe(403);
        expect(errorOf(refused)?.code).toBe('forbidden');
      }
    }
    expect((await call('import.run', { file: file.path })).status).toBe(403);
    expect(stub.calls.length).toBe(before);
  });

  it('says so when the disk has no room, and keeps nothing', async () => {
    await door.close();
    await open({ freeBytes: () => Promise.resolve(64 * 1024 * 1024 + 1000) });
    expect((await upload(Buffer.alloc(1000))).status).toBe(200);
    const refused = await upload(Buffer.alloc(5_000_000), 'big.csv');
    expect(errorOf(refused)).toMatchObject({
      code: 'file-not-readable',
      details: { name: 'big.csv', usableBytes: 1000 },
    });
    await upload(Buffer.alloc(5_000_000), 'big.csv', { 'transfer-encoding': 'chunked' }).catch(() => null);
    const [session] = readdirSync(join(root, 'uploads'));
    await expect.poll(() => readdirSync(join(root, 'uploads', session)).length).toBe(1);
  });

  it('keeps nothing of an upload that was broken off', async () => {
    const headers = own({ 'content-type': 'application/octet-stream', 'content-length': 1_000_000 });
    const request = httpRequest({
      host: '127.0.0.1',
      port: origin.port,
      path: '/api/upload?name=x',
      method: 'POST',
      headers,
    });
    request.on('error', () => {});
    request.write(Buffer.alloc(10_000));
    const [session] = readdirSync(join(root, 'uploads'));
    await expect.poll(() => readdirSync(join(root, 'uploads', session)).length).toBe(1);
    request.destroy();
    await expect.poll(() => readdirSync(join(root, 'uploads', session)).length).toBe(0);
  });

  it('wants the cookie, the origin and a declared body', async () => {
    expect((await upload('x', 'x', { cookie: '' })).status).toBe(403);
    expect((await upload('x', 'x', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await upload('x', 'x', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('deletes its copies when it closes, and those of a run that was killed', async () => {
    const { path } = JSON.parse((await upload('x')).body);
    // No process has this id: Linux ends at 4,194,304 and Windows ids are multiples of four.
    mkdirSync(join(root, 'uploads', 'uploads-4194305-dead'));
    await door.close();
    expect(existsSync(path)).toBe(false);
    await open();
    expect(readdirSync(join(root, 'uploads')).length).toBe(1);
    expect(existsSync(join(root, 'uploads', 'uploads-4194305-dead'))).toBe(false);
  });
});

it('after a restart on the same port the old cookie and the old address are worthless', async () => {
  const { port } = origin;
  const oldCookie = cookie;
  const oldUrl = new URL(door.newUrl());
  await door.close();
  await open({ port: Number(port) });
  expect(origin.port).toBe(port);
  expect((await send('/', { headers: { cookie: oldCookie } })).status).toBe(403);
  expect((await send(oldUrl.pathname + oldUrl.search)).status).toBe(403);
  expect((await send('/', { headers: { cookie } })).status).toBe(200);
});
