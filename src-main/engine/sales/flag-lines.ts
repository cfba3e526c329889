import { nonProducts } from './non-product.ts';
import { type Dictionaries, lineFlags, type SaleLines } from './sale-lines.ts';

/** The lines of one import inside the columns. */
export interface ImportRange {
  from: number;
  to: number;
  hasCustomerColumn: boolean;
}

const cancellingNumber = /^C\d/i;

/**
 * Invoices whose number marks a cancellation (C489449). In a shop whose every invoice is C1001 the letter means
 * nothing: when most lines with it bring money, it is no mark.
 * @returns [invoices] 1 where the number cancels
 */
function cancellingInvoices(lines: SaleLines, invoices: string[], { from, to }: ImportRange): Uint8Array {
  const marked = Uint8Array.from(invoices, (number) => (cancellingNumber.test(number) ? 1 : 0));
  let positive = 0;
  let all = 0;
  for (let i = from; i < to; i++) {
    if (marked[lines.invoice[i]] === 0) continue;
    all++;
    if (lines.amount[i] > 0) positive++;
  }
  return positive * 2 > all ? new Uint8Array(invoices.length) : marked;
}

/** What flagging looks up. */
export interface FlagMarks {
  /** [invoices] 1 where the number cancels. */
  cancelling: Uint8Array;
  /** [products] 1 where the entry is no goods. */
  noGoods: Uint8Array;
  hasCustomerColumn: boolean;
}

/** Works out what the flags of one import depend on; its amounts must be there. */
export const findMarks = (lines: SaleLines, dictionaries: Dictionaries, range: ImportRange): FlagMarks => ({
  cancelling: cancellingInvoices(lines, dictionaries.invoices, range),
  noGoods: nonProducts(dictionaries.products),
  hasCustomerColumn: range.hasCustomerColumn,
});

/**
 * Says of each line from … to what the cleaning rules speak about; duplicates are found apart (duplicates.ts) and
 * their bits are left as they are. A cancellation has a cancelling invoice number, or a negative quantity at a price
 * above zero, or a negative amount. O(lines).
 */
export function flagLines(
  lines: SaleLines,
  { cancelling, noGoods, hasCustomerColumn }: FlagMarks,
  from: number,
  to: number,
): void {
  const { customer, invoice, quantity, price, amount, product, flags } = lines;
  const found = lineFlags.identical | lineFlags.repeated;
  for (let i = from; i < to; i++) {
    let flag = flags[i] & found;
    if (hasCustomerColumn && customer[i] === 0) flag |= lineFlags.unknownCustomer;
    if (cancelling[invoice[i]] === 1 || (quantity[i] < 0 && price[i] > 0) || amount[i] < 0)
      flag |= lineFlags.cancellation;
    else if (quantity[i] <= 0) flag |= lineFlags.quantity;
    if (price[i] <= 0) flag |= lineFlags.price;
    if (noGoods[product[i]] === 1) flag |= lineFlags.nonProduct;
    flags[i] = flag;
  }
}
