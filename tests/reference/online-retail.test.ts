/**
 * Online Retail II (Chen 2019, UCI Machine Learning Repository, doi 10.24432/C5CG6D) under the literature's rules:
 * customer known, cancellations dropped, quantity > 0, price > 0, identical lines once. Expected values: the project's
 * reference sheet, section 1, worked out with pandas.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CleaningRules } from '../../src-shared/domain.ts';
import type { Session } from '../../src-main/worker/session.ts';
import { effects } from '../../src-main/worker/tasks/cleaning.ts';
import { list, rfm } from '../../src-main/worker/tasks/customers.ts';
import { filterOptions, overview } from '../../src-main/worker/tasks/overview.ts';
import { listRows } from '../../src-main/worker/tasks/rows.ts';
import { openOnlineRetail } from '../fixtures/online-retail-session.ts';
import { hasOnlineRetail, onlineRetailPath } from '../fixtures/parsed-sales.ts';

if (!hasOnlineRetail) console.warn(`Skipped: ${onlineRetailPath} is not there.`);

const off: CleaningRules = {
  unknownCustomer: 'keep',
  cancellations: 'keep',
  quantity: 'keep',
  price: 'keep',
  identical: 'keep',
  nonProduct: 'keep',
};
const literature: CleaningRules = {
  unknownCustomer: 'drop',
  cancellations: 'drop',
  quantity: 'drop',
  price: 'drop',
  identical: 'drop',
  nonProduct: 'keep',
};
/** 1/10 000 currency units. */
const money = (units: number) => Math.round(units * 10_000);
const everything = { filter: {} };

