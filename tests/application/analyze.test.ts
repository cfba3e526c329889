/**
 * `salescope analyze` on real files: every figure of summary.json against REFERENCE.md §1 (Online Retail II, UCI,
 * CC BY 4.0; known customers, cancellations dropped) and §2 (scikit-learn 1.2.1 on mall_customers.csv).
 */
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSalesWorkbook } from '../../bench/write-sales-workbook.ts';
import { type AnalyzeInput, analyzeFiles } from '../../src-main/application/analyze.ts';
import type { Summary } from '../../src-main/application/summary.ts';

const data = resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const folder = mkdtempSync(join(tmpdir(), 'salescope-analyze-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const input = (files: string[], more: Partial<AnalyzeInput> = {}): AnalyzeInput => ({
  files,
  out: join(folder, 'out'),
  store: null,
  settings: {},
  importOptions: {},
  clustering: {},
  forecast: { model: 'seasonal-naive' },
  seed: 1,
  pdf: false,
  ...more,
});

function here(name: string): boolean {
  const there = existsSync(join(data, name));
  if (!there) console.log(`SKIPPED: ../shared/data/${name} is not here`);
  return there;
}

/** The two sheets of the original; each is a list of its own below one header. */
const firstSheetRows = 525_461;

async function onlineRetail(format: 'CSV' | 'XLSX'): Promise<string> {
  const csv = join(folder, 'online_retail_II.csv');
  if (!existsSync(csv)) {
    await pipeline(createReadStream(join(data, 'online_retail_II.csv.gz')), createGunzip(), createWriteStream(csv));
  }
  if (format === 'CSV') return csv;
  const workbook = join(folder, 'online_retail_II.xlsx');
  await writeSalesWorkbook(csv, workbook, firstSheetRows);
  return workbook;
}

const formats = here('online_retail_II.csv.gz') ? (['CSV', 'XLSX'] as const) : [];

