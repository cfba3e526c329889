import type { Kpis } from '../../../src-shared/domain.ts';
import { lineUse } from './line-mask.ts';
import { OrderCounts } from './order-counts.ts';
import type { Dictionaries, SaleLines } from './sale-lines.ts';

/**
 * The figures of the overview over the lines of a mask between two moments (both included). Revenue, units and lines
 * are net of netted returns; orders and customers come from sales alone. One pass.
 */
export function kpis(
  lines: SaleLines,
  mask: Uint8Array,
  { customers, invoices }: Dictionaries,
  firstSecond: number,
  lastSecond: number,
): Kpis {
  const { seconds, customer, invoice, quantity, amount, length } = lines;
  const counts = new OrderCounts(customers.length, invoices.length);
  let revenue = 0;
  let units = 0;
  let used = 0;
  // Lines of one invoice nearly always stand together: an order is counted once per run of them.
  for (let i = 0; i < length; ) {
    if (seconds[i] < firstSecond || seconds[i] > lastSecond || mask[i] === lineUse.out) {
      i++;
      continue;
    }
    const id = customer[i];
    const number = invoice[i];
    let sales = 0;
    do {
      if (seconds[i] >= firstSecond && seconds[i] <= lastSecond && mask[i] !== lineUse.out) {
        revenue += amount[i];
        units += quantity[i];
        used++;
        if (mask[i] === lineUse.sale) sales++;
      }
      i++;
    } while (i < length && invoice[i] === number && customer[i] === id);
    if (sales > 0) counts.add(id, number, sales);
  }
  let buyers = 0;
  let returning = 0;
  for (let id = 1; id < customers.length; id++) {
    if (counts.ofCustomer[id] > 0) buyers++;
    if (counts.ofCustomer[id] > 1) returning++;
  }
  return {
    revenue,
    orders: counts.orders,
    customers: buyers,
    averageOrder: counts.orders > 0 ? Math.round(revenue / counts.orders) + 0 : null,
    repeatShare: buyers > 0 ? returning / buyers : null,
    units,
    lines: used,
  };
}
