/** Properties that lifetime value keeps whatever the data: no NaN, nothing negative, more loyalty never worth less. */
import { describe, expect, it } from 'vitest';
import { heldOutDays } from '../../../src-main/engine/customers/lifetime/backtest.ts';
import {
  aliveProbability,
  expectedPurchases,
  fitPurchases,
  type PurchaseParameters,
} from '../../../src-main/engine/customers/lifetime/bg-nbd.ts';
import { customerValues } from '../../../src-main/engine/customers/lifetime/customer-values.ts';
import { fitValue } from '../../../src-main/engine/customers/lifetime/fit-value.ts';
import { fitSpending } from '../../../src-main/engine/customers/lifetime/gamma-gamma.ts';
import {
  type PurchaseHistory,
  purchaseHistory,
  snapshot,
} from '../../../src-main/engine/customers/lifetime/purchase-history.ts';
import { createRng, type Rng } from '../../../src-main/engine/numeric/rng.ts';
import { lastSecondOf } from '../../../src-main/engine/sales/customer-totals.ts';
import { dayNumber } from '../../../src-main/engine/sales/sale-lines.ts';
import { dataOf, maskOf, shop as handShop } from '../../fixtures/small-shop.ts';

const between = (rng: Rng, low: number, high: number) => low + (high - low) * rng.next();
/** Spread over orders of magnitude; a + b is often below 1, a often near 1. */
const anyFit = (rng: Rng): PurchaseParameters => ({
  model: rng.next() < 0.5 ? 'bg-nbd' : 'mbg-nbd',
  r: 10 ** between(rng, -2, 1),
  alpha: 10 ** between(rng, -1, 2),
  a: rng.next() < 0.1 ? 1 : 10 ** between(rng, -3, 1),
  b: 10 ** between(rng, -3, 1.5),
});

/** @param purchaseDays of each customer; every purchase is worth `value` currency units */
function historyOf(
  purchaseDays: number[][],
  asOf: number,
  value: (customer: number) => number = () => 20,
): PurchaseHistory {
  const start = [0];
  for (const own of purchaseDays) start.push(start.at(-1)! + own.length);
  return {
    asOf,
    ids: Uint32Array.from(purchaseDays, (_, i) => i + 1),
    start: Uint32Array.from(start),
    days: Int32Array.from(purchaseDays.flat()),
    values: Float64Array.from(purchaseDays.flatMap((own, i) => own.map(() => Math.round(value(i) * 10_000)))),
  };
}

/** A shop in which customers buy at their own pace and leave at some time. */
function shop(seed: number, customers: number, days = 500): PurchaseHistory {
  const rng = createRng(seed);
  const all = Array.from({ length: customers }, () => {
    const own = [Math.floor(rng.next() * days * 0.8)];
    const pace = 5 + 60 * rng.next();
    const leaving = 0.3 * rng.next();
    for (let day = own[0]; rng.next() > leaving; ) {
      day += 1 + Math.floor(-Math.log(1 - rng.next()) * pace);
      if (day >= days) break;
      own.push(day);
    }
    return own;
  });
  return historyOf(all, days, () => 5 + 40 * rng.next());
}

const terms = { horizonDays: 365, discountRate: 0.1, factor: 2 };
const everyNumber = (values: ArrayLike<number>[]) => values.flatMap((one) => Array.from(one));

describe('the purchase history', () => {
  it('holds distinct days, each net of what came back later; who only returned is no customer', async () => {
    const data = await dataOf(handShop);
    const asOf = dayNumber('2024-04-01');
    const history = purchaseHistory(
      data.lines,
      maskOf(data),
      data.dictionaries.customers.length,
      asOf,
      lastSecondOf(asOf),
    );
    expect(Array.from(history.ids, (id) => data.dictionaries.customers[id])).toEqual(['anna', 'bert']);
    expect(Array.from(history.start)).toEqual([0, 2, 3]);
    expect(Array.from(history.days)).toEqual(['2024-01-10', '2024-01-20', '2024-03-31'].map(dayNumber));
    // 2 · 10 + 5; 3 · 10 less the one of 3 February; 12.345.
    expect(Array.from(history.values)).toEqual([250_000, 200_000, 123_450]);
    const { x, lastPurchaseAge, T } = snapshot(history, asOf, asOf);
    expect([...x]).toEqual([1, 0]);
    expect([...lastPurchaseAge]).toEqual([10 / 7, 0]);
    expect([...T]).toEqual([82 / 7, 1 / 7]);
    // As it stood on 15 January: one customer, one purchase.
    const then = dayNumber('2024-01-15');
    expect([...snapshot(history, then, then + 1).x]).toEqual([0]);
  });
});

