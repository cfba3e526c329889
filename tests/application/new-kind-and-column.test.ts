/** A kind of table and a sale column that the program does not have, each added in its one place: everything else follows. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as LineColumns from '../../src-main/engine/sales/line-columns.ts';
import type { SaleLines } from '../../src-main/engine/sales/sale-lines.ts';
import type * as Registry from '../../src-main/files/import/kinds/registry.ts';
import { readRows } from '../../src-main/store/import-rows.ts';
import { salvageStore } from '../../src-main/store/salvage-store.ts';
import { quietJob } from '../../src-main/worker/job.ts';
import type { Session } from '../../src-main/worker/session.ts';
import { openSession } from '../fixtures/open-session.ts';
import { previewImport, runImport } from '../../src-main/worker/tasks/import.ts';
import { listRecords, setAsideRows, undoImport } from '../../src-main/worker/tasks/imports.ts';
import type { ImportOptions, TableKind } from '../../src-shared/domain.ts';

// The line of a kind in the registry; its one file is tests/fixtures/stock-kind.ts.
vi.mock('../../src-main/files/import/kinds/registry.ts', async (original) => {
  const { tableKinds } = (await original()) as typeof Registry;
  const { stockKind } = await import('../fixtures/stock-kind.ts');
  return { tableKinds: { ...tableKinds, stock: stockKind } };
});
// The line of a column, with the line of its dictionary.
vi.mock('../../src-main/engine/sales/line-columns.ts', async (original) => {
  const { lineColumns, lineDictionaries } = (await original()) as typeof LineColumns;
  return {
    lineDictionaries: { ...lineDictionaries, channels: lineDictionaries.countries },
    lineColumns: { ...lineColumns, channel: { array: Uint16Array, from: 'file', dictionary: 'channels' } },
  };
});

let folder: string;
let session: Session;
let files = 0;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'salescope-new-'));
  session = await openSession({ storePath: join(folder, 'a.db') });
});
afterEach(() => {
  session.close();
  rmSync(folder, { recursive: true });
});

function fileOf(...lines: string[]) {
  const name = `${++files}.csv`;
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return { path, name };
}
const run = (lines: string[], options: ImportOptions = {}) =>
  runImport(session, { file: fileOf(...lines), options }, quietJob);

async function reopen(): Promise<void> {
  session.close();
  session = await openSession({ storePath: join(folder, 'a.db') });
}

describe('a new kind of table', () => {
  const stock = ['Article;Pieces on hand', 'A1;5', 'B2;none', 'C3;7'];
  const read = () => readRows(session.store, 'stock' as TableKind).map(({ row, repeated }) => [row, repeated] as const);

  it('is recognised, previewed, accounted for, kept, and taken out again', async () => {
    const preview = await previewImport(session, { file: fileOf(...stock), options: {} }, quietJob);
    expect([preview.kind, preview.missing]).toEqual(['stock', []]);
    expect(preview.columns.map(({ field }) => field)).toEqual(['product', 'pieces']);
    const first = await run(stock);
    expect(first).toMatchObject({ kind: 'stock', read: 3, kept: 2, setAside: 1, duplicates: 0 });
    expect(setAsideRows(session, { importId: first.id, offset: 0, limit: 5 }).rows).toMatchObject([
      { row: 3, reason: 'quantity-invalid', value: 'none' },
    ]);
    const second = await run(['Article;Pieces on hand', 'C3;7', 'D4;9']);
    expect(second).toMatchObject({ read: 2, kept: 1, duplicates: 1 });
    await reopen();
    const [a1, c3, d4] = [
      { product: 'A1', pieces: 5 },
      { product: 'C3', pieces: 7 },
      { product: 'D4', pieces: 9 },
    ];
    expect(read()).toEqual([
      [a1, false],
      [c3, false],
      [c3, true],
      [d4, false],
    ]);
    await undoImport(session, { importId: first.id }, quietJob);
    expect(read()).toEqual([
      [c3, false],
      [d4, false],
    ]);
    expect(listRecords(session)).toMatchObject([{ kind: 'stock', read: 2, kept: 2, duplicates: 0 }]);
  });

  it('comes through a salvage', async () => {
    await run(stock);
    session.close();
    const saved = join(folder, 'saved.db');
    expect(salvageStore(join(folder, 'a.db'), saved)).toMatchObject({ imports: [{ kind: 'stock' }], lostImports: [] });
    session = await openSession({ storePath: saved });
    expect(read()).toHaveLength(2);
  });

  it('leaves the other kinds what they were', async () => {
    const preview = await previewImport(
      session,
      { file: fileOf('Date,Amount', '2024-01-01,5'), options: {} },
      quietJob,
    );
    expect(preview.kind).toBe('series');
  });
});

describe('a new sale column', () => {
  const options = { mapping: { channel: 'Channel' } } as ImportOptions;
  const header = 'Invoice,Date,Article number,Quantity,Price,Channel';
  const sales = [
    header,
    '1,2024-01-01,A,1,5,shop',
    '1,2024-01-01,A,1,5,web',
    '2,2024-01-02,B,2,5,',
    '3,2024-01-03,B,2,5,web',
  ];
  const channels = () => {
    const { lines, dictionaries } = session.sales;
    const ids = (lines as SaleLines & { channel: Uint16Array }).channel;
    const texts = (dictionaries as unknown as { channels: string[] }).channels;
    return Array.from(ids, (id) => texts[id]);
  };

  it('is read, tells lines apart, joins, is stored, read back and taken out', async () => {
    const first = await run(sales, options);
    // The first two lines differ in nothing else.
    expect(first).toMatchObject({ kind: 'sales', kept: 4, duplicates: 0 });
    // More lines than the columns begin with, so that they grow.
    const many = Array.from({ length: 20_000 }, (_, i) => `${i + 10},2024-02-01,C,1,1,${i % 2 ? 'web' : 'phone'}`);
    const second = await run([header, '3,2024-01-03,B,2,5,web', '3,2024-01-03,B,2,5,shop', ...many], options);
    expect(second).toMatchObject({ kept: 20_001, duplicates: 1 });
    const all = ['shop', 'web', '', 'web', 'web', 'shop', 'phone', 'web'];
    expect(channels().slice(0, 8)).toEqual(all);
    const inMemory = channels();
    await reopen();
    expect(channels()).toEqual(inMemory);
    await undoImport(session, { importId: first.id }, quietJob);
    expect(channels().slice(0, 4)).toEqual(all.slice(4));
    expect(listRecords(session)).toMatchObject([{ kept: 20_002, duplicates: 0 }]);
  });

  it('is empty in what was imported before it was there, also once lines with it stand beside', async () => {
    session.close();
    copyFileSync(resolve(import.meta.dirname, '../fixtures/store-v3.db'), join(folder, 'a.db'));
    session = await openSession({ storePath: join(folder, 'a.db') });
    const before = session.sales.lines.length;
    expect(before).toBeGreaterThan(0);
    expect(new Set(channels())).toEqual(new Set(['']));
    await run(sales, options);
    await reopen();
    expect(channels()).toEqual([...new Array(before).fill(''), 'shop', 'web', '', 'web']);
  });
});
