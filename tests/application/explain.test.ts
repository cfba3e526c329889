/** The explaining tree and the one-customer form through the program: answers, reasons, refusals. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import type { Input } from '../../src-shared/contract.ts';
import type { AppError } from '../../src-shared/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-explain-'));
const opened: Application[] = [];

interface Customer {
  orders: number;
  /** Days from the first to the last order. */
  spread: number;
  price: number;
}

/** One sale line an order: the customer's orders lie evenly over the last `spread` days of 2025. */
function salesCsv(customers: Customer[]): string {
  const lines = ['invoice,date,customer,product,quantity,price'];
  customers.forEach(({ orders, price, spread }, who) => {
    for (let order = 0; order < orders; order++) {
      const back = Math.round(((order + 1) / orders) * spread);
      const day = new Date(Date.UTC(2025, 11, 31 - back)).toISOString().slice(0, 10);
      lines.push(`${who}-${order},${day},C${String(who).padStart(4, '0')},P,1,${price}`);
    }
  });
  return `${lines.join('\n')}\n`;
}

async function shopOf(name: string, sales: string, people?: string): Promise<Application> {
  const application = createApplication({ storePath: join(folder, `${name}.db`) });
  opened.push(application);
  await application.call('settings.set', { currency: 'EUR', locale: 'en-GB' });
  for (const [kind, text] of [
    ['sales', sales],
    ['customers', people],
  ] as const) {
    if (!text) continue;
    const file = { path: join(folder, `${name}-${kind}.csv`), name: `${kind}.csv` };
    writeFileSync(file.path, text);
    await application.call('import.run', { file, options: { kind } });
  }
  return application;
}

/** Regulars, now-and-thens and one-timers, in random amounts. */
function mixedCustomers(n: number): Customer[] {
  const rng = createRng(5);
  return Array.from({ length: n }, (_, i) => {
    const orders = i % 3 === 0 ? 8 + rng.below(12) : i % 3 === 1 ? 2 + rng.below(4) : 1;
    return { orders, spread: 5 + rng.below(400), price: 5 + rng.below(200) };
  });
}

const refusal = async (asked: Promise<unknown>): Promise<AppError> => {
  try {
    await asked;
  } catch (error) {
    return error as AppError;
  }
  throw new Error('was accepted');
};

/** No number that is none, no share outside 0 … 1. */
const noNonsense = (output: unknown) => {
  expect(JSON.parse(JSON.stringify(output))).toStrictEqual(output);
};

