import { describe, expect, it } from 'vitest';
import { lastSecondOf } from '../../../src-main/engine/sales/customer-totals.ts';
import { purchaseDays, returnShares } from '../../../src-main/engine/sales/purchase-days.ts';
import { dayNumber } from '../../../src-main/engine/sales/sale-lines.ts';
import type { Row } from '../../fixtures/parsed-sales.ts';
import { dataOf, maskOf } from '../../fixtures/small-shop.ts';

const sale = (customer: string, date: string, invoice: string, quantity = 1): Row => ({
  date: `${date} 10:00:00`,
  invoice,
  customer,
  product: invoice,
  description: 'Thing',
  country: 'Malta',
  quantity,
  price: 10,
});
/** anna: days 1, 1, 4, 14 with other customers between, the last out of order; bert once; carl two days. */
const rows = [
  sale('anna', '2024-01-14', '1'),
  sale('anna', '2024-01-01', '2'),
  sale('bert', '2024-01-02', '3', 3),
  sale('anna', '2024-01-01', '4'),
  sale('anna', '2024-01-04', '5'),
  sale('carl', '2024-01-01', '6'),
  sale('carl', '2024-01-11', '7'),
  sale('bert', '2024-01-20', 'C8', -1),
  sale('carl', '2024-03-01', '9'),
];

describe('purchase days', () => {
  it('count distinct days, their gaps and how these spread; returns and later days do not count', async () => {
    const data = await dataOf(rows);
    const { customers } = data.dictionaries;
    const mask = maskOf(data, { cancellations: 'net' });
    const last = lastSecondOf(dayNumber('2024-02-01'));
    const found = purchaseDays(data.lines, mask, customers.length, last);
    const of = (name: string) => {
      const id = customers.indexOf(name);
      return [found.days[id], found.meanGap[id], found.gapSpread[id]];
    };
    // Gaps 3 and 10: mean 6.5, population deviation 3.5.
    expect(of('anna')).toEqual([3, 6.5, 3.5]);
    expect(of('bert')).toEqual([1, 0, 0]);
    expect(of('carl')).toEqual([2, 10, 0]);
    const shares = returnShares(data.lines, mask, customers.length, last);
    expect(shares[customers.indexOf('bert')]).toBeCloseTo(1 / 3, 12);
    expect(shares[customers.indexOf('anna')]).toBe(0);
    const dropped = returnShares(data.lines, maskOf(data, { cancellations: 'drop' }), customers.length, last);
    expect(dropped[customers.indexOf('bert')]).toBe(0);
  });
});
