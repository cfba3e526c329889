/** Flags, goods and rules over a shop small enough to be worked out by hand. */
import { describe, expect, it } from 'vitest';
import type { CleaningRules } from '../../../src-shared/domain.ts';
import { cleaningEffects } from '../../../src-main/engine/sales/cleaning-effects.ts';
import { defaultRules, everyLine, lineMask } from '../../../src-main/engine/sales/line-mask.ts';
import { nonProducts } from '../../../src-main/engine/sales/non-product.ts';
import { lineFlags } from '../../../src-main/engine/sales/sale-lines.ts';
import type { SalesData } from '../../../src-main/worker/sales-data.ts';
import type { ParsedOptions, Row } from '../../fixtures/parsed-sales.ts';
import { dataOf, maskOf, shop } from '../../fixtures/small-shop.ts';

/** Names of the flags of each line. */
const flagsOf = ({ lines }: SalesData): string[] =>
  Array.from(lines.flags, (flags) =>
    Object.entries(lineFlags)
      .filter(([, bit]) => flags & bit)
      .map(([name]) => name)
      .join(' '),
  );

const unit = 10_000;

describe('flags', () => {
  const flag = async (row: Partial<Row>, options?: ParsedOptions) => {
    const others: Row[] = [{ date: '2024-01-01', invoice: 'C0', customer: 'x', quantity: -1, price: 1 }];
    return flagsOf(
      await dataOf(
        [...others, { date: '2024-01-02', invoice: '7', customer: 'x', product: 'T', price: 1, ...row }],
        options,
      ),
    )[1];
  };

  it('says of a line what it is', async () => {
    expect(await flag({})).toBe('');
    expect(await flag({ customer: '' })).toBe('unknownCustomer');
    expect(await flag({ invoice: 'C7', quantity: -1 })).toBe('cancellation');
    expect(await flag({ quantity: -1 })).toBe('cancellation');
    expect(await flag({ quantity: 1, price: -1 })).toBe('cancellation price');
    expect(await flag({ quantity: 0 })).toBe('quantity');
    expect(await flag({ quantity: -4, price: 0 })).toBe('quantity price');
    expect(await flag({ price: 0 })).toBe('price');
    expect(await flag({ product: 'POST' })).toBe('nonProduct');
  });

  it('knows an empty customer only where the file has a customer column', async () => {
    expect(await flag({ customer: '' }, { hasCustomerColumn: false })).toBe('');
  });

  it('does not take the C of C1001 for a cancellation where such invoices bring money', async () => {
    const rows: Row[] = [1, 2, 3].map((i) => ({ date: '2024-01-01', invoice: `C100${i}`, customer: 'x', price: i }));
    expect(
      flagsOf(await dataOf([...rows, { date: '2024-01-02', invoice: 'C1004', customer: 'x', quantity: -1, price: 2 }])),
    ).toEqual(['', '', '', 'cancellation']);
  });

  it('finds identical lines in every column, unmapped ones too', async () => {
    const row: Row = {
      date: '2024-01-01 10:00:00',
      invoice: '1',
      customer: 'a',
      product: 'T',
      description: 'Tea',
      country: 'Malta',
      quantity: 2,
      price: 3,
    };
    const differing: Partial<Row>[] = [
      { date: '2024-01-01 10:00:01' },
      { invoice: '2' },
      { customer: 'b' },
      { product: 'U' },
      { description: 'tea' },
      { country: 'Italy' },
      { quantity: 3 },
      { price: 3.0001 },
      { rest: 1 },
      { category: 'x' },
    ];
    const rows = [row, ...differing.map((change) => ({ ...row, ...change })), row];
    expect(flagsOf(await dataOf(rows))).toEqual([...rows.slice(1).map(() => ''), 'identical']);
  });
});