afterAll(async () => {
  for (const application of opened) await application.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('300 customers with a customer file', () => {
  let application: Application;
  const ask = (input: Input<'customers.classify'>) => application.call('customers.classify', input);

  beforeAll(async () => {
    const people = ['customer,gender,income'];
    for (let who = 0; who < 300; who++)
      people.push(`C${String(who).padStart(4, '0')},${who % 3 === 0 ? 'F' : 'M'},${20 + (who % 80)}`);
    application = await shopOf('mixed', salesCsv(mixedCustomers(300)), `${people.join('\n')}\n`);
  });

  it('explains the segments, the same on every run', async () => {
    const tree = await application.call('customers.explain', {});
    noNonsense(tree);
    expect(tree.basis).toBe('rfm');
    expect(tree.trained + tree.heldOut).toBe(300);
    expect(tree.accuracy).toBeGreaterThan(tree.baseline + 0.4);
    const rfm = await application.call('customers.rfm', {});
    expect(tree.classes).toEqual(rfm.segments.filter(({ customers }) => customers > 0).map(({ id }) => id));
    const again = await shopOf('again', salesCsv(mixedCustomers(300)));
    expect((await again.call('customers.explain', {})).nodes).toEqual(tree.nodes);
  });

  it('explains under a filter that leaves one segment, in words', async () => {
    const rfm = await application.call('customers.rfm', {});
    const largest = rfm.segments.reduce((top, one) => (one.customers > top.customers ? one : top));
    const tree = await application.call('customers.explain', { filter: { segments: [largest.id] } });
    expect(tree.classes).toEqual([largest.id]);
    expect(tree.notes.map(({ code }) => code)).toEqual(['tree-one-class']);
  });

  it.each(['kmeans', 'ward', 'mixture', 'dbscan'] as const)('explains the groups of %s', async (method) => {
    const settings = { method, k: method === 'dbscan' ? null : 3 };
    const clusters = await application.call('customers.cluster', { settings });
    const tree = await application.call('customers.explain', { basis: 'cluster', settings });
    noNonsense(tree);
    const sizes = clusters.profiles.filter(({ customers }) => customers > 0).map(({ cluster }) => String(cluster));
    expect(tree.classes).toEqual(sizes);
    expect(tree.features.map(({ id }) => id)).toEqual(clusters.space.map(({ id }) => id));
    expect(tree.trained + tree.heldOut).toBe(clusters.customers);
    expect(tree.accuracy).toBeGreaterThanOrEqual(tree.baseline - 0.05);
  });

  it('answers the form with segment and reason', async () => {
    const answer = await ask({ values: '10, 15, 1500' });
    expect(answer.segment).not.toBeNull();
    expect(answer.reason).toMatchObject({ answer: answer.segment, agrees: true });
    expect(answer.reason!.conditions.length).toBeGreaterThan(0);
    for (const { comparison, feature, value } of answer.reason!.conditions) {
      const typed = answer.values.find((one) => one.feature === feature)!.value;
      expect(comparison === '>' ? typed > value : typed <= value).toBe(true);
    }
    expect(answer.values.map(({ label }) => label)).not.toContain('');
  });

  it('answers with membership and reason for a mixture, by numbers and by a category', async () => {
    const settings = { method: 'mixture' as const, k: 2, features: ['frequency', 'monetary', 'gender'] };
    const answer = await ask({ basis: 'cluster', values: '12; 900; F', settings });
    expect(answer.membership!.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
    expect(answer.reason).not.toBeNull();
    expect(answer.reason!.agrees).toBe(answer.reason!.answer === String(answer.cluster));
    noNonsense(answer);
    const wrong = await refusal(ask({ basis: 'cluster', values: '12; 900; X', settings }));
    expect(wrong.code).toBe('invalid-input');
    expect(wrong.message).toContain('F');
  });

  it.each([
    ['10, 15', 'missing: money spent'],
    ['10, 15, 1500, 3', 'only 3'],
    ['10, many, 1500', 'not a number'],
    ['-10, 15, 1500', 'cannot be negative'],
    ['99999, 15, 1500', 'at most'],
    ['10, 1.5, 1500', 'whole number'],
    ['', 'Nothing was typed'],
  ])('refuses %j before it learns anything', async (values, words) => {
    const error = await refusal(ask({ values }));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toContain(words);
  });

  it('says when a value lies far outside', async () => {
    const { notes } = await ask({ values: '10, 5, 900000' });
    expect(notes.map(({ code }) => code)).toEqual(['far-outside-range']);
  });

  it('writes the rules as a table', async () => {
    const tree = await application.call('customers.explain', {});
    const { base64, fileName } = await application.call('export.csv', { table: 'tree_rules' });
    const rows = Buffer.from(base64, 'base64').toString('utf8').trimEnd().split('\r\n');
    expect(fileName).toBe('tree_rules.csv');
    expect(rows.length).toBe(tree.rules.length + 1);
    expect(rows[0]).toBe(
      '\ufeffclass,name,rule,recencyDays above,recencyDays at most,frequency above,frequency at most,monetary above,monetary at most,customers,purity',
    );
    expect(rows[1]).toMatch(/^champions,Champions,/);
    expect(rows.join('\n')).not.toMatch(/NaN|undefined|screen\./);
  });
});

describe('few customers, or all alike', () => {
  it.each([1, 3, 19])('%i customers: no rules, in words; the form still answers, without a reason', async (n) => {
    const application = await shopOf(`few-${n}`, salesCsv(mixedCustomers(n)));
    const error = await refusal(application.call('customers.explain', {}));
    expect(error.code).toBe('not-enough-data');
    expect(error.message).toContain(`there are ${n}.`);
    const answer = await application.call('customers.classify', { values: '10, 1, 50' });
    expect(answer.segment).not.toBeNull();
    expect(answer.reason).toBeNull();
    expect(answer.notes.map(({ code }) => code)).toContain('reason-needs-customers');
  });

  it('all customers alike: one name, one rule', async () => {
    const alike = Array.from({ length: 40 }, () => ({ orders: 2, spread: 30, price: 10 }));
    const application = await shopOf('alike', salesCsv(alike));
    const tree = await application.call('customers.explain', {});
    expect(tree.notes.map(({ code }) => code)).toEqual(['tree-one-class']);
    const error = await refusal(application.call('customers.explain', { basis: 'cluster' }));
    expect(error.code).toBe('not-enough-data');
    expect((await application.call('customers.classify', { values: '1, 2, 20' })).reason).toMatchObject({
      conditions: [],
      agrees: true,
    });
  });

  it('nine in ten bought once: an explanation without nonsense', async () => {
    const rng = createRng(9);
    const once = Array.from({ length: 200 }, (_, i) => ({
      orders: i % 10 === 0 ? 3 : 1,
      spread: 1 + rng.below(300),
      price: 1 + rng.below(50),
    }));
    const application = await shopOf('once', salesCsv(once));
    const tree = await application.call('customers.explain', {});
    noNonsense(tree);
    expect(tree.accuracy).toBeGreaterThan(tree.baseline);
  });

  it('no sales: says so', async () => {
    const application = createApplication({ storePath: join(folder, 'empty.db') });
    opened.push(application);
    expect((await refusal(application.call('customers.explain', {}))).code).toBe('no-data');
  });
});
