/** Features, clusters, comparison and the one-customer form through the application, on small shops made by hand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Application, createApplication } from '../../src-main/application/application.ts';
import type { ClusterMethodId, ClusterResult } from '../../src-shared/domain.ts';
import { clusterMethodIds } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'salescope-clustering-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Customer i of n buys 1 + i mod 7 times, what and how much depending on i. */
function salesCsv(customers: number, times: (i: number) => number = (i) => 1 + (i % 7)): string {
  const lines = ['Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country'];
  let invoice = 1;
  for (let i = 0; i < customers; i++) {
    for (let visit = 0; visit < times(i); visit++) {
      const date = new Date(Date.UTC(2024, 0, 1 + ((i * 13) % 60) + visit * (9 + (i % 4)))).toISOString().slice(0, 10);
      invoice++;
      for (let line = 0; line <= i % 3; line++)
        lines.push(
          `${invoice},P${(i + line) % 5},Thing,${1 + ((i * visit) % 4)},${date},${2 + (i % 9)}.25,${1000 + i},Malta`,
        );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Age and income in two crowds, gender in words, some gaps. */
function customerCsv(customers: number): string {
  const lines = ['Customer ID,Gender,Age,Annual Income (k$)'];
  for (let i = 0; i < customers; i++)
    lines.push(
      `${1000 + i},${i % 5 === 0 ? 'Male' : 'Female'},${i % 10 === 3 ? '' : 20 + (i % 30)},${20 + (i % 2) * 60 + (i % 7)}`,
    );
  return `${lines.join('\n')}\n`;
}

async function opened(files: Record<string, string>): Promise<Application> {
  const application = createApplication({ storePath: ':memory:' });
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    writeFileSync(path, text);
    await application.call('import.run', { file: { path, name } });
  }
  return application;
}

async function refusal(answer: Promise<unknown>): Promise<AppError> {
  const error = await answer.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

const textOf = ({ base64 }: { base64: string }) => Buffer.from(base64, 'base64').toString('utf8').replace('\ufeff', '');

describe('a shop of ninety customers with a customer file', () => {
  let application: Application;
  const results = new Map<ClusterMethodId, ClusterResult>();
  const settings = (method: ClusterMethodId) => ({
    method,
    k: 3,
    kMax: 4,
    features: ['recencyDays', 'frequency', 'monetary'],
  });
  beforeAll(async () => {
    application = await opened({ 'sales.csv': salesCsv(90), 'customers.csv': customerCsv(90) });
    for (const method of clusterMethodIds)
      results.set(method, await application.call('customers.cluster', { settings: settings(method) }));
  }, 120_000);
  afterAll(() => application.close());

  it('offers every feature with its kind', async () => {
    const features = await application.call('customers.features', {});
    expect(features.map(({ id }) => id)).toEqual([
      ...['recencyDays', 'frequency', 'monetary', 'averageOrder', 'unitsPerOrder', 'tenureDays', 'distinctProducts'],
      ...['lines', 'unitsPerLine', 'purchaseDays', 'productsPerVisitDay', 'meanGapDays', 'gapSpread', 'ordersPerDay'],
      ...['returnShare', 'customerValue', 'age', 'income', 'gender'],
    ]);
    expect(features.find(({ id }) => id === 'gender')).toEqual({
      id: 'gender',
      label: 'Gender',
      source: 'customer-file',
      kind: 'category',
      categories: ['Female', 'Male'],
      missing: 0,
    });
    expect(features.find(({ id }) => id === 'age')!.missing).toBe(9);
  });

  it('clusters by every feature at once, in every transform', async () => {
    const features = (await application.call('customers.features', {})).map(({ id }) => id);
    for (const transform of ['auto', 'yeojohnson', 'none'] as const) {
      const result = await application.call('customers.cluster', {
        settings: { features, transform, winsor: transform === 'none' ? 0.05 : 0, missing: 'median', kMax: 3 },
      });
      expect(result.customers).toBe(90);
      expect(result.notes.map(({ code }) => code)).toContain('imputed');
      const ids = result.space.map(({ id }) => id);
      expect(ids).toContain('gender=Female');
      expect(ids).not.toContain('returnShare');
    }
  });

  it.each(clusterMethodIds)('%s: everything in the answer fits together', (method) => {
    const result = results.get(method)!;
    const { k, labels, noise, profiles, sample, space } = result;
    expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result);
    expect(labels.length).toBe(90);
    expect(profiles.reduce((sum, { customers }) => sum + customers, 0)).toBe(90);
    expect(profiles.filter(({ cluster }) => cluster > 0).length).toBe(k);
    expect(labels.filter((label) => label === 0).length).toBe(noise);
    for (const { cluster, customers } of profiles)
      expect(labels.filter((label) => label === cluster).length).toBe(customers);
    expect(result.components.length).toBe(3);
    expect(result.components.reduce((sum, { explained }) => sum + explained, 0)).toBeCloseTo(1, 10);
    expect(result.rfmExplained).toBeGreaterThan(0);
    expect(result.rfmExplained).toBeLessThanOrEqual(1);
    for (const one of sample) {
      expect(one.values.length).toBe(space.length);
      expect(one.components.length).toBe(3);
      expect(one.membership === null).toBe(method !== 'mixture');
      if (one.membership) expect(one.membership.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
    }
    expect(result.dendrogram === null).toBe(method !== 'ward');
    expect(result.density === null).toBe(method !== 'dbscan');
    expect(result.mixture === null).toBe(method !== 'mixture');
  });

  it.each(clusterMethodIds)('%s: the form puts most customers where the clustering has them', async (method) => {
    const { profiles, sample } = results.get(method)!;
    const some = sample.filter((_, i) => i % 6 === 0);
    let same = 0;
    for (const { cluster, values } of some) {
      const answer = await application.call('customers.classify', {
        basis: 'cluster',
        values: values.join('; '),
        settings: settings(method),
      });
      if (answer.cluster === cluster) same++;
      expect(answer.profile).toEqual(profiles.find((profile) => profile.cluster === answer.cluster) ?? null);
      expect(answer.membership === null).toBe(method !== 'mixture');
    }
    // Ward's groups are no nearest-centre groups; the others answer for every customer of their own.
    expect(same / some.length).toBeGreaterThanOrEqual(method === 'ward' ? 0.8 : 1);
  });

  it('takes a category by name or by its number, and refuses another word', async () => {
    const chosen = { features: ['income', 'gender'], k: 2, kMax: 3 };
    const ask = (values: string) =>
      application.call('customers.classify', { basis: 'cluster', values, settings: chosen });
    const female = await ask('25, female');
    expect(female.values).toEqual([
      { feature: 'income', label: 'Annual Income (k$)', value: 25 },
      { feature: 'gender=Female', label: 'Gender: Female', value: 1 },
    ]);
    expect(await ask('25; 1')).toEqual(female);
    expect((await ask('25, Male')).values[1].value).toBe(0);
    const { message } = await refusal(ask('25, unknown'));
    expect(message).toContain('Value 2 (Gender) is "unknown"; write one of Female, Male');
  });

  it('compares the methods', async () => {
    const comparison = await application.call('customers.compare', { settings: { kMax: 4 } });
    expect(JSON.parse(JSON.stringify(comparison))).toStrictEqual(comparison);
    expect(new Set(comparison.candidates.map(({ method }) => method))).toEqual(new Set(clusterMethodIds));
  });

  it('writes clusters, profiles and comparison as CSV', async () => {
    const input = { settings: settings('kmeans') };
    const clusters = textOf(await application.call('export.csv', { table: 'clusters', input }))
      .trim()
      .split('\r\n');
    expect(clusters[0]).toBe('customer,cluster,recencyDays,frequency,monetary');
    expect(clusters.length).toBe(91);
    const { labels } = results.get('kmeans')!;
    expect(clusters.slice(1).map((line) => Number(line.split(',')[1]))).toEqual(labels);
    const profiles = textOf(await application.call('export.csv', { table: 'cluster_profiles', input }))
      .trim()
      .split('\r\n');
    expect(profiles.length).toBe(1 + 3);
    const compared = textOf(
      await application.call('export.csv', { table: 'cluster_comparison', input: { settings: { kMax: 3 } } }),
    );
    expect(compared).toMatch(/^method,clusters,silhouette/);
    expect(compared.trim().split('\r\n').length).toBe(1 + 7);
  });

  it('DBSCAN with a hopeless distance answers noise, or one group, in words', async () => {
    const ask = (eps: number) => application.call('customers.cluster', { settings: { method: 'dbscan', eps } });
    const noise = await ask(1e-6);
    expect([noise.k, noise.noise, noise.profiles.map(({ cluster }) => cluster)]).toEqual([0, 90, [0]]);
    expect(noise.notes.map(({ code }) => code)).toContain('all-noise');
    const one = await ask(1e6);
    expect([one.k, one.noise]).toEqual([1, 0]);
    expect(one.notes.map(({ code }) => code)).toContain('one-cluster');
  });
});

describe('too little to cluster', () => {
  it.each([1, 3, 19])('%i customers: refused in a sentence by every method', async (customers) => {
    const application = await opened({ [`few-${customers}.csv`]: salesCsv(customers) });
    for (const method of clusterMethodIds) {
      const { code, message } = await refusal(application.call('customers.cluster', { settings: { method } }));
      expect(code).toBe('not-enough-data');
      expect(message).toContain(`there are ${customers}`);
    }
    expect((await refusal(application.call('customers.compare', {}))).message).toContain('at least 20');
    await application.close();
  });
  it('90 % bought once: an answer by every method', async () => {
    const application = await opened({ 'once.csv': salesCsv(100, (i) => (i % 10 === 0 ? 3 : 1)) });
    for (const method of clusterMethodIds) {
      const result = await application.call('customers.cluster', {
        settings: { method, kMax: 3, features: ['recencyDays', 'frequency', 'monetary', 'meanGapDays', 'gapSpread'] },
      });
      expect(JSON.parse(JSON.stringify(result))).toStrictEqual(result);
    }
    await application.close();
  });
});
