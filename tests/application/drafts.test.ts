/** What a killed run left is cleared up by the next one; what belongs to others, or to a run that lives, stays. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { draftOf, makeRunFolder } from '../../src-main/drafts.ts';
import { onStore } from '../damage/full-store.ts';

const root = mkdtempSync(join(tmpdir(), 'salescope-drafts-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
// No process has this id: Linux ends at 4,194,304 and Windows ids are multiples of four.
const gone = 4194305;

it('a program that owns the store clears up beside it, among its copies and among the temporary files', async () => {
  const copies = join(root, 'backups', 'shop');
  mkdirSync(copies, { recursive: true });
  const left = [
    join(root, `shop.db.${gone}.part`),
    join(root, `shop.db.${gone}.part-journal`),
    join(root, `shop.db.owner.json.${gone}.part`),
    join(copies, `2026-12-01T10-04-33-123-import.salescope.${gone}.part`),
    join(tmpdir(), `salescope-read-${gone}-00112233445566ff`),
  ];
  const kept = [
    join(root, `other.db.${gone}.part`),
    join(copies, `holiday.mov.${gone}.part`),
    join(root, 'shop.db.xlsx'),
    // This process lives.
    draftOf(join(root, 'shop.db.machine.json')),
  ];
  for (const path of [...left, ...kept]) writeFileSync(path, 'x');
  await onStore(join(root, 'shop.db'), (run) => run('store.state', {}));
  expect(left.filter((path) => existsSync(path))).toEqual([]);
  expect(kept.filter((path) => !existsSync(path))).toEqual([]);
});

it('a run’s own folder is for this user alone', () => {
  const folder = makeRunFolder(join(root, 'runs'), 'work (1)');
  mkdirSync(join(root, 'runs', `work (1)-${gone}-00112233445566ff`));
  mkdirSync(join(root, 'runs', `work-${gone}-00112233445566ff`));
  const again = makeRunFolder(join(root, 'runs'), 'work (1)');
  const names = readdirSync(join(root, 'runs'));
  expect(names.map((name) => join(root, 'runs', name)).sort()).toEqual(
    [folder, again, join(root, 'runs', `work-${gone}-00112233445566ff`)].sort(),
  );
});
