/** Saved models answer what the forecast answered, here and in another store; a file that is not one is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import type { ModelContent } from '../../src-main/files/model-file.ts';
import type { ForecastResult, SavedModel } from '../../src-shared/domain.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-models-'));

/** A year and a half of weekday sales that rise slowly and differ by weekday. */
function salesFile(name: string, from: number, to: number): { path: string; name: string } {
  const lines = ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country'];
  for (let i = from; i < to; i++) {
    const date = new Date(Date.UTC(2024, 0, 1 + i));
    if (date.getUTCDay() === 0) continue;
    const price = (100 + i / 10 + 20 * date.getUTCDay() + ((i * 7919) % 31)).toFixed(2);
    lines.push(`${1000 + i},TEA,Tea,1,${date.toISOString().slice(0, 10)} 10:00:00,${price},${1 + (i % 9)},Malta`);
  }
  const file = { path: join(folder, name), name };
  writeFileSync(file.path, `${lines.join('\n')}\n`);
  return file;
}

const here = createApplication({ storePath: join(folder, 'here.db') });
const elsewhere = createApplication({ storePath: join(folder, 'elsewhere.db') });
const first = salesFile('first.csv', 0, 540);
const input = { frequency: 'week' as const, horizon: 8, effort: 'quick' as const };

/** Without the one figure that differs from run to run. */
const plain = (result: ForecastResult) => ({
  ...result,
  board: result.board.map(({ seconds: _seconds, ...score }) => score),
});
const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown) => thrown,
  );
  return error === null ? 'nothing thrown' : `${error.code}: ${error.message}`;
};
const contentOf = async (application: Application, id: number) => {
  const { base64, ...rest } = await application.call('model.export', { id });
  return { ...rest, text: Buffer.from(base64, 'base64').toString('utf8') };
};
const written = (name: string, text: string) => {
  const file = { path: join(folder, name), name };
  writeFileSync(file.path, text);
  return file;
};

beforeAll(async () => {
  await here.call('import.run', { file: first });
});
afterAll(async () => {
  await Promise.all([here.close(), elsewhere.close()]);
  rmSync(folder, { recursive: true, force: true });
});

describe('saved models', () => {
  let saved: SavedModel;
  let forecast: ForecastResult;

  it('answer what the forecast answers, to the last digit', async () => {
    saved = await here.call('model.save', { ...input, name: 'Weekly' });
    forecast = await here.call('forecast.run', input);
    expect(saved).toMatchObject({
      ...{ id: 1, name: 'Weekly', frequency: 'week', horizon: 8, filter: {}, stale: false },
      ...{ model: forecast.chosen, modelName: forecast.chosenName, members: forecast.members },
      ...{ periods: forecast.history.dates.length, firstDay: '2024-01-01', lastDay: '2025-06-23' },
      wape: forecast.board.find(({ chosen }) => chosen)?.wape,
    });
    expect(saved.bytes).toBeGreaterThan(1000);
    expect(await here.call('model.list', {})).toEqual([saved]);
    expect(plain(await here.call('model.predict', { id: 1 }))).toStrictEqual(plain(forecast));
  });

  it('answer other horizons', async () => {
    const longer = await here.call('model.predict', { id: 1, horizon: 12 });
    expect(longer.points).toHaveLength(12);
    expect((await here.call('model.predict', { id: 1, horizon: 3 })).points.map(({ mean }) => mean)).toEqual(
      longer.points.slice(0, 3).map(({ mean }) => mean),
    );
  });

  it('travel: exported, removed and imported into an empty store they answer the same', async () => {
    const { fileName, text } = await contentOf(here, 1);
    expect(fileName).toBe('Weekly.salescope-model');
    expect(await here.call('model.remove', { id: 1 })).toEqual({ removed: 1 });
    expect(await here.call('model.list', {})).toEqual([]);
    const file = written(fileName, text);
    const there = await elsewhere.call('model.import', { file });
    // The other store has no such sales.
    expect(there).toEqual({ ...saved, stale: true, bytes: there.bytes });
    expect(plain(await elsewhere.call('model.predict', { id: there.id }))).toStrictEqual(plain(forecast));
    const back = await here.call('model.import', { file });
    expect(back).toMatchObject({ name: 'Weekly', savedAt: saved.savedAt, stale: false });
    expect(plain(await here.call('model.predict', { id: back.id }))).toStrictEqual(plain(forecast));
  });

  it('say when the data have changed, keep their answer, and are trained anew as another one', async () => {
    await here.call('import.run', { file: salesFile('second.csv', 540, 561) });
    const [old] = await here.call('model.list', {});
    expect(old.stale).toBe(true);
    expect(plain(await here.call('model.predict', { id: old.id }))).toStrictEqual(plain(forecast));
    const anew = await here.call('model.retrain', { id: old.id });
    expect(anew).toMatchObject({ name: 'Weekly', stale: false, lastDay: '2025-07-14', horizon: 8 });
    expect(anew.id).not.toBe(old.id);
    expect((await here.call('model.list', {})).map(({ id }) => id)).toEqual([anew.id, old.id]);
    expect(plain(await here.call('model.predict', { id: anew.id }))).toStrictEqual(
      plain(await here.call('forecast.run', input)),
    );
  });

  it('are named by what they are when nobody named them', async () => {
    const { name, id } = await here.call('model.save', { ...input, model: 'seasonal-naive' });
    expect(name).toMatch(/, 2025-07-14$/);
    await here.call('model.remove', { id });
    expect(await refusal(here.call('model.remove', { id }))).toContain('not-found');
    expect(await refusal(here.call('model.predict', { id }))).toContain('not-found');
    expect(await refusal(here.call('model.export', { id }))).toContain('not-found');
    expect(await refusal(here.call('model.retrain', { id }))).toContain('not-found');
  });
});

