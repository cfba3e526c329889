/**
 * BG/NBD on the CDNOW sample: Fader, Hardie & Lee 2005, Marketing Science 24(2), table 2, and the example of their
 * spreadsheet note; Gamma-Gamma: Fader & Hardie 2013, "The Gamma-Gamma Model of Monetary Value". Data:
 * cdnow_customers_summary*.csv (calibration weeks 1–39, 2,357 customers).
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aliveProbability,
  expectedIfAlive,
  expectedPurchases,
  fitPurchases,
} from '../../src-main/engine/customers/lifetime/bg-nbd.ts';
import { fitValue } from '../../src-main/engine/customers/lifetime/fit-value.ts';
import { expectedSpend, fitSpending } from '../../src-main/engine/customers/lifetime/gamma-gamma.ts';
import type { PurchaseHistory } from '../../src-main/engine/customers/lifetime/purchase-history.ts';
import { digamma, logGamma } from '../../src-main/engine/numeric/special.ts';
import type { Session } from '../../src-main/worker/session.ts';
import { purchases as purchasesOf } from '../../src-main/worker/tasks/lifetime.ts';
import { openOnlineRetail } from '../fixtures/online-retail-session.ts';
import { hasOnlineRetail, onlineRetailPath } from '../fixtures/parsed-sales.ts';

const folder = resolve(import.meta.dirname, '../../../shared/data');
const file = (name: string) => resolve(folder, name);
const present = existsSync(file('cdnow_customers_summary.csv'));
if (!present) console.warn(`Skipped: ${file('cdnow_customers_summary.csv')} is not there.`);

const rowsOf = (name: string): number[][] =>
  readFileSync(file(name), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',').map(Number));
const column = (rows: number[][], at: number) => Float64Array.from(rows, (row) => row[at]);
const purchases = () => {
  const rows = rowsOf('cdnow_customers_summary.csv');
  return { x: column(rows, 1), lastPurchaseAge: column(rows, 2), T: column(rows, 3) };
};

describe.skipIf(!present)('CDNOW', () => {
  it('BG/NBD has the published parameters and log-likelihood', () => {
    const fit = fitPurchases(purchases(), 'bg-nbd');
    expect(fit).toMatchObject({ converged: true, customers: 2_357 });
    expect(Math.abs(fit.r - 0.243)).toBeLessThan(0.001);
    expect(Math.abs(fit.alpha - 4.414)).toBeLessThan(0.001);
    expect(Math.abs(fit.a - 0.793)).toBeLessThan(0.001);
    expect(Math.abs(fit.b - 2.426)).toBeLessThan(0.001);
    expect(Math.abs(fit.logLikelihood - -9_582.4)).toBeLessThan(0.1);
    // Recomputed with scipy to more digits.
    expect(fit.r).toBeCloseTo(0.24259, 5);
    expect(fit.alpha).toBeCloseTo(4.41353, 4);
    expect(fit.logLikelihood).toBeCloseTo(-9_582.4256, 4);
  });

  it('expects 1.226 purchases of the customer (2, 30.43, 38.86) in the next 39 weeks', () => {
    const fit = fitPurchases(purchases(), 'bg-nbd');
    expect(Math.abs(expectedPurchases(fit, 2, 30.43, 38.86, 39) - 1.226)).toBeLessThan(0.001);
    expect(expectedPurchases(fit, 2, 30.43, 38.86, 39)).toBeCloseTo(1.22591, 5);
  });

  it('a warm start ends where the others end', () => {
    const data = purchases();
    const fit = fitPurchases(data, 'bg-nbd');
    const again = fitPurchases(data, 'bg-nbd', () => {}, { ...fit, r: 0.5, alpha: 9, a: 0.3, b: 1 });
    expect(again.logLikelihood).toBeCloseTo(fit.logLikelihood, 5);
    expect(again.b).toBeCloseTo(fit.b, 3);
  });

  it('Gamma-Gamma has the published parameters on the 946 returning customers', () => {
    const rows = rowsOf('cdnow_customers_summary_with_transactions.csv').filter((row) => row[1] > 0);
    const fit = fitSpending({ x: column(rows, 1), value: column(rows, 4) });
    expect(fit).toMatchObject({ converged: true, customers: 946 });
    expect(Math.abs(fit.p - 6.25)).toBeLessThan(0.01);
    expect(Math.abs(fit.q - 3.74)).toBeLessThan(0.01);
    expect(Math.abs(fit.gamma - 15.44)).toBeLessThan(0.01);
    expect(fit.logLikelihood).toBeCloseTo(-4_055.923, 3);
    // Without purchases the expected value is the mean of the population, pγ / (q − 1).
    expect(expectedSpend(fit, 0, 0)).toBeCloseTo((fit.p * fit.gamma) / (fit.q - 1), 10);
  });
});

/** Expected values: scipy 1.10 (gammaln, digamma, hyp2f1 in eq. (10) of Fader, Hardie & Lee 2005). */
describe('special forms', () => {
  it('has the gamma function and its derivative', () => {
    expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 13);
    expect(logGamma(3.7)).toBeCloseTo(1.428072326665388, 13);
    expect(logGamma(123.4)).toBeCloseTo(469.3360974421906, 10);
    expect(logGamma(1e-5)).toBeCloseTo(11.512919692895826, 12);
    expect(digamma(0.1)).toBeCloseTo(-10.423754940411076, 12);
    expect(digamma(3.7)).toBeCloseTo(1.1671535393615113, 13);
    expect(digamma(1e-4)).toBeCloseTo(-10_000.577051183514, 8);
  });

  it.each([
    [0.243, 4.414, 0.793, 2.426, 2, 30.43, 38.86, 39, 1.226028174767135],
    [0.5, 10, 1.7, 3.2, 0, 0, 20, 52, 0.6225603731075524],
    [0.5, 10, 1.7, 3.2, 12, 19, 20, 52, 8.647926567710167],
    // a + b below 1, and a repeat buyer of long standing.
    [1.2, 8, 0.3, 0.4, 3, 30, 60, 100, 2.077257099469128],
    [2, 5, 0.05, 0.5, 40, 100, 104, 52, 19.699289821296357],
  ])('expected purchases agree with the hypergeometric form (r %f α %f a %f b %f)', (...row) => {
    const [r, alpha, a, b, x, age, T, t, expected] = row;
    expect(expectedPurchases({ model: 'bg-nbd', r, alpha, a, b }, x, age, T, t)).toBeCloseTo(expected, 9);
  });

  it('goes smoothly through a = 1, where the hypergeometric form is 0/0', () => {
    const at = (a: number) => expectedIfAlive(2.2, 30, a, 4, 52);
    expect(at(1)).toBeCloseTo((at(1 - 1e-6) + at(1 + 1e-6)) / 2, 9);
    expect(Number.isFinite(at(1))).toBe(true);
  });

  it('BG/NBD counts a one-time buyer as alive, MBG/NBD does not', () => {
    const fit = { r: 0.5, alpha: 6, a: 0.9, b: 1.6 };
    expect(aliveProbability({ model: 'bg-nbd', ...fit }, 0, 0, 38)).toBe(1);
    // 1 / (1 + a / b · ((α + T) / α)^r)
    expect(aliveProbability({ model: 'mbg-nbd', ...fit }, 0, 0, 38)).toBeCloseTo(
      1 / (1 + (0.9 / 1.6) * Math.sqrt(44 / 6)),
      12,
    );
  });
});

