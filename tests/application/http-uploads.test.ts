/** Files through the loopback door: copied privately, imported by their copy only, bounded, left nowhere. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, frames, HttpHarness } from './http-harness.ts';

let http: HttpHarness;

beforeEach(async () => {
  http = new HttpHarness();
  await http.open();
});
afterEach(() => http.close());

describe('files', () => {
  it('copies a file byte for byte where only the user can read it', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    const answer = await http.upload(bytes, 'März – sales.csv');
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
      const { path, name: label } = JSON.parse((await http.upload('x', name)).body);
      expect(label).toBe('secret.txt');
      expect(path.startsWith(join(http.root, 'uploads'))).toBe(true);
      expect(path).not.toContain('secret');
    }
    expect(JSON.parse((await http.upload('x', '')).body).name).toBe('file');
  });

  it('imports what was uploaded and no other file of the disk', async () => {
    const file = JSON.parse((await http.upload('a,b\n1,2\n')).body);
    expect(frames(await http.call('import.preview', { file })).at(-1)).toMatchObject({ kind: 'result' });
    const before = http.stub.calls.length;
    for (const path of [join(http.root, 'secret.txt'), '/etc/passwd', `${file.path}/../../x`, '', undefined, ['x']]) {
      for (const method of ['import.preview', 'import.run']) {
        const refused = await http.call(method, { file: { path, name: 'x' } });
        expect(refused.status).toBe(403);
        expect(errorOf(refused)?.code).toBe('forbidden');
      }
    }
    expect((await http.call('import.run', { file: file.path })).status).toBe(403);
    expect(http.stub.calls.length).toBe(before);
  });

  it('deletes the copy once it is imported, and never a file of the disk', async () => {
    const file = JSON.parse((await http.upload('a,b\n1,2\n')).body);
    await http.call('import.preview', { file });
    expect(existsSync(file.path)).toBe(true);
    await http.call('import.run', { file });
    expect(existsSync(file.path)).toBe(false);
    expect((await http.call('import.run', { file })).status).toBe(403);
    const own = join(http.root, 'secret.txt');
    http.door.open([own]);
    await http.call('import.run', { file: { path: own, name: 'secret.txt' } });
    expect(existsSync(own)).toBe(true);
  });

  it('says so when the disk has no room, and keeps nothing', async () => {
    await http.door.close();
    await http.open({ freeBytes: () => Promise.resolve(64 * 1024 * 1024 + 1000) });
    expect((await http.upload(Buffer.alloc(1000))).status).toBe(200);
    const refused = await http.upload(Buffer.alloc(5_000_000), 'big.csv');
    expect(errorOf(refused)).toMatchObject({
      code: 'file-not-readable',
      details: { name: 'big.csv', usableBytes: 1000 },
    });
    await http.upload(Buffer.alloc(5_000_000), 'big.csv', { 'transfer-encoding': 'chunked' }).catch(() => null);
    const [session] = readdirSync(join(http.root, 'uploads'));
    await expect.poll(() => readdirSync(join(http.root, 'uploads', session)).length).toBe(1);
  });

  it('keeps nothing of an upload that was broken off', async () => {
    const headers = http.own({ 'content-type': 'application/octet-stream', 'content-length': 1_000_000 });
    const request = httpRequest({
      host: '127.0.0.1',
      port: http.origin.port,
      path: '/api/upload?name=x',
      method: 'POST',
      headers,
    });
    request.on('error', () => {});
    request.write(Buffer.alloc(10_000));
    const [session] = readdirSync(join(http.root, 'uploads'));
    await expect.poll(() => readdirSync(join(http.root, 'uploads', session)).length).toBe(1);
    request.destroy();
    await expect.poll(() => readdirSync(join(http.root, 'uploads', session)).length).toBe(0);
  });

  it('wants the cookie, the origin and a declared body', async () => {
    expect((await http.upload('x', 'x', { cookie: '' })).status).toBe(403);
    expect((await http.upload('x', 'x', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await http.upload('x', 'x', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('deletes its copies when it closes, and those of a run that was killed', async () => {
    const { path } = JSON.parse((await http.upload('x')).body);
    // No process has this id: Linux ends at 4,194,304 and Windows ids are multiples of four.
    mkdirSync(join(http.root, 'uploads', 'uploads-4194305-00112233445566ff'));
    await http.door.close();
    expect(existsSync(path)).toBe(false);
    await http.open();
    expect(readdirSync(join(http.root, 'uploads')).length).toBe(1);
    expect(existsSync(join(http.root, 'uploads', 'uploads-4194305-00112233445566ff'))).toBe(false);
  });
});