describe('files that are refused', () => {
  /** A model file with its content changed and the checksum made to fit. */
  async function forged(change: (content: ModelContent) => void): Promise<string> {
    const [{ id }] = await here.call('model.list', {});
    const file = JSON.parse((await contentOf(here, id)).text);
    change(file.content);
    file.checksum = createHash('sha256').update(JSON.stringify(file.content)).digest('hex');
    return JSON.stringify(file);
  }
  const importing = (name: string, text: string) =>
    refusal(elsewhere.call('model.import', { file: written(name, text) }));

  it('say why, and leave nothing behind', async () => {
    const before = await elsewhere.call('model.list', {});
    const [{ id }] = await here.call('model.list', {});
    const { text } = await contentOf(here, id);
    const no = 'file-not-understood: "a.csv" is not a model file';
    expect(await importing('a.csv', 'date,amount\n')).toContain(no);
    expect(await importing('a.csv', '7')).toContain(no);
    expect(await importing('a.csv', 'null')).toContain(no);
    expect(await importing('cut', text.slice(0, -200))).toContain('not a model file');
    expect(await importing('newer', text.replace('"version":1', '"version":2'))).toContain(
      'file-too-new: "newer" was written by a newer Salescope.',
    );
    expect(await importing('hurt', text.replace(/"weight":0\.\d/, '"weight":0.9'))).toContain('"hurt" is damaged');
    expect(await importing('hurt', text.replace('"name":"Weekly"', '"name":"Mine"'))).toContain('"hurt" is damaged');
    const alien = await forged((content) => {
      content.trained.members[0].id = 'oracle';
    });
    expect(await importing('alien', alien)).toMatch(
      /^file-too-new: The file forecasts with ".+", which this Salescope/,
    );
    const short = await forged(({ trained }) => void trained.series.values.pop());
    expect(await importing('short', short)).toContain('"short" is damaged');
    const empty = await forged((content) => {
      content.trained.members[0].fitted = { version: 1 };
    });
    expect(await importing('empty', empty)).toMatch(/^file-not-understood: The model in this file gives no forecast/);
    expect(await importing('large', 'x'.repeat(64_000_001))).toContain('larger than a model file can be (64 MB)');
    const missing = { path: join(folder, 'nowhere'), name: 'nowhere' };
    expect(await refusal(elsewhere.call('model.import', { file: missing }))).toContain('file-not-readable: "nowhere"');
    expect(await elsewhere.call('model.list', {})).toEqual(before);
  });
});