if (!hasOnlineRetail) console.warn(`Skipped: ${onlineRetailPath} is not there.`);

/** No published values: what is held here is that the model earns its place on real sales. */
describe.skipIf(!hasOnlineRetail)('Online Retail II, the last quarter of the time held out', () => {
  let session: Session;
  let history: PurchaseHistory;
  beforeAll(async () => {
    session = await openOnlineRetail();
    history = purchasesOf(session, { filter: {} });
  });
  afterAll(() => session.close());

  it('predicts orders closer than "the same rate as before", in total within 5 %', () => {
    const { method, backtest, churn } = fitValue(history, 2);
    expect(method).toBe('bg-nbd');
    expect(backtest).toMatchObject({ cutoff: '2011-06-07', to: '2011-12-09', customers: 4_960, totalActual: 7_909 });
    expect(backtest!.mae).toBeLessThan(backtest!.naiveMae);
    expect(Math.abs(backtest!.totalPredicted / backtest!.totalActual - 1)).toBeLessThan(0.05);
    expect(churn!.brier).toBeLessThan(0.75 * churn!.baselineBrier);
    for (const one of churn!.classes) expect(Math.abs(one.predicted - one.observed)).toBeLessThan(0.1);
  });

  it('keeps a customer’s purchase days, net of what came back', () => {
    const { customers } = session.sales.dictionaries;
    const row = history.ids.indexOf(customers.indexOf('12346'));
    // Customer 12346 returned the 77,183.60 of 2011-01-18 within minutes.
    const at = history.days.indexOf(14_992, history.start[row]);
    expect(at).toBeLessThan(history.start[row + 1]);
    expect(history.values[at]).toBe(0);
    const total = history.values.reduce((sum, value) => sum + value, 0);
    expect(history.ids.length).toBe(5_878);
    expect(total / 10_000).toBeCloseTo(16_351_022.958, 3);
  });
});
