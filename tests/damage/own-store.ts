/** For tests that change a store: each begins with one of its own that holds something of everything. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { ImportFile } from '../../src-shared/domain.ts';
import { makeFullStore } from './full-store.ts';

/**
 * Call it once, at the top of a test file.
 * @param laid is given the path of the store before each test, and of the one that it is a copy of
 */
export function useOwnStore(name: string, laid: (path: string, full: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), `salescope-${name}-`));
  let full = '';
  let place = 0;
  beforeAll(async () => {
    full = await makeFullStore(join(folder, 'full'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => {
    const home = join(folder, `home ${++place}`);
    mkdirSync(home);
    const path = join(home, 'shop.db');
    copyFileSync(full, path);
    laid(path, full);
  });
  return {
    /** Of the whole test file. */
    folder,
    fileOf(fileName: string, text: string): ImportFile {
      const path = join(folder, fileName);
      writeFileSync(path, text);
      return { path, name: fileName };
    },
  };
}
