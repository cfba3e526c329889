/** Signal 9 in the middle of everything that writes; `npm run bench:kill` does it 300 times. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { killStore } from '../damage/kill-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a killed program leaves the store as it was before or as it is after, never in between', async () => {
  const outcomes = await killStore(folder, 1, 1);
  expect(outcomes.map(({ name }) => name)).toEqual([
    'import',
    'undo',
    'rules',
    'publish',
    'train',
    'report',
    'backup',
    'restore',
  ]);
  for (const { name, wrong } of outcomes) expect(wrong, name).toEqual([]);
}, 240_000);
