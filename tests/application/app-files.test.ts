/** The interface's files as Electron's own scheme serves them: with the content policy, and none from outside the folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answerAppFile } from '../../src-main/doors/app-files.ts';
import { contentSecurityPolicy } from '../../src-main/doors/security-policy.ts';

describe("the interface's files", () => {
  const root = mkdtempSync(join(tmpdir(), 'salescope-app-'));
  const renderer = join(root, 'renderer');
  mkdirSync(renderer);
  writeFileSync(join(renderer, 'index.html'), 'the page');
  writeFileSync(join(renderer, 'main.js'), 'the script');
  writeFileSync(join(root, 'secret.txt'), 'outside');
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const get = (url: string, method = 'GET') => answerAppFile(renderer, { url, method });

  it('are served with the content security policy', async () => {
    for (const [url, type, text] of [
      ['app://salescope/', 'text/html', 'the page'],
      ['app://salescope/customers?x=1', 'text/html', 'the page'],
      ['app://salescope/main.js', 'text/javascript', 'the script'],
    ]) {
      const answer = await get(url);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
      expect(await answer.text()).toBe(text);
    }
  });

  it('end at their folder', async () => {
    const urls = [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/..%5csecret.txt',
      '/%2e%2e%2fsecret.txt',
      '/%',
      '/a%00.txt',
      '/none.js',
    ];
    for (const url of urls) {
      const answer = await get(`app://salescope${url}`);
      expect(await answer.text(), url).not.toContain('outside');
    }
    expect((await get('app://salescope/..%2fsecret.txt')).status).toBe(400);
    expect((await get('app://salescope/%E0.txt')).status).toBe(400);
    expect((await get('app://salescope/none.js')).status).toBe(404);
    expect((await get('app://other/main.js')).status).toBe(403);
    expect((await get('app://salescope/main.js', 'POST')).status).toBe(405);
  });
});