describe('goods and no goods', () => {
  const no = (code: string, description: string) =>
    nonProducts([
      { code: '', description: '', category: '' },
      { code, description, category: '' },
    ])[1] === 1;

  it('recognises postage, fees, adjustments, tests and gift cards', () => {
    for (const [code, description] of [
      ['POST', 'POSTAGE'],
      ['DOT', ''],
      ['C2', 'CARRIAGE'],
      ['M', 'Manual'],
      ['D', 'Discount'],
      ['S', 'SAMPLES'],
      ['B', 'Adjust bad debt'],
      ['BANK CHARGES', ' Bank Charges'],
      ['AMAZONFEE', 'AMAZON FEE'],
      ['ADJUST2', ''],
      ['TEST001', ''],
      ['gift_0001_20', ''],
      ['77', 'Shipping'],
      ['77', 'Delivery charge'],
      ['77', 'Gift card 25'],
      ['77', 'Postage & packing'],
      ['77', 'Versandkosten'],
      ['', 'Discount'],
    ]) {
      expect(no(code, description), `${code} ${description}`).toBe(true);
    }
  });

  it('leaves goods alone whose names only sound so', () => {
    for (const [code, description] of [
      ['M', 'T-shirt, size M'],
      ['S', 'Small'],
      ['C2', 'Cable 2 m'],
      ['15168', 'WHITE BAROQUE CARRIAGE CLOCK'],
      ['85072', 'OCCASIONS GIFT CARD ASSORTMENT'],
      ['20847', 'ZINC CHARGER LARGE'],
      ['1', 'Postage stamp album'],
      ['2', 'Coffee'],
      ['3', 'Test tube vase'],
      ['', ''],
      ['TESTER', 'Perfume'],
    ]) {
      expect(no(code, description), `${code} ${description}`).toBe(false);
    }
  });
});

describe('rules', () => {
  const uses = async (rules: Partial<CleaningRules>) => Array.from(maskOf(await dataOf(shop), rules));

  it('net returns by default: money, but no sale; anonymous lines are left out', async () => {
    expect(await uses({})).toEqual([1, 1, 1, 2, 0, 1, 2]);
  });
  it('drop or keep what they are told to', async () => {
    expect(await uses({ cancellations: 'drop' })).toEqual([1, 1, 1, 0, 0, 1, 0]);
    expect(await uses({ cancellations: 'keep' })).toEqual([1, 1, 1, 1, 0, 1, 1]);
    expect(await uses({ unknownCustomer: 'keep' })).toEqual([1, 1, 1, 2, 1, 1, 2]);
  });
  it('have their effect counted, together and alone', async () => {
    const rows: Row[] = [
      { date: '2024-01-01', invoice: '1', customer: 'a', product: 'T', price: 10 },
      { date: '2024-01-01', invoice: '1', customer: 'a', product: 'T', price: 10 },
      { date: '2024-01-01', invoice: '1', customer: 'a', product: 'POST', price: 3 },
      { date: '2024-01-02', invoice: '2', customer: '', product: 'T', price: 7 },
      { date: '2024-01-02', invoice: '2', customer: '', product: 'T', price: 0 },
      { date: '2024-01-03', invoice: '3', customer: 'a', product: 'T', quantity: -1, price: 4 },
    ];
    const { lines } = await dataOf(rows);
    const { effects, ...all } = cleaningEffects(lines, defaultRules);
    expect(all).toEqual({
      allLines: 6,
      allMoney: (10 + 10 + 3 + 7 - 4) * unit,
      usedLines: 3,
      usedMoney: (10 + 3 - 4) * unit,
    });
    const short = effects.map((e) => [
      e.rule,
      e.choice,
      e.lines,
      e.money / unit,
      e.decidedLines,
      e.decidedMoney / unit,
    ]);
    expect(short).toEqual([
      ['unknownCustomer', 'drop', 2, 7, 1, 7],
      ['cancellations', 'net', 1, -4, 1, -4],
      ['quantity', 'drop', 0, 0, 0, 0],
      ['price', 'drop', 1, 0, 0, 0],
      ['identical', 'drop', 1, 10, 1, 10],
      ['nonProduct', 'keep', 1, 3, 1, 3],
    ]);
  });
  it('meet the filter: dates to the second, countries, products, customers', async () => {
    const { lines, dictionaries } = await dataOf(shop);
    const only = (list: string[], wanted: string) => Uint8Array.from(list, (entry) => (entry === wanted ? 1 : 0));
    const used = (choice: Partial<typeof everyLine>) =>
      Array.from(lineMask(lines, defaultRules, { ...everyLine, ...choice }));
    expect(used({ countries: only(dictionaries.countries, 'Italy') })).toEqual([0, 0, 1, 0, 0, 1, 0]);
    expect(used({ customers: only(dictionaries.customers, 'anna') })).toEqual([1, 1, 1, 2, 0, 0, 0]);
    expect(
      used({
        products: only(
          dictionaries.products.map((entry) => entry.code),
          'J',
        ),
      }),
    ).toEqual([0, 1, 0, 0, 0, 0, 2]);
    expect(used({ firstSecond: lines.seconds[2], lastSecond: lines.seconds[3] })).toEqual([0, 0, 1, 2, 0, 0, 0]);
    expect(used({ firstSecond: lines.seconds[2] + 1 })).toEqual([0, 0, 0, 2, 0, 1, 2]);
  });
});