describe.skipIf(!hasOnlineRetail)('Online Retail II', () => {
  let session: Session;
  beforeAll(async () => {
    session = await openOnlineRetail();
  });
  afterAll(() => session.close());

  const used = (rules: CleaningRules) => {
    session.changeSettings({ rules });
    const { usedLines, usedMoney } = effects(session);
    return { lines: usedLines, money: usedMoney };
  };

  it('holds the raw facts', () => {
    const { lines, dictionaries } = session.sales;
    const count = (test: (i: number) => boolean) => Array.from(lines.flags.keys()).filter(test).length;
    expect(lines.length).toBe(1_067_370);
    expect(dictionaries.invoices.length - 1).toBe(53_628);
    expect(dictionaries.customers.length - 1).toBe(5_942);
    expect(count((i) => lines.customer[i] === 0)).toBe(243_007);
    expect(count((i) => dictionaries.invoices[lines.invoice[i]].startsWith('C'))).toBe(19_494);
    expect(count((i) => lines.quantity[i] <= 0)).toBe(22_950);
    expect(count((i) => lines.price[i] <= 0)).toBe(6_207);
    expect(count((i) => lines.price[i] < 0)).toBe(5);
    expect(effects(session).allMoney).toBe(money(19_287_232.568));
  });

  it('drops the rows of each rule in turn', () => {
    const steps: [Partial<CleaningRules>, number][] = [
      [{}, 1_067_370],
      [{ unknownCustomer: 'drop' }, 824_363],
      [{ cancellations: 'drop' }, 805_619],
      [{ quantity: 'drop' }, 805_619],
      [{ price: 'drop' }, 805_548],
      [{ identical: 'drop' }, 779_424],
    ];
    let rules = off;
    for (const [step, lines] of steps) {
      rules = { ...rules, ...step };
      expect(used(rules).lines, JSON.stringify(step)).toBe(lines);
    }
    expect(rules).toEqual(literature);
  });

  it('has the totals of other choices', () => {
    expect(used({ ...literature, identical: 'keep' })).toEqual({ lines: 805_548, money: money(17_743_411.178) });
    expect(used({ ...literature, unknownCustomer: 'keep' })).toEqual({
      lines: 1_007_912,
      money: money(20_476_242.448),
    });
    // Sales 17,374,786.268 and the cancelled lines of known customers, −1,084,812.980.
    expect(used({ ...literature, cancellations: 'net' })).toEqual({
      lines: 779_424 + 18_390,
      money: money(17_374_786.268 - 1_084_812.98),
    });
  });

  it('says what each rule decides alone', () => {
    used(literature);
    const of = Object.fromEntries(effects(session).effects.map((effect) => [effect.rule, effect]));
    expect(of.cancellations).toMatchObject({ decidedLines: 18_390, decidedMoney: money(-1_084_812.98) });
    expect(of.identical.decidedLines).toBe(805_548 - 779_424);
    expect(of.unknownCustomer).toMatchObject({ lines: 243_007, decidedLines: 1_007_912 - 779_424 });
    expect(of.price.lines).toBe(6_207);
    // Non-product codes inside the clean rows: POST, M, D, C2, DOT, BANK CHARGES, ADJUST, ADJUST2, PADS, SP1002, TEST001, TEST002.
    expect(of.nonProduct).toMatchObject({ decidedLines: 2_847, decidedMoney: money(306_218.298) });
  });

  it('recognises the codes that are no goods, and only those', () => {
    used(literature);
    const codes = new Set(
      listRows(session, { filter: {}, of: { rule: 'nonProduct' }, offset: 0, limit: 100_000 })
        .rows.filter((row) => row.used)
        .map((row) => row.product),
    );
    expect([...codes].sort()).toEqual([
      'ADJUST',
      'ADJUST2',
      'BANK CHARGES',
      'C2',
      'D',
      'DOT',
      'M',
      'PADS',
      'POST',
      'SP1002',
      'TEST001',
      'TEST002',
    ]);
  });

  it('has the overview of the literature', () => {
    used(literature);
    const { total, tradingDays, topProducts, topCountries, asOf, period } = overview(session, everything);
    expect(total).toMatchObject({
      revenue: money(17_374_786.268),
      orders: 36_969,
      customers: 5_878,
      units: 10_513_951,
      lines: 779_424,
    });
    // 1,623 of 5,878 bought once.
    expect(total.repeatShare).toBe((5_878 - 1_623) / 5_878);
    expect(tradingDays).toBe(604);
    expect(asOf).toBe('2011-12-10');
    expect(period).toEqual({ from: '2009-12-01', to: '2011-12-09' });
    expect(topProducts.slice(0, 4).map(({ product, revenue }) => [product, revenue])).toEqual([
      ['22423', money(277_656.25)],
      ['85123A', money(247_203.36)],
      ['23843', money(168_469.6)],
      ['85099B', money(167_920.64)],
    ]);
    expect(topCountries.slice(0, 5).map(({ country, revenue }) => [country, revenue])).toEqual([
      ['United Kingdom', money(14_389_234.917)],
      ['EIRE', money(616_570.54)],
      ['Netherlands', money(554_038.09)],
      ['Germany', money(425_019.711)],
      ['France', money(348_750.96)],
    ]);
    const options = filterOptions(session);
    expect(options.products.length).toBe(4_631);
    expect(options.countries.length).toBe(41);
  });

  it('has the revenue of each month', () => {
    used(literature);
    const { months, current, previous, lastYear } = overview(session, everything);
    const expected = [
      683_504.01, 555_802.672, 504_558.956, 696_978.471, 591_982.002, 597_833.38, 636_371.13, 589_736.17, 602_224.6,
      829_013.951, 1_033_112.01, 1_166_460.022, 570_422.73, 568_101.31, 446_084.92, 594_081.76, 468_374.331, 677_355.15,
      660_046.05, 598_962.901, 644_051.04, 950_690.202, 1_035_642.45, 1_156_205.61, 517_190.44,
    ];
    expect(months.map((row) => row.revenue)).toEqual(expected.map(money));
    expect([months[0].month, months[24].month]).toEqual(['2009-12', '2011-12']);
    // The file ends on 9 December 2011: that month is partial, so November is what the arrows compare.
    expect(months.filter((row) => row.partial).map((row) => row.month)).toEqual(['2011-12']);
    expect([current, previous, lastYear].map((one) => [one?.period.from, one?.kpis.revenue])).toEqual([
      ['2011-11-01', money(1_156_205.61)],
      ['2011-10-01', money(1_035_642.45)],
      ['2010-11-01', money(1_166_460.022)],
    ]);
  });

  it('has recency, frequency and monetary of the customers', () => {
    used(literature);
    const { recencyDays, frequency, monetary, oneTimeBuyers, customers, topCustomers } = rfm(session, everything);
    expect(customers).toBe(5_878);
    expect(recencyDays).toMatchObject({ min: 1, q1: 26, median: 96, q3: 380, max: 739 });
    expect(frequency).toMatchObject({ q1: 1, median: 3, q3: 7, max: 398 });
    expect(frequency.mean).toBeCloseTo(6.2894, 4);
    expect(oneTimeBuyers).toBe(1_623);
    expect(monetary.mean / 10_000).toBeCloseTo(2_955.901, 3);
    expect([monetary.q1, monetary.median, monetary.q3]).toEqual([342.28, 866.355, 2_248.305].map(money));
    expect(topCustomers.map(({ customer, monetary: revenue }) => [customer, revenue])).toEqual([
      ['18102', money(580_987.04)],
      ['14646', money(528_602.52)],
      ['14156', money(313_437.62)],
      ['14911', money(291_420.81)],
      ['17450', money(244_784.25)],
      ['13694', money(195_640.69)],
      ['17511', money(172_132.87)],
      ['16446', money(168_472.5)],
      ['16684', money(147_142.77)],
      ['12415', money(144_458.37)],
    ]);
  });

  it('has the concentration of revenue', () => {
    used(literature);
    const { rows, total } = list(session, {
      filter: {},
      search: '',
      sort: 'monetary',
      descending: true,
      offset: 0,
      limit: 100_000,
    });
    expect(total).toBe(5_878);
    const all = rows.reduce((sum, row) => sum + row.monetary, 0);
    const shareOf = (top: number) => rows.slice(0, top).reduce((sum, row) => sum + row.monetary, 0) / all;
    expect(shareOf(Math.ceil(5_878 * 0.1))).toBeCloseTo(0.63927, 3);
    expect(shareOf(1_354)).toBeGreaterThanOrEqual(0.8);
    expect(shareOf(1_353)).toBeLessThan(0.8);
  });
});
