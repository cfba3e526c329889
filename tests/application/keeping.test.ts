/** What happens to a store by itself, and what safe mode leaves out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApplication } from '../../src-main/application/application.ts';
import { listBackups } from '../../src-main/store/backups.ts';
import { syncedBy } from '../../src-main/store/synced-folder.ts';
import { quietJob } from '../../src-main/worker/job.ts';
import { StoreKeeper } from '../../src-main/worker/store-keeper.ts';
import { damagePrices, makeFullStore } from '../damage/full-store.ts';

const root = mkdtempSync(join(tmpdir(), 'salescope-keeping-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let store: string;
beforeAll(async () => {
  store = await makeFullStore(root);
});

const keep = () =>
  new StoreKeeper({
    role: 'data',
    storePath: store,
    version: '0',
    door: 'a test',
    claim: 'now',
    patienceMs: 0,
    backups: true,
    safe: false,
    tendAfterMs: 1e9,
  });
const hours = (n: number) => new Date(Date.now() + n * 3_600_000);

describe('once an hour', () => {
  it('a copy is made where something changed since the day before, and a check after a month', async () => {
    const keeper = keep();
    const daily = () => listBackups(store).filter(({ reason }) => reason === 'daily').length;
    await keeper.tend(hours(0));
    const checkedAt = keeper.state().checkedAt;
    expect(checkedAt).not.toBe(null);
    expect(daily()).toBe(1);
    // Nothing has changed.
    await keeper.tend(hours(30));
    expect(daily()).toBe(1);
    await keeper.own(quietJob);
    keeper.require().changeSettings({ businessName: 'Changed' });
    await keeper.tend(hours(2));
    expect(daily()).toBe(1);
    await keeper.tend(hours(30));
    expect(daily()).toBe(2);
    expect(keeper.state().checkedAt).toBe(checkedAt);
    await keeper.tend(hours(31 * 24));
    expect(Date.parse(keeper.state().checkedAt!)).toBeGreaterThan(Date.parse(checkedAt!));
    keeper.close();
  });

  it('damage that the monthly check meets closes the store', async () => {
    damagePrices(store, 1);
    const keeper = keep();
    await keeper.tend(hours(62 * 24));
    expect(keeper.state()).toMatchObject({ state: 'closed', trouble: { code: 'store-damaged' } });
    keeper.close();
  });
});

describe('safe mode', () => {
  it('uses no remembered answer and no engine, and is left again', async () => {
    const { call, close } = createApplication({ storePath: await makeFullStore(join(root, 'safe')), backups: false });
    const question = { frequency: 'month', horizon: 3, model: 'seasonal-naive' } as const;
    const { points } = await call('forecast.run', question);
    expect(await call('app.restart', { safe: true })).toMatchObject({ safe: true });
    expect((await call('forecast.run', question)).points).toEqual(points);
    await expect(call('forecast.run', { ...question, model: 'prophet' })).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('safe mode'),
    });
    expect(await call('app.restart', { safe: false })).toMatchObject({ safe: false });
    expect((await call('forecast.run', { ...question, model: 'prophet' })).points.length).toBeGreaterThan(0);
    await close();
  }, 180_000);
});

describe('a synced folder', () => {
  it('is known by its name, on each system', () => {
    for (const [path, service] of [
      ['C:\\Users\\Anna\\OneDrive - Shop Ltd\\salescope.db', 'OneDrive'],
      ['/home/anna/Dropbox/books/salescope.db', 'Dropbox'],
      ['/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/salescope.db', 'iCloud Drive'],
      ['/Users/anna/Library/CloudStorage/GoogleDrive-anna@shop.example/My Drive/salescope.db', 'Google Drive'],
      ['/home/anna/.local/share/Salescope/salescope.db', null],
      ['/home/anna/my dropbox notes/OneDrive.db', null],
    ] as const)
      expect(syncedBy(path), path).toBe(service);
  });
});