describe('expected purchases and the chance of being alive', () => {
  it('are finite, never negative, never above what an immortal customer buys, and grow with the horizon', () => {
    const rng = createRng(7);
    for (let i = 0; i < 4_000; i++) {
      const fit = anyFit(rng);
      const x = rng.below(rng.next() < 0.1 ? 400 : 12);
      const T = between(rng, 0, 150);
      const age = x === 0 ? 0 : between(rng, 0, T);
      const t = 10 ** between(rng, -1, 2.2);
      const alive = aliveProbability(fit, x, age, T);
      const expected = expectedPurchases(fit, x, age, T, t);
      const later = expectedPurchases(fit, x, age, T, t * 1.5);
      const message = JSON.stringify({ fit, x, age, T, t });
      expect(alive >= 0 && alive <= 1, message).toBe(true);
      expect(expected >= 0 && expected <= ((fit.r + x) * t) / (fit.alpha + T) + 1e-9, message).toBe(true);
      expect(later >= expected - 1e-9, message).toBe(true);
    }
  });

  it('grow with the number of purchases of customers who were seen just now', () => {
    const rng = createRng(11);
    for (let i = 0; i < 500; i++) {
      const fit = anyFit(rng);
      const T = between(rng, 5, 120);
      const values = Array.from({ length: 15 }, (_, x) => expectedPurchases(fit, x + 1, T, T, 26));
      for (let x = 1; x < values.length; x++)
        expect(values[x] >= values[x - 1] - 1e-9, JSON.stringify({ fit, T, x })).toBe(true);
    }
  });
});

