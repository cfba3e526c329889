/** A damaged store refuses in words or answers what the whole one answers: never another figure. `bench:damage` tries more. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { damageStore, type Kind } from '../damage/damage-store.ts';
import { makeFullStore, rememberAnswer } from '../damage/full-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-damage-'));
const trials = 300;
let path: string;

beforeAll(async () => {
  path = await makeFullStore(folder);
  await rememberAnswer(path);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each<Kind>(['bit', 'truncation', 'zeroed page'])(`a %s in ${trials} places`, async (kind) => {
  const outcome = await damageStore(path, join(folder, 'damaged.db'), kind, trials, 1);
  expect(outcome.wrong).toEqual([]);
  expect(outcome.refused + outcome.harmless).toBe(trials);
  // The harness itself: it does damage what is read.
  expect(outcome.refused).toBeGreaterThan(trials / 5);
});