describe.each(formats)('Online Retail II as %s, cancellations dropped', (format) => {
  let summary: Summary;

  beforeAll(async () => {
    const file = await onlineRetail(format);
    summary = await analyzeFiles(input([file], { settings: { rules: { cancellations: 'drop' }, currency: 'GBP' } }));
  }, 400_000);

  it('gives the totals of the literature', () => {
    expect(summary.totals).toMatchObject({
      lines: 779_424,
      customers: 5878,
      orders: 36_969,
      revenue: '17374786.268',
      units: 10_513_951,
      products: 4631,
      countries: 41,
      tradingDays: 604,
    });
    const [{ rows }] = summary.files;
    expect(rows.read).toBe(1_067_370);
    expect(rows.read).toBe(rows.kept + rows.setAside + rows.duplicates);
  });

  it('gives the revenue of every month', () => {
    expect(Object.fromEntries(summary.months.map(({ month, revenue }) => [month, Number(revenue)]))).toEqual({
      '2009-12': 683504.01,
      '2010-01': 555802.672,
      '2010-02': 504558.956,
      '2010-03': 696978.471,
      '2010-04': 591982.002,
      '2010-05': 597833.38,
      '2010-06': 636371.13,
      '2010-07': 589736.17,
      '2010-08': 602224.6,
      '2010-09': 829013.951,
      '2010-10': 1033112.01,
      '2010-11': 1166460.022,
      '2010-12': 570422.73,
      '2011-01': 568101.31,
      '2011-02': 446084.92,
      '2011-03': 594081.76,
      '2011-04': 468374.331,
      '2011-05': 677355.15,
      '2011-06': 660046.05,
      '2011-07': 598962.901,
      '2011-08': 644051.04,
      '2011-09': 950690.202,
      '2011-10': 1035642.45,
      '2011-11': 1156205.61,
      '2011-12': 517190.44,
    });
  });

  it('gives the top customers, products and countries', () => {
    expect(summary.topCustomers.slice(0, 10).map(({ customer, revenue }) => [customer, revenue])).toEqual([
      ['18102', '580987.04'],
      ['14646', '528602.52'],
      ['14156', '313437.62'],
      ['14911', '291420.81'],
      ['17450', '244784.25'],
      ['13694', '195640.69'],
      ['17511', '172132.87'],
      ['16446', '168472.5'],
      ['16684', '147142.77'],
      ['12415', '144458.37'],
    ]);
    expect(summary.countries.slice(0, 5)).toEqual([
      { country: 'United Kingdom', revenue: '14389234.917' },
      { country: 'EIRE', revenue: '616570.54' },
      { country: 'Netherlands', revenue: '554038.09' },
      { country: 'Germany', revenue: '425019.711' },
      { country: 'France', revenue: '348750.96' },
    ]);
    expect(summary.topProducts.slice(0, 4).map(({ product, revenue }) => [product, revenue])).toEqual([
      ['22423', '277656.25'],
      ['85123A', '247203.36'],
      ['23843', '168469.6'],
      ['85099B', '167920.64'],
    ]);
  });

  it('gives the facts of RFM', () => {
    const rfm = summary.rfm!;
    expect(rfm).toMatchObject({
      asOf: '2011-12-10',
      customers: 5878,
      oneTimeBuyers: 1623,
      recencyDays: { min: 1, q1: 26, median: 96, q3: 380, max: 739 },
      frequency: { min: 1, q1: 1, median: 3, q3: 7, max: 398 },
    });
    expect(rfm.frequency.mean).toBeCloseTo(6.2894, 4);
    expect(rfm.monetary).toMatchObject({ median: '866.355', mean: '2955.901' });
    expect(Number(rfm.monetary.q1)).toBeCloseTo(342.28, 2);
    expect(Number(rfm.monetary.q3)).toBeCloseTo(2248.305, 2);
    for (const groups of [rfm.segments, rfm.fourGroups, rfm.threeGroups]) {
      expect(groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(5878);
    }
    expect([rfm.segments.length, rfm.fourGroups.length, rfm.threeGroups.length]).toEqual([11, 4, 3]);
  });

  it('names the space of its clustering figures and agrees with the reference at k = 3, 4, 5', () => {
    const { space, scores } = summary.clustering!;
    expect(space.map(({ id, transform }) => `${transform} ${id}`)).toEqual([
      'log1p recencyDays',
      'log1p frequency',
      'log1p monetary',
    ]);
    const reference = { 3: [6336.7, 0.3479], 4: [4895.42, 0.3662], 5: [4069.56, 0.344] };
    for (const [k, [inertia, silhouette]] of Object.entries(reference)) {
      const score = scores.find((one) => one.k === Number(k))!;
      expect(score.inertia).toBeLessThan(inertia * 1.001);
      expect(score.silhouette).toBeCloseTo(silhouette, 2);
    }
  });

  it('forecasts 30 days, closed on Saturdays', () => {
    const forecast = summary.forecast!;
    expect(forecast.lastDay).toBe('2011-12-09');
    expect(forecast.openWeekdays[5]).toBe(false);
    expect(forecast.points.length).toBe(30);
    expect(
      forecast.points
        .filter(({ date }) => new Date(date).getUTCDay() === 6)
        .every(({ mean, closed }) => mean === '0' && closed),
    ).toBe(true);
    expect(summary.refusals).toEqual([]);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual([
      'customer_segments.csv',
      'rfm_table.csv',
      'sales_forecast_30days.csv',
      'segment_summary.csv',
      'summary.json',
    ]);
  });
});

describe.runIf(here('mall_customers.csv'))('mall customers: a file of customers without sales', () => {
  const mall = join(data, 'mall_customers.csv');

  it('clusters its numeric columns as scikit-learn does, and says why there is no forecast', async () => {
    const summary = await analyzeFiles(input([mall], { pdf: true }));
    expect(summary.files[0]).toMatchObject({
      kind: 'customers',
      rows: { read: 200, kept: 200, setAside: 0, duplicates: 0 },
    });
    const { space, scores, customers } = summary.clustering!;
    expect([space.length, customers]).toEqual([3, 200]);
    const inertia = [389.3862, 295.2122, 205.2251, 168.2476, 133.8683, 117.0116, 103.8153, 91.9674, 81.487];
    inertia.forEach((expected, i) => void expect(scores[i].inertia, `k = ${i + 2}`).toBeLessThan(expected * 1.001));
    const six = scores.find(({ k }) => k === 6)!;
    expect(six.silhouette).toBeCloseTo(0.4274, 3);
    expect(six.daviesBouldin).toBeCloseTo(0.8277, 2);
    expect(six.calinskiHarabasz).toBeCloseTo(135.1, 0);
    expect(summary.forecast).toBeNull();
    expect(summary.totals?.lines ?? 0).toBe(0);
    expect(summary.refusals.map(({ part }) => part)).toContain('forecast');
    expect(summary.refusals.every(({ message }) => message.length > 10)).toBe(true);
  });

  it('finds five clear groups in income and spending score', async () => {
    const first = await analyzeFiles(input([mall]));
    const ids = first.clustering!.space.map(({ id }) => id).filter((id) => /income|spend/i.test(id));
    const { clustering } = await analyzeFiles(input([mall], { clustering: { features: ids } }));
    const five = clustering!.scores.find(({ k }) => k === 5)!;
    expect(clustering!.k).toBe(5);
    expect(five.inertia).toBeLessThan(65.5684 * 1.001);
    expect(five.silhouette).toBeCloseTo(0.5547, 3);
    expect(five.daviesBouldin).toBeCloseTo(0.5722, 3);
    expect(five.calinskiHarabasz).toBeCloseTo(248.65, 1);
  });

  it('gives the same bytes twice', async () => {
    const text = () => readFileSync(join(folder, 'out', 'summary.json'), 'utf8');
    await analyzeFiles(input([mall]));
    const once = text();
    await analyzeFiles(input([mall]));
    expect(text()).toBe(once);
  });
});
