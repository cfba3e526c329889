/** Copies of the store: how many stay, where they lie, every way back from one, and the company in one file. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type {
  Backup,
  BackupList,
  BackupPlaces,
  ImportRecord,
  ImportResult,
  MadeFile,
  Overview,
  StoreReplaced,
  StoreState,
} from '../../src-shared/domain.ts';
import { superfluous } from '../../src-main/store/backups.ts';
import { migrations } from '../../src-main/store/migrations.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { damagePrices, figuresOf, onCopiedStore as on, type Run, salesCsv } from '../damage/full-store.ts';
import { useOwnStore } from '../damage/own-store.ts';

let path: string;
let full: string;
const { folder, fileOf } = useOwnStore('backups', (at, from) => {
  path = at;
  full = from;
});
const list = (run: Run): Promise<BackupList> => run('backup.list');

describe('which copies stay', () => {
  const hourMs = 3_600_000;
  const now = new Date('2026-12-01T12:00:00.000Z');
  const at = (id: string, hoursAgo: number) => ({
    id,
    madeAt: new Date(now.getTime() - hoursAgo * hourMs).toISOString(),
  });

  it('the ten newest and the newest of each of eight weeks, by a calendar made by hand', () => {
    const copies = [
      // This week: twelve within a day; the two oldest of them may go.
      ...Array.from({ length: 12 }, (_, n) => at(`now ${n}`, n)),
      // Two a week for the ten weeks before, on its second and its sixth day; weeks count back from now.
      ...Array.from({ length: 10 }, (_, week) => [
        at(`week ${week + 1} late`, ((week + 1) * 7 + 1) * 24),
        at(`week ${week + 1} early`, ((week + 1) * 7 + 5) * 24),
      ]).flat(),
    ];
    const gone = superfluous(copies, now);
    expect(gone).toEqual([
      'now 10',
      'now 11',
      ...[1, 2, 3, 4, 5, 6, 7].map((week) => `week ${week} early`),
      'week 8 late',
      'week 8 early',
      'week 9 late',
      'week 9 early',
      'week 10 late',
      'week 10 early',
    ]);
    const kept = copies.filter(({ id }) => !gone.includes(id));
    expect(kept).toHaveLength(17);
    // What stays does so at the next look too, in whatever order the folder names it.
    expect(superfluous([...kept].reverse(), now)).toEqual([]);
  });

  it('all, while there are ten or fewer, however old they are', () => {
    const old = Array.from({ length: 10 }, (_, n) => at(`old ${n}`, 24 * 400 + n));
    expect(superfluous(old, now)).toEqual([]);
    expect(superfluous([...old, at('new', 0)], now)).toEqual(['old 9']);
  });

  it('one by one in the folder itself, as copies are made', async () => {
    await on(path, async (run) => {
      for (let n = 0; n < 12; n++) await run('backup.make');
      // The newest of this week is among the ten newest.
      expect((await list(run)).backups).toHaveLength(10);
    });
    expect(readdirSync(join(path, '..', 'backups', 'shop'))).toHaveLength(10);
  });
});

describe('a copy', () => {
  it('says what it holds and is the store to the last figure', async () => {
    const made = await on(path, async (run) => {
      const copy: Backup = await run('backup.make');
      const overview: Overview = await run('overview.get', { filter: {} });
      expect(copy).toMatchObject({
        reason: 'manual',
        businessName: 'Corner shop',
        currency: 'EUR',
        revenue: overview.total.revenue,
        lastImport: { fileName: 'events.csv' },
      });
      const imports: ImportRecord[] = await run('import.list');
      const lines = imports
        .filter(({ kind }) => kind === 'sales')
        .reduce((sum, one) => sum + one.kept + one.duplicates, 0);
      expect(copy.lines).toBe(lines);
      expect((await list(run)).backups).toEqual([copy]);
      return copy;
    });
    const copied = join(folder, 'copied.db');
    copyFileSync(join(made.folder, made.id), copied);
    expect(await figuresOf(copied)).toBe(await figuresOf(full));
  });

  it('is made before an import and before one is undone, once for each state of the store', async () => {
    await on(path, async (run) => {
      const added: ImportResult = await run('import.run', {
        file: fileOf('again.csv', salesCsv(100, 9000)),
        options: {},
      });
      await run('import.undo', { importId: added.id });
      await run('import.run', { file: fileOf('again.csv', salesCsv(100, 9000)), options: {} });
      const { backups } = await list(run);
      expect(backups.map(({ reason }) => reason)).toEqual(['import', 'undo', 'import']);
      expect(backups[1].lines - backups[2].lines).toBe(added.kept + added.duplicates);
    });
  });

  it('is made before an older store is brought up, and can be gone back to', async () => {
    copyFileSync(resolve(import.meta.dirname, '../fixtures/store-v3.db'), path);
    const before = await on(path, (run) => run('overview.get', { filter: {} }));
    await on(path, async (run) => {
      const [copy] = (await list(run)).backups;
      expect(copy).toMatchObject({ reason: 'upgrade', lines: 7, currency: 'EUR', revenue: null });
      await run('settings.set', { businessName: 'Another' });
      await run('backup.restore', { id: copy.id });
      expect(await run('overview.get', { filter: {} })).toEqual(before);
    });
  });

  it('that cannot be made does not keep an import from being done, which says so', async () => {
    const stick = join(folder, 'stick away');
    mkdirSync(stick);
    await on(path, async (run) => {
      await run('backup.setPlaces', { folder: stick });
      rmSync(stick, { recursive: true });
      const result: ImportResult = await run('import.run', {
        file: fileOf('more sales.csv', salesCsv(50, 9000)),
        options: {},
      });
      expect(result.kept).toBeGreaterThan(0);
      expect(result.notes[0]).toMatchObject({
        code: 'backup-failed',
        params: { reason: expect.stringContaining(stick) },
      });
      // Not made anew on the disk where it is not.
      expect(existsSync(stick)).toBe(false);
      await expect(run('backup.make')).rejects.toMatchObject({ code: 'file-not-readable' });
    });
  });
});

describe('the two places', () => {
  const newFolder = (name: string) => {
    const made = join(folder, `${basename(dirname(path))} ${name}`);
    mkdirSync(made);
    return made;
  };

  it('every copy goes to both; one that is in both is listed once', async () => {
    const [first, second] = [newFolder('first'), newFolder('second')];
    await on(path, async (run) => {
      const places: BackupPlaces = await run('backup.setPlaces', { folder: first, second });
      expect(places).toEqual({ folder: first, isDefault: false, second, secondTrouble: '' });
      const made: Backup = await run('backup.make');
      expect(readFileSync(join(second, 'shop', made.id)).equals(readFileSync(join(first, made.id)))).toBe(true);
      expect((await list(run)).backups).toEqual([made]);
      // The first place is gone with all that lay there.
      rmSync(first, { recursive: true });
      const [other] = (await list(run)).backups;
      expect(other).toEqual({ ...made, folder: join(second, 'shop') });
      await run('backup.setPlaces', { folder: null });
      await run('settings.set', { businessName: 'Changed' });
      await run('backup.restore', { id: other.id });
      expect(await run('settings.get')).toMatchObject({ businessName: 'Corner shop' });
    });
  });

  it('a second place that is away is told of until a copy reaches it again', async () => {
    const second = newFolder('stick');
    await on(path, async (run) => {
      await run('backup.setPlaces', { second });
      rmSync(second, { recursive: true });
      const made: Backup = await run('backup.make');
      expect(existsSync(join(made.folder, made.id))).toBe(true);
      expect((await list(run)).secondTrouble).toContain(second);
      expect(existsSync(second)).toBe(false);
      mkdirSync(second);
      await run('backup.make');
      expect((await list(run)).secondTrouble).toBe('');
      expect(readdirSync(join(second, 'shop'))).toHaveLength(1);
      const cleared: BackupPlaces = await run('backup.setPlaces', { second: null });
      expect(cleared.second).toBe(null);
    });
  });

  it('are refused in words: no whole path, no folder, a file, where the data lie already', async () => {
    await on(path, async (run) => {
      const home = join(path, '..');
      const refused = (second: string) =>
        expect(run('backup.setPlaces', { second })).rejects.toMatchObject({
          code: 'invalid-input',
          message: expect.stringContaining('cannot hold copies'),
        });
      await refused('backups');
      await refused(join(folder, 'nowhere'));
      await refused(path);
      await refused(home);
      await run('backup.make');
      await refused(join(home, 'backups', 'shop'));
      expect((await list(run)).second).toBe(null);
    });
  });
});

describe('going back to a copy', () => {
  it('keeps the store that was there, which can be gone back to in turn', async () => {
    await on(path, async (run) => {
      const copy: Backup = await run('backup.make');
      await run('settings.set', { businessName: 'Later' });
      await run('import.undo', { importId: 1 });
      const later = await run('overview.get', { filter: {} });
      const { keptAs }: StoreReplaced = await run('backup.restore', { id: copy.id });
      expect(await run('settings.get')).toMatchObject({ businessName: 'Corner shop' });
      expect(existsSync(keptAs!)).toBe(true);
      const { backups } = await list(run);
      const replaced = backups.find(({ id }) => id === basename(keptAs!));
      expect(replaced).toMatchObject({ reason: 'replaced', businessName: 'Later' });
      await run('backup.restore', { id: replaced!.id });
      expect(await run('overview.get', { filter: {} })).toEqual(later);
    });
  });

  it('is refused before anything is moved: a copy that is damaged, one of a newer Salescope, one that is gone', async () => {
    await on(path, async (run) => {
      const copy: Backup = await run('backup.make');
      const at = join(copy.folder, copy.id);
      damagePrices(at, 1);
      await expect(run('backup.restore', { id: copy.id })).rejects.toMatchObject({ code: 'file-not-understood' });
      const newer = join(copy.folder, 'newer.db');
      openStore(newer, { steps: [...migrations, 'CREATE TABLE future (id INTEGER) STRICT'] }).close();
      await expect(run('company.import', { file: { path: newer, name: 'newer.salescope' } })).rejects.toMatchObject({
        code: 'file-not-understood',
        message: expect.stringContaining('a newer Salescope'),
      });
      rmSync(at);
      await expect(run('backup.restore', { id: copy.id })).rejects.toMatchObject({ code: 'not-found' });
      expect((await run('store.state')) as StoreState).toMatchObject({ state: 'open' });
    });
    expect(await figuresOf(path)).toBe(await figuresOf(full));
  });

  it('brings back a store that was damaged, which is kept beside the copies and not among them', async () => {
    await on(path, (run) => run('backup.make'));
    damagePrices(path, 1);
    const damaged = readFileSync(path);
    await on(path, async (run) => {
      await expect(run('overview.get', { filter: {} })).rejects.toMatchObject({ code: 'store-damaged' });
      expect((await run('store.state')) as StoreState).toMatchObject({
        state: 'closed',
        canSalvage: true,
        canAccept: false,
      });
      const { backups } = await list(run);
      const { keptAs }: StoreReplaced = await run('backup.restore', { id: backups[0].id });
      expect(readFileSync(keptAs!).equals(damaged)).toBe(true);
      expect((await list(run)).backups).toEqual(backups);
    });
    expect(await figuresOf(path)).toBe(await figuresOf(full));
  });

  it('finds damage that a copy or a check meets, and closes the store', async () => {
    for (const task of ['backup.make', 'company.export']) {
      copyFileSync(full, path);
      damagePrices(path, 2);
      await on(path, async (run) => {
        await expect(run(task)).rejects.toMatchObject({ code: 'store-damaged' });
        expect((await run('store.state')) as StoreState).toMatchObject({ state: 'closed' });
      });
    }
    copyFileSync(full, path);
    await on(path, async (run) => {
      expect(await run('store.check')).toMatchObject({ faults: [] });
      expect((await run('store.state')) as StoreState).toMatchObject({ checkedAt: expect.any(String) });
    });
    damagePrices(path, 2);
    await on(path, async (run) => {
      expect((await run('store.check')) as { faults: string[] }).toMatchObject({ faults: [expect.any(String)] });
      await expect(run('settings.get')).rejects.toMatchObject({ code: 'store-damaged' });
    });
  });
});

describe('a company in one file', () => {
  it('goes to another computer with every figure', async () => {
    const file: MadeFile = await on(path, (run) => run('company.export'));
    expect(file.fileName).toMatch(/^Corner shop .*\.salescope$/);
    const carried = fileOf('carried.salescope', '');
    writeFileSync(carried.path, Buffer.from(file.base64, 'base64'));
    const laptop = join(folder, 'laptop');
    mkdirSync(laptop);
    const there = join(laptop, 'salescope.db');
    await on(there, async (run) => {
      const { keptAs }: StoreReplaced = await run('company.import', { file: carried });
      expect(existsSync(keptAs!)).toBe(true);
      expect(await run('store.check')).toMatchObject({ faults: [] });
    });
    expect(await figuresOf(there)).toBe(await figuresOf(full));
  });

  it('is refused where it is something else', async () => {
    await on(path, async (run) => {
      const file = fileOf('list.csv', 'a;b\n1;2\n');
      await expect(run('company.import', { file })).rejects.toMatchObject({ code: 'file-not-understood' });
      expect(await run('settings.get')).toMatchObject({ businessName: 'Corner shop' });
    });
  });
});
