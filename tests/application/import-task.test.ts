import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { en } from '../../src-shared/messages/en/index.ts';
import { setAsideReasons } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { type Job, quietJob } from '../../src-main/worker/job.ts';
import { openSession } from '../fixtures/open-session.ts';
import { previewImport, runImport } from '../../src-main/worker/tasks/import.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-import-'));
let stores = 0;
const newSession = () => openSession({ storePath: join(folder, `${++stores}.db`) });
const fileOf = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { path, name };
};
const sales = `Date,Order ID,Customer,SKU,Quantity,Price\n${Array.from({ length: 30_000 }, (_value, i) => `2024-01-${String(1 + (i % 28)).padStart(2, '0')},O${i},C${i % 50},P${i % 9},2,1.25\n`).join('')}31/31/2024,x,x,x,1,1\n2024-01-01,O0,C0,P0,2,1.25\n`;

describe('import task', () => {
  it('accounts for every row and shows progress', async () => {
    const session = await newSession();
    const seen: { done: number; total: number | null; rate?: number | null }[] = [];
    const job: Job = {
      tick: (done, total, _note, rate) => seen.push({ done, total, rate }),
      pause: () => Promise.resolve(),
    };
    const result = await runImport(session, { file: fileOf('sales.csv', sales), options: {} }, job);
    expect(result).toMatchObject({
      kind: 'sales',
      read: 30_002,
      kept: 30_000,
      setAside: 1,
      duplicates: 1,
      setAsideByReason: { 'date-invalid': 1 },
      alreadyImported: false,
      firstDay: '2024-01-01',
      lastDay: '2024-01-28',
    });
    expect(result.read).toBe(result.kept + result.setAside + result.duplicates);
    expect(seen.some(({ rate }) => (rate ?? 0) > 0)).toBe(true);
    expect(seen.length).toBeGreaterThan(3);
    const { lines } = session.sales;
    expect(lines.amount.subarray(0, lines.length).reduce((sum, amount) => sum + amount, 0)).toBe(30_001 * 25_000);
    session.close();
  });

  it('the same file twice adds nothing and says so', async () => {
    const session = await newSession();
    const file = fileOf('twice.csv', sales);
    await runImport(session, { file, options: {} }, quietJob);
    const again = await runImport(session, { file, options: {} }, quietJob);
    expect(again).toMatchObject({ alreadyImported: true, kept: 0 });
    expect(session.sales.lines.length).toBe(30_001);
    session.close();
  });

  it.each([1, 3])('a cancel at progress %i leaves nothing', async (at) => {
    const session = await newSession();
    let ticks = 0;
    const job: Job = {
      tick() {
        if (++ticks === at) throw new AppError('cancelled', 'Cancelled.');
      },
      pause: () => Promise.resolve(),
    };
    await expect(runImport(session, { file: fileOf('cancel.csv', sales), options: {} }, job)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(session.sales.lines.length).toBe(0);
    session.close();
  });

  it('a preview stores nothing; what cannot be imported is said in words', async () => {
    const session = await newSession();
    expect(await previewImport(session, { file: fileOf('sales.csv', sales), options: {} }, quietJob)).toMatchObject({
      kind: 'sales',
      missing: [],
    });
    expect(session.sales.lines.length).toBe(0);
    await expect(
      runImport(session, { file: { path: join(folder, 'nowhere.csv'), name: 'nowhere.csv' }, options: {} }, quietJob),
    ).rejects.toMatchObject({ code: 'file-not-readable' });
    await expect(
      runImport(
        session,
        { file: fileOf('bad.csv', 'Date,Item,Amount\nx,y,1\nx,y,2\n'), options: { mapping: { date: 'Date' } } },
        quietJob,
      ),
    ).rejects.toMatchObject({ code: 'file-not-understood', message: expect.stringContaining('row 2') });
    session.close();
  });

  it('every reason has its sentence', () => {
    for (const reason of setAsideReasons) expect(en.notes.reason[reason]).toMatch(/\.$/);
  });
});

const retail = fileURLToPath(new URL('../../../shared/data/online_retail_II.csv.gz', import.meta.url));
describe.skipIf(!existsSync(retail))('Online Retail II', () => {
  // shared/REFERENCE.md §1: raw rows, invoices, customers, sum of quantity × price; compressed as it lies there.
  it('gives every line and the exact money', async () => {
    const session = await newSession();
    const result = await runImport(
      session,
      { file: { path: retail, name: 'online_retail_II.csv.gz' }, options: {} },
      quietJob,
    );
    expect(result).toMatchObject({ read: 1_067_370, setAside: 0, notes: [] });
    const { lines, dictionaries } = session.sales;
    expect([lines.length, dictionaries.invoices.length - 1, dictionaries.customers.length - 1]).toEqual([
      1_067_370, 53_628, 5942,
    ]);
    let money = 0;
    let unknown = 0;
    for (let i = 0; i < lines.length; i++) {
      money += lines.amount[i];
      if (lines.customer[i] === 0) unknown++;
    }
    expect(money).toBe(192_872_325_680);
    expect(unknown).toBe(243_007);
    session.close();
  });
});
if (!existsSync(retail)) console.log('Skipped: ../shared/data/online_retail_II.csv.gz is not there.');