describe('fits', () => {
  it('find the parameters that made the data', () => {
    // A gamma-mixed Poisson process with beta-mixed leaving, r 0.8 α 8 a 1 b 4, drawn by inversion of its parts.
    const rng = createRng(5);
    const gamma = (shape: number): number => {
      // Marsaglia & Tsang 2000, with the boost for shapes below 1.
      if (shape < 1) return gamma(shape + 1) * rng.next() ** (1 / shape);
      const d = shape - 1 / 3;
      for (;;) {
        const z = rng.normal();
        const v = (1 + z / Math.sqrt(9 * d)) ** 3;
        if (v > 0 && Math.log(1 - rng.next()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v;
      }
    };
    const n = 6_000;
    const [x, lastPurchaseAge, T] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
    for (let i = 0; i < n; i++) {
      const rate = gamma(0.8) / 8;
      const [stay, leave] = [gamma(4), gamma(1)];
      const p = leave / (leave + stay);
      T[i] = between(rng, 30, 100);
      for (let at = 0; ; ) {
        at -= Math.log(1 - rng.next()) / rate;
        if (at > T[i]) break;
        x[i]++;
        lastPurchaseAge[i] = at;
        if (rng.next() < p) break;
      }
    }
    const fit = fitPurchases({ x, lastPurchaseAge, T }, 'bg-nbd');
    expect(fit.converged).toBe(true);
    expect(Math.abs(fit.r / 0.8 - 1)).toBeLessThan(0.1);
    expect(Math.abs(fit.alpha / 8 - 1)).toBeLessThan(0.1);
    expect(Math.abs(fit.a / (fit.a + fit.b) - 0.2)).toBeLessThan(0.02);
  });

  it('stay finite where the data say nothing about a parameter', () => {
    const same = {
      x: new Float64Array(200).fill(4),
      lastPurchaseAge: new Float64Array(200).fill(40),
      T: new Float64Array(200).fill(41),
    };
    for (const model of ['bg-nbd', 'mbg-nbd'] as const) {
      const { r, alpha, a, b, logLikelihood } = fitPurchases(same, model);
      for (const value of [r, alpha, a, b, logLikelihood]) expect(Number.isFinite(value)).toBe(true);
    }
    const spend = fitSpending({ x: new Float64Array(50).fill(3), value: new Float64Array(50).fill(20) });
    for (const value of [spend.p, spend.q, spend.gamma, spend.correlation]) expect(Number.isFinite(value)).toBe(true);
  });
});

describe('values of customers', () => {
  it.each([1, 2, 3, 19, 60, 99, 400, 1_500])(
    '%i customers: no NaN, nothing negative, shares are shares',
    (customers) => {
      const history = shop(customers, customers);
      const fits = fitValue(history, 2);
      const values = customerValues(history, fits, terms);
      const { expectedOrders, predicted, expectedOrder, alive, churn, usualGap } = values;
      expect(everyNumber([expectedOrders, predicted, expectedOrder, usualGap]).every((one) => one >= 0)).toBe(true);
      expect(everyNumber([alive, churn]).every((one) => one >= 0 && one <= 1)).toBe(true);
      values.next[1].forEach((day, i) => {
        if (Number.isNaN(day)) return;
        expect(values.next[0][i] <= day && day <= values.next[2][i] && values.next[2][i] <= terms.horizonDays).toBe(
          true,
        );
      });
      const expected = customers < 20 ? 'average' : customers < 100 ? 'own-rate' : 'bg-nbd';
      expect(fits.method).toBe(expected);
      // A step down the ladder is always said.
      if (expected !== 'bg-nbd') expect(fits.notes.map(({ code }) => code)).toContain(`value-${expected}`);
      expect(JSON.parse(JSON.stringify(fits))).toEqual(fits);
    },
  );

  it.each([60, 800])('%i customers: a longer horizon is never worth less', (customers) => {
    const history = shop(3, customers);
    const fits = fitValue(history, 2);
    const at = (horizonDays: number) => customerValues(history, fits, { ...terms, horizonDays });
    const [near, far] = [at(90), at(365)];
    expect(near.predicted.every((one, i) => one <= far.predicted[i])).toBe(true);
    expect(near.expectedOrders.every((one, i) => one <= far.expectedOrders[i])).toBe(true);
  });

  it.each([30, 150, 900])(
    '%i customers: whoever came back is never valued below a comparable one-time buyer',
    (customers) => {
      const base = shop(9, customers);
      const own = Array.from(base.ids, (_, i) => Array.from(base.days.subarray(base.start[i], base.start[i + 1])));
      // Pairs who began on the same day and spend alike: one bought once, the other came back, be it the day after.
      const pairs = Array.from({ length: 40 }, (_, k) => {
        const first = 10 * k;
        const again = first + 1 + ((k * 37) % (499 - first));
        return [[first], k % 3 === 0 ? [first, first + 1] : [first, again]];
      });
      const history = historyOf([...own, ...pairs.flat()], 500, (i) => (i < own.length ? 5 + (i % 40) : 10));
      const values = customerValues(history, fitValue(history, 2), terms);
      for (let k = 0; k < pairs.length; k++) {
        const once = own.length + 2 * k;
        expect([k, values.predicted[once + 1] >= values.predicted[once]]).toEqual([k, true]);
        expect(values.expectedOrders[once + 1]).toBeGreaterThanOrEqual(values.expectedOrders[once]);
      }
    },
  );

  it('later money is worth less, and nothing else changes', () => {
    const history = shop(4, 300);
    const fits = fitValue(history, 2);
    const [plain, discounted] = [0, 0.1].map((discountRate) =>
      customerValues(history, fits, { ...terms, discountRate }),
    );
    expect(plain.expectedOrders).toEqual(discounted.expectedOrders);
    const ratio = Math.max(...discounted.predicted) / Math.max(...plain.predicted);
    expect(ratio).toBeGreaterThan(1.1 ** -1);
    expect(ratio).toBeLessThan(1);
  });

  it('nobody came back: nothing is predicted, nobody is overdue, and it says so', () => {
    const history = historyOf(
      Array.from({ length: 150 }, (_, i) => [i * 2]),
      300,
    );
    const fits = fitValue(history, 2);
    const values = customerValues(history, fits, terms);
    expect(fits.method).toBe('average');
    expect(fits.notes.map(({ code }) => code)).toContain('value-nobody-came-back');
    expect(Math.max(...values.predicted)).toBe(0);
    expect(Math.max(...values.overdue)).toBe(0);
  });

  it('90 % bought once; all bought today; all returned more than they bought', () => {
    const mostlyOnce = historyOf(
      Array.from({ length: 400 }, (_, i) => (i % 10 ? [i] : [i, i + 20, i + 45])),
      500,
    );
    const today = historyOf(
      Array.from({ length: 120 }, () => [100]),
      100,
    );
    const returned = historyOf(
      Array.from({ length: 150 }, (_, i) => [i, i + 30, i + 70]),
      300,
      () => -5,
    );
    for (const history of [mostlyOnce, today, returned]) {
      const values = customerValues(history, fitValue(history, 2), terms);
      const { predicted, alive, churn, expectedOrders } = values;
      expect(everyNumber([predicted, alive, churn, expectedOrders]).every((one) => one >= 0)).toBe(true);
    }
    expect(Math.max(...customerValues(returned, fitValue(returned, 2), terms).predicted)).toBe(0);
  });

  it('the back-test holds out the last quarter, and four weeks at least', () => {
    expect(heldOutDays(historyOf([[0, 399]], 400))).toBe(100);
    expect(heldOutDays(historyOf([[0, 99]], 100))).toBe(28);
    expect(heldOutDays(historyOf([[0, 60]], 61))).toBeNull();
  });
});
