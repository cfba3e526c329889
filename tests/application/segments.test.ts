/** Products and segments through the whole program: figures agree with each other, little data is answered in words. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import type { Input } from '../../src-shared/contract.ts';
import { type ExportTable, personaIds, segmentIds, type TargetList, type ValueRow } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { moneyToDecimal } from '../../src-shared/format.ts';
import { en } from '../../src-shared/messages/en/index.ts';
import { layDemoStore } from '../fixtures/demo-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-segments-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const everyValue = { limit: 100_000 } as const;
const csvOf = async ({ call }: Application, table: ExportTable, input: Record<string, unknown> = {}) => {
  const file = await call('export.csv', { table, input });
  const text = Buffer.from(file.base64, 'base64')
    .toString('utf8')
    .replace(/^\ufeff/, '');
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
};

describe('the demo company', () => {
  let application: Application;
  const call = (...args: Parameters<Application['call']>) => application.call(...args);
  beforeAll(async () => {
    const storePath = join(folder, 'demo.db');
    await layDemoStore(storePath);
    application = createApplication({ storePath });
  });
  afterAll(() => application.close());

  it('profiles: the segments of the RFM page with value, risk and rank', async () => {
    const rfm = await application.call('customers.rfm', {});
    const value = await application.call('customers.value', {});
    const values = await application.call('customers.valueList', everyValue);
    const { profiles, notes, asOf } = await application.call('segments.profiles', {});
    expect(asOf).toBe(rfm.asOf);
    expect(notes.map(({ code }) => code)).toEqual(
      profiles.some(({ risk }) => risk !== null && risk >= 0.9) ? ['profiles-gone'] : [],
    );
    expect(profiles.map(({ id }) => id)).toEqual([...segmentIds]);
    profiles.forEach((profile, i) => {
      expect(profile).toMatchObject(rfm.segments[i]);
      const own = value.segments.find(({ segment }) => segment === profile.id);
      if (profile.customers === 0) {
        expect(profile).toMatchObject({ typical: null, predicted: null, risk: null, atStake: null, priority: null });
        return;
      }
      expect(profile.predicted).toBe(own?.predicted);
      expect(profile.risk).toBe(own?.meanChurn);
      const members = values.rows.filter(({ segment }) => segment === profile.id);
      expect(profile.ifKept).toBe(members.reduce((sum, { ifKept }) => sum + ifKept, 0));
      expect(profile.atStake).toBe(members.reduce((sum, { ifKept, churn }) => sum + Math.round(ifKept * churn), 0));
      expect(profile.topProducts.length).toBeGreaterThan(0);
      expect(profile.topProducts.some(({ product }) => product.startsWith('POST'))).toBe(false);
      expect(profile.demographics.map(({ id }) => id)).toEqual(expect.arrayContaining(['age', 'income', 'gender']));
    });
    const ranked = profiles.filter(({ priority }) => priority !== null).sort((x, y) => x.priority! - y.priority!);
    expect(ranked.map(({ priority }) => priority)).toEqual(ranked.map((_, i) => i + 1));
    for (const [i, one] of ranked.entries())
      if (i > 0) expect(one.atStake!).toBeLessThanOrEqual(ranked[i - 1].atStake!);
  });

  it('personas: every customer in exactly one, all five with a rule', async () => {
    const rfm = await application.call('customers.rfm', {});
    const { personas, prospects, unknown } = await application.call('segments.profiles', {});
    expect(personas.map(({ id }) => id)).toEqual([...personaIds]);
    expect(personas.reduce((sum, { customers }) => sum + customers, 0)).toBe(rfm.customers);
    expect(personas.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(rfm.revenue);
    expect(personas.every(({ available, rule }) => available && rule.code in en.notes)).toBe(true);
    expect(prospects).toBeGreaterThanOrEqual(0);
    expect(unknown).toBeGreaterThanOrEqual(0);
  });

  it('a filter of segments narrows cards and personas and moves nobody', async () => {
    const all = await application.call('segments.profiles', {});
    const some = await application.call('segments.profiles', { filter: { segments: ['champions', 'lost'] } });
    for (const id of ['champions', 'lost'] as const) {
      const of = (answer: typeof all) => answer.profiles.find((one) => one.id === id);
      expect(of(some)?.customers).toBe(of(all)?.customers);
      expect(of(some)?.typical).toEqual(of(all)?.typical);
      expect(of(some)?.topProducts).toEqual(of(all)?.topProducts);
    }
    expect(some.profiles.find(({ id }) => id === 'loyal')).toMatchObject({
      customers: 0,
      typical: null,
      priority: null,
    });
    some.personas.forEach((persona, i) => {
      expect(persona.rule).toEqual(all.personas[i].rule);
      expect(persona.customers).toBeLessThanOrEqual(all.personas[i].customers);
    });
  });

  it('best sellers add up to the segments of the RFM page', async () => {
    const rfm = await application.call('customers.rfm', {});
    const { segments } = await application.call('products.bySegment', { limit: 100 });
    segments.forEach(({ customers, revenue, products }, i) => {
      expect({ customers, revenue }).toEqual({
        customers: rfm.segments[i].customers,
        revenue: rfm.segments[i].revenue,
      });
      expect(products.reduce((sum, one) => sum + one.share, 0)).toBeLessThanOrEqual(1.2);
      for (const [at, one] of products.entries())
        if (at > 0) expect(one.revenue).toBeLessThanOrEqual(products[at - 1].revenue);
    });
    const few = await application.call('products.bySegment', { filter: { segments: ['lost'] }, limit: 2 });
    expect(few.segments.map(({ segment }) => segment)).toEqual(['lost']);
    expect(few.segments[0].products).toEqual(segments.find(({ segment }) => segment === 'lost')?.products.slice(0, 2));
  });

  it('pairs: a product narrows them, an unknown one is named', async () => {
    const all = await application.call('products.together', { minOrders: 5, sort: 'orders', limit: 10_000 });
    expect(all.pairs).toHaveLength(Math.min(all.pairsFound, 10_000));
    const product = all.pairs[0].a.product;
    const own = await application.call('products.together', { minOrders: 5, sort: 'orders', limit: 10_000, product });
    expect(own.pairsFound).toBe(all.pairs.filter(({ a, b }) => a.product === product || b.product === product).length);
    expect(own.pairs.every(({ a }) => a.product === product)).toBe(true);
    const byFilter = await application.call('products.together', { filter: { products: [product] }, minOrders: 5 });
    expect([byFilter.pairsFound, byFilter.allOrders]).toEqual([own.pairsFound, all.allOrders]);
    await expect(call('products.together', { product: 'no such thing' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('next products are not bought yet and name what they go with', async () => {
    const { rows } = await application.call('customers.list', { limit: 5 });
    for (const { customer } of rows) {
      const { nextProducts } = await application.call('customers.profile', { customer });
      const bought = await application.call('rows.list', { of: { customer }, limit: 100_000 });
      const codes = new Set(bought.rows.filter(({ quantity }) => quantity > 0).map((row) => row.product));
      for (const one of nextProducts) expect(codes.has(one.product)).toBe(false);
    }
  });

  it('the target list: values of the value page, sorted, with a stable control group', async () => {
    const values = await application.call('customers.valueList', everyValue);
    const rowOf = new Map(values.rows.map((row: ValueRow) => [row.customer, row]));
    const ask = (over: Partial<Input<'segments.targets'>> = {}): Promise<TargetList> =>
      application.call('segments.targets', { segments: ['loyal', 'at-risk', 'champions'], ...everyValue, ...over });
    const list = await ask({ control: 0.2 });
    const wanted = values.rows.filter(({ segment }) => ['loyal', 'at-risk', 'champions'].includes(segment));
    expect(list.total).toBe(wanted.length);
    expect(list.control).toBe(Math.round(wanted.length * 0.2));
    expect(list.contact + list.control).toBe(list.total);
    expect(list.value).toBe(wanted.reduce((sum, { ifKept }) => sum + ifKept, 0));
    expect(list.atStake).toBe(list.rows.reduce((sum, { atStake }) => sum + atStake, 0));
    for (const row of list.rows)
      expect(row).toMatchObject({
        value: rowOf.get(row.customer)?.ifKept,
        risk: rowOf.get(row.customer)?.churn,
      });
    const paged = await ask({ control: 0.2, offset: 3, limit: 4 });
    expect(paged.rows).toEqual(list.rows.slice(3, 7));
    expect({ ...paged, rows: [], offset: 0 }).toEqual({ ...list, rows: [], offset: 0 });
    expect(await ask({ control: 0.2 })).toEqual(list);
    expect((await ask({ size: 10 })).rows.map(({ customer }) => customer)).toEqual(
      list.rows.slice(0, 10).map(({ customer }) => customer),
    );
    await expect(ask({ segments: [] })).rejects.toMatchObject({ code: 'invalid-input' });
    expect((await ask({ control: 0 })).notes[0].code).toBe('target-no-control');
  });

  it('an edited entry goes out with profiles, targets and files, and can be put back', async () => {
    const before = await application.call('playbook.get', {});
    expect(before.map(({ segment }) => segment)).toEqual([...segmentIds]);
    for (const entry of before) {
      expect(entry.edited).toBe(false);
      expect(entry.actions.length).toBeGreaterThanOrEqual(2);
      expect(entry.actions.length).toBeLessThanOrEqual(4);
    }
    const entry = {
      name: '=Regulars {x} | @',
      description: 'Here every week',
      actions: ['Say hello'],
      offer: 'bundle' as const,
    };
    const after = await application.call('playbook.set', { segment: 'loyal', entry });
    expect(after[1]).toEqual({ segment: 'loyal', ...entry, edited: true });
    const { profiles } = await application.call('segments.profiles', {});
    expect(profiles[1].playbook).toEqual(after[1]);
    const rows = await csvOf(application, 'target_list', { segments: ['loyal'], control: 0.5 });
    const list = await application.call('segments.targets', { segments: ['loyal'], control: 0.5, ...everyValue });
    expect(rows).toHaveLength(list.total);
    rows.forEach((row, i) => {
      const one = list.rows[i];
      expect(row).toMatchObject({
        segment: "'=Regulars {x} | @",
        group: one.group,
        action: 'Say hello',
        offer: 'A bundle',
      });
      expect([row.value, row.at_stake]).toEqual([moneyToDecimal(one.value), moneyToDecimal(one.atStake)]);
      expect(row.why).toMatch(/\d/);
      expect(row.why).not.toMatch(/notes\.|\{/);
    });
    expect((await csvOf(application, 'playbook'))[1]).toMatchObject({
      segment: 'loyal',
      edited: 'true',
      actions: 'Say hello',
    });
    await expect(call('playbook.set', { segment: 'loyal', entry: { ...entry, name: '  ' } })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect(await application.call('playbook.set', { segment: 'loyal', entry: null })).toEqual(before);
  });

  it('tables of pairs, best sellers and profiles hold what the methods answer', async () => {
    const pairs = await application.call('products.together', { minOrders: 5 });
    expect((await csvOf(application, 'bought_together', { minOrders: 5 })).map((row) => row.orders)).toEqual(
      pairs.pairs.map(({ orders }) => String(orders)),
    );
    const { segments } = await application.call('products.bySegment', {});
    expect((await csvOf(application, 'best_sellers')).map((row) => row.revenue)).toEqual(
      segments.flatMap(({ products }) => products.map(({ revenue }) => moneyToDecimal(revenue))),
    );
    const profiles = await csvOf(application, 'segment_profiles');
    expect(profiles.map(({ kind }) => kind)).toEqual([...Array(11).fill('segment'), ...Array(5).fill('persona')]);
    expect(profiles.every(({ why }) => why !== '' && !why.includes('{'))).toBe(true);
  });
});

describe('little or odd data', () => {
  let application: Application | null = null;
  afterEach(() => application?.close());

  /** One line an order. */
  interface Line {
    day: number;
    customer: string;
    product: string;
    invoice: string;
  }
  const dayOf = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  async function shopOf(name: string, lines: Line[], customers = ''): Promise<Application> {
    const path = join(folder, `${name}.csv`);
    const rows = lines.map(
      (line) => `${line.invoice},${line.product},Thing ${line.product},1,${dayOf(line.day)},10,${line.customer}`,
    );
    writeFileSync(path, `Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID\n${rows.join('\n')}\n`);
    application = createApplication({ storePath: join(folder, `${name}.db`) });
    await application.call('import.run', { file: { path, name: `${name}.csv` } });
    if (customers) {
      writeFileSync(`${path}.people.csv`, customers);
      await application.call('import.run', { file: { path: `${path}.people.csv`, name: 'people.csv' } });
    }
    return application;
  }
  /** Answers, or the sentence of a refusal; never a fault. */
  async function said(work: Promise<unknown>): Promise<string> {
    try {
      const text = JSON.stringify(await work);
      expect(text).not.toMatch(/NaN|Infinity/);
      return 'answered';
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      const { code, message } = error as AppError;
      expect(['no-data', 'not-enough-data', 'model-failed'], message).toContain(code);
      expect(message).toMatch(/^[A-Z].{20,}[.]$/s);
      return code;
    }
  }

  it.each([1, 3, 19])('%i customers, one order each', async (n) => {
    const lines = Array.from({ length: n }, (_, i) => ({
      day: i * 3,
      customer: `c${i}`,
      product: `P${i % 4}`,
      invoice: `${i}`,
    }));
    const { call } = await shopOf(`few-${n}`, lines);
    const answer = await call('segments.profiles', {});
    expect(answer.profiles.reduce((sum, { customers }) => sum + customers, 0)).toBe(n);
    expect(answer.personas.reduce((sum, { customers }) => sum + customers, 0)).toBe(n);
    expect(JSON.stringify(answer)).not.toMatch(/NaN|Infinity/);
    await said(call('segments.targets', { segments: [...segmentIds] }));
    expect(await said(call('products.bySegment', {}))).toBe('answered');
    const pairs = await call('products.together', {});
    expect(pairs).toMatchObject({ orders: 0, allOrders: n, pairsFound: 0, pairs: [] });
    expect(pairs.notes[0].code).toBe('no-two-products');
  });

  it('90 % bought once; every customer the same', async () => {
    const once = Array.from({ length: 200 }, (_, i) => ({
      day: i,
      customer: `c${i}`,
      product: `P${i % 7}`,
      invoice: `${i}`,
    }));
    const again = once.slice(0, 20).map((line, i) => ({ ...line, day: line.day + 40, invoice: `b${i}` }));
    const first = await shopOf('once', [...once, ...again]);
    expect(await said(first.call('segments.profiles', {}))).toBe('answered');
    await said(first.call('segments.targets', { segments: [...segmentIds] }));
    await first.close();
    const same = Array.from({ length: 30 }, (_, i) => ({ day: 5, customer: `c${i}`, product: 'P', invoice: `${i}` }));
    const second = await shopOf('same', same);
    const { profiles } = await second.call('segments.profiles', {});
    expect(profiles.filter(({ customers }) => customers > 0)).toHaveLength(1);
    await said(second.call('segments.targets', { segments: [...segmentIds] }));
  });

  it('people of the customer file who never bought are prospects; without incomes a persona says why', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => ({
      day: i,
      customer: `c${i % 6}`,
      product: `P${i % 3}`,
      invoice: `${i % 15}`,
    }));
    const people = `Customer ID,Age\n${['c0', 'c1', 'x1', 'x2'].map((id, i) => `${id},${30 + i}`).join('\n')}\n`;
    const { call } = await shopOf('people', lines, people);
    const { prospects, unknown, personas } = await call('segments.profiles', {});
    expect({ prospects, unknown }).toEqual({ prospects: 2, unknown: 0 });
    expect(personas[3]).toMatchObject({ available: false, customers: 0, rule: { code: 'persona-no-income' } });
  });

  it('no sales at all', async () => {
    application = createApplication({ storePath: join(folder, 'empty.db') });
    const { call } = application;
    for (const work of [
      call('products.together', {}),
      call('products.bySegment', {}),
      call('segments.profiles', {}),
      call('segments.targets', {}),
    ])
      expect(await said(work)).toBe('no-data');
    expect(await call('playbook.get', {})).toHaveLength(11);
  });

  it('a file without customers has pairs but no segments', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => ({
      day: i,
      customer: '',
      product: `P${i % 3}`,
      invoice: `${Math.floor(i / 2)}`,
    }));
    const { call } = await shopOf('anonymous', lines);
    await call('settings.set', { rules: { unknownCustomer: 'keep' } });
    expect((await call('products.together', {})).allOrders).toBe(30);
    expect(await said(call('products.bySegment', {}))).toBe('no-data');
    expect(await said(call('segments.profiles', {}))).toBe('no-data');
  });
});
