/** The loopback door from outside: who is let in, what is carried, what is refused. */
import { type OutgoingHttpHeaders, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveHttp } from '../../src-main/doors/http.ts';
import { contentSecurityPolicy } from '../../src-main/doors/security-policy.ts';
import { errorOf, frames, HttpHarness } from './http-harness.ts';

let http: HttpHarness;

beforeEach(async () => {
  http = new HttpHarness();
  await http.open();
});
afterEach(() => http.close());

describe('who is let in', () => {
  it('opens once by the launch address, with a cookie that scripts and other sites cannot use', async () => {
    const fresh = new URL(http.door.newUrl());
    // As a file of the user's own disk leads there.
    const first = await http.send(fresh.pathname + fresh.search, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(first.status).toBe(200);
    expect(first.body).toContain('<meta http-equiv="refresh" content="0;url=/">');
    expect(String(first.headers['set-cookie'])).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const again = await http.send(fresh.pathname + fresh.search);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(http.door.url).not.toBe(http.door.newUrl());
  });

  it('tells the page once of the files it was started with, which it may then read', async () => {
    const path = join(http.root, 'sales.csv');
    http.door.open([path]);
    const asked = () => http.send('/api/opened', { headers: http.own() });
    expect(JSON.parse((await asked()).body)).toEqual([{ path, name: 'sales.csv' }]);
    expect(JSON.parse((await asked()).body)).toEqual([]);
    expect((await http.send('/api/opened')).status).toBe(403);
    expect(errorOf(await http.call('import.preview', { file: { path, name: 'sales.csv' } }))).toBeNull();
  });

  it('refuses a wrong, empty or missing token', async () => {
    for (const path of ['/launch?token=wrong', '/launch?token=', '/launch'])
      expect((await http.send(path)).status).toBe(403);
  });

  it('serves the interface only with the cookie', async () => {
    expect((await http.send('/', { headers: { cookie: http.cookie } })).body).toContain('<title>Salescope');
    for (const path of ['/', '/assets/main.js', '/no-such-page']) {
      const refused = await http.send(path);
      expect(refused.status).toBe(403);
      expect(refused.body).not.toContain('<title>');
    }
    expect((await http.send('/', { headers: { cookie: `${http.cookie}x` } })).status).toBe(403);
    expect((await http.send('/', { headers: { cookie: `other=1; ${http.cookie}` } })).status).toBe(200);
  });

  it('answers 421 to any other host name, so that a rebound name reaches nothing', async () => {
    for (const host of [
      'evil.example',
      'localhost',
      `localhost:${http.origin.port}`,
      '127.0.0.1',
      `127.0.0.1:${Number(http.origin.port) + 1}`,
    ]) {
      expect((await http.send('/', { headers: { cookie: http.cookie, host } })).status).toBe(421);
      expect((await http.call('app.info', {}, { host })).status).toBe(421);
    }
    expect(http.stub.calls).toEqual([]);
  });

  it('refuses another origin, a missing origin and other sites', async () => {
    const port = Number(http.origin.port);
    for (const other of ['http://evil.example', 'null', `https://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`]) {
      expect((await http.call('app.info', {}, { origin: other })).status).toBe(403);
    }
    const headers = { cookie: http.cookie, 'content-type': 'application/json' };
    expect((await http.send('/api/call', { method: 'POST', headers, body: '{"method":"app.info"}' })).status).toBe(403);
    for (const site of ['cross-site', 'same-site', 'none']) {
      expect((await http.call('app.info', {}, { 'sec-fetch-site': site })).status).toBe(403);
    }
    expect((await http.send('/', { headers: { cookie: http.cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(
      403,
    );
    expect((await http.send('/', { headers: { cookie: http.cookie, 'sec-fetch-site': 'none' } })).status).toBe(200);
    expect(http.stub.calls).toEqual([]);
    expect((await http.call('app.info', {}, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('listens on the loopback address only', async () => {
    expect(http.origin.hostname).toBe('127.0.0.1');
    await expect(serveHttp(http.stub, http.options({ port: Number(http.origin.port) }))).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('sends the content security policy and its companions with every answer', async () => {
    for (const answer of [
      await http.send('/', { headers: { cookie: http.cookie } }),
      await http.send('/'),
      await http.call('app.info'),
      await http.send('/%'),
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
    const script = await http.send('/assets/main.js', { headers: { cookie: http.cookie } });
    expect([script.status, script.body]).toEqual([200, 'export {};']);
    expect(script.headers['content-type']).toContain('javascript');
    expect((await http.send('/customers', { headers: { cookie: http.cookie } })).body).toContain('<title>Salescope');
    expect((await http.send('/assets/none.js', { headers: { cookie: http.cookie } })).status).toBe(404);
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
      const answer = await http.send(path, { headers: { cookie: http.cookie } });
      expect(answer.body).not.toContain('outside the interface');
      expect(answer.status).toBeLessThan(500);
    }
    for (const path of ['/%', '/%E0%A4%A', '/assets/%'])
      expect((await http.send(path, { headers: { cookie: http.cookie } })).status).toBe(400);
    const ranged = await http.send('/assets/main.js', { headers: { cookie: http.cookie, range: 'bytes=9-1' } });
    expect([ranged.status, ranged.body]).toEqual([200, 'export {};']);
  });

  it('answers 405 to other verbs', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'POST']) {
      expect((await http.send('/', { method, headers: http.own() })).status).toBe(405);
    }
  });
});

describe('calls', () => {
  it('carries progress frames, then the result', async () => {
    const answer = await http.call('import.run', {});
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    expect(frames(answer)).toEqual([
      { kind: 'progress', progress: { done: 1, total: 2, note: 'half', rate: 10 } },
      { kind: 'progress', progress: { done: 2, total: 2, note: 'all', rate: 10 } },
      { kind: 'result', output: { imported: true } },
    ]);
  });

  it("carries the application's error with its code and details", async () => {
    expect(frames(await http.call('overview.get'))).toEqual([
      { kind: 'error', error: { code: 'no-data', message: 'There are no sales yet.', details: { hint: 1 } } },
    ]);
  });

  it('sends a frame as soon as it is there', async () => {
    const seen = await new Promise<string>((resolve) => {
      const body = JSON.stringify({ method: 'forecast.run', input: {} });
      const headers = http.own({ 'content-type': 'application/json' });
      const request = httpRequest(
        { host: '127.0.0.1', port: http.origin.port, path: '/api/call', method: 'POST', headers },
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
      http.stub.cancelled = resolve;
    });
    const headers = http.own({ 'content-type': 'application/json' });
    const request = httpRequest(
      { host: '127.0.0.1', port: http.origin.port, path: '/api/call', method: 'POST', headers },
      () => request.destroy(),
    );
    request.on('error', () => {});
    request.end(JSON.stringify({ method: 'forecast.run', input: {} }));
    await cancelled;
    expect((await http.call('app.info')).status).toBe(200);
  });

  it('cancels what runs when the door closes', async () => {
    const cancelled = new Promise<void>((resolve) => {
      http.stub.cancelled = resolve;
    });
    const running = http.call('forecast.run').catch(() => null);
    await expect.poll(() => http.stub.calls.length).toBe(1);
    await http.door.close();
    await cancelled;
    await running;
    await http.open();
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
      expect(errorOf(await http.call(method))?.code).toBe('unknown-method');
    }
    expect(http.stub.calls).toEqual([]);
  });

  it('refuses bodies that are not JSON, not declared so, or too long, and lives on', async () => {
    const json = { 'content-type': 'application/json' };
    const post = (headers: OutgoingHttpHeaders, body: string) =>
      http.send('/api/call', { method: 'POST', headers: http.own(headers), body });
    expect((await post(json, '{')).status).toBe(400);
    expect((await post(json, '')).status).toBe(400);
    for (const body of ['null', '7', '"app.info"', '[]'])
      expect(errorOf(await post(json, body))?.code).toBe('unknown-method');
    expect((await post({ 'content-type': 'text/plain' }, '{"method":"app.info"}')).status).toBe(415);
    expect((await post({}, '{"method":"app.info"}')).status).toBe(415);
    const long = JSON.stringify({ method: 'app.info', input: 'x'.repeat(1_000_001) });
    expect((await post(json, long)).status).toBe(413);
    await post({ ...json, 'transfer-encoding': 'chunked' }, long).catch(() => null);
    expect(http.stub.calls).toEqual([]);
    expect((await post({ 'content-type': 'application/json; charset=utf-8' }, '{"method":"app.info"}')).status).toBe(
      200,
    );
  });
});

it('after a restart on the same port the old cookie and the old address are worthless', async () => {
  const { port } = http.origin;
  const oldCookie = http.cookie;
  const oldUrl = new URL(http.door.newUrl());
  await http.door.close();
  await http.open({ port: Number(port) });
  expect(http.origin.port).toBe(port);
  expect((await http.send('/', { headers: { cookie: oldCookie } })).status).toBe(403);
  expect((await http.send(oldUrl.pathname + oldUrl.search)).status).toBe(403);
  expect((await http.send('/', { headers: { cookie: http.cookie } })).status).toBe(200);
});
