import type { Parsed } from '../../../src-shared/contract.ts';
import type { Page, RowsOf, RuleId, SaleRow } from '../../../src-shared/domain.ts';
import { flagOfRule, ruleIds } from '../../engine/sales/cleaning-effects.ts';
import { firstSecondOf, lastSecondOf } from '../../engine/sales/customer-totals.ts';
import { everyLine, lineMask, lineUse } from '../../engine/sales/line-mask.ts';
import { epochSeconds, lineFlags } from '../../engine/sales/sale-lines.ts';
import { monthOf, monthStart } from '../../engine/series/calendar.ts';
import { checkedDay, filteredMask } from '../figures.ts';
import type { Session } from '../session.ts';

/** Every rule off: only lines that repeat an earlier import stay out. */
const keepEverything = {
  unknownCustomer: 'keep',
  cancellations: 'keep',
  quantity: 'keep',
  price: 'keep',
  identical: 'keep',
  nonProduct: 'keep',
} as const;

/** Days of a month or of one day; null where the question names neither. */
function daysOf({ month, day }: RowsOf): { first: number; last: number } | null {
  if (day) return { first: checkedDay(day), last: checkedDay(day) };
  if (!month) return null;
  const start = checkedDay(`${month}-01`);
  return { first: start, last: monthStart(monthOf(start) + 1) - 1 };
}

/** Which lines the question names, whatever the rules say of them: 1 where it does. */
function namedLines({ sales, catalogue }: Session, of: RowsOf): Uint8Array {
  const { customers, invoices, countries } = sales.dictionaries;
  const days = daysOf(of);
  const only = <T>(wanted: T | undefined, list: T[]) =>
    wanted === undefined ? null : Uint8Array.from(list, (entry, id) => (id > 0 && entry === wanted ? 1 : 0));
  const product = only(of.product, catalogue.codes);
  const named = lineMask(sales.lines, keepEverything, {
    firstSecond: days ? firstSecondOf(days.first) : everyLine.firstSecond,
    lastSecond: days ? lastSecondOf(days.last) : everyLine.lastSecond,
    countries: only(of.country, countries),
    products: product && Uint8Array.from(catalogue.productOf, (id) => product[id]),
    customers: only(of.customer, customers),
  });
  const invoice = only(of.invoice, invoices);
  const rule = of.rule ? flagOfRule[of.rule] : 0;
  for (let i = 0; i < named.length; i++) {
    if (invoice !== null && invoice[sales.lines.invoice[i]] === 0) named[i] = 0;
    if (rule !== 0 && (sales.lines.flags[i] & rule) === 0) named[i] = 0;
  }
  return named;
}

/** Lines of a page behind a figure, in the order of import. With a rule named: lines it speaks about, used or not. */
export function listRows(session: Session, { filter, of, offset, limit }: Parsed<'rows.list'>): Page<SaleRow> {
  const used = filteredMask(session, filter);
  const named = namedLines(session, of);
  const shown = of.rule ? filteredMask(session, filter, keepEverything) : used;
  const rows: SaleRow[] = [];
  let total = 0;
  for (let i = 0; i < named.length; i++) {
    if (named[i] === 0 || shown[i] === lineUse.out) continue;
    if (total >= offset && rows.length < limit) rows.push(rowOf(session, i, used[i] !== lineUse.out));
    total++;
  }
  return { total, offset, rows };
}

const momentText = (seconds: number): string =>
  new Date((seconds + epochSeconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');

function rowOf({ sales }: Session, i: number, used: boolean): SaleRow {
  const { lines, dictionaries } = sales;
  const { code, description } = dictionaries.products[lines.product[i]];
  const flags = lines.flags[i];
  const rules: RuleId[] = ruleIds.filter((rule) => (flags & flagOfRule[rule]) !== 0);
  return {
    invoice: dictionaries.invoices[lines.invoice[i]],
    product: code,
    description,
    quantity: lines.quantity[i],
    date: momentText(lines.seconds[i]),
    price: lines.price[i],
    amount: lines.amount[i],
    customer: lines.customer[i] === 0 ? null : dictionaries.customers[lines.customer[i]],
    country: lines.country[i] === 0 ? null : dictionaries.countries[lines.country[i]],
    used: used && (flags & lineFlags.repeated) === 0,
    rules,
  };
}
