import type { DecimalMark } from '../../../../src-shared/domain.ts';
import type { ColumnProfile } from '../column-profile.ts';
import type { Mapping } from '../field-candidates.ts';
import { foldHeader } from '../header-words.ts';
import type { AmountMode } from '../import-plan.ts';
import { cellUnits, noEvidence } from '../number-parsing.ts';
import { type Cell, isBlankCell } from '../table-rows.ts';

/** Whether quantity × price or the stated amount is the revenue, over a sample. */
export function decideAmountMode(data: readonly Cell[][], mapping: Mapping, marks: DecimalMark[]): AmountMode {
  const { quantity, price, amount } = mapping;
  if (quantity === undefined || price === undefined) return 'amount';
  if (amount === undefined) return 'product';
  let compared = 0;
  let differing = 0;
  for (const row of data) {
    const [q, p, a] = [quantity, price, amount].map((index) => cellUnits(row[index] ?? '', marks[index], noEvidence()));
    if (Number.isNaN(q + p + a)) continue;
    compared++;
    if (Math.abs(Math.round((q / 10_000) * p) - a) > 1) differing++;
  }
  return differing > compared * 0.001 ? 'amount' : 'product';
}

const orderWords =
  /\b(order|invoice|grand|payment|transaction|subtotal|total|bestell\w*|rechnung\w*|gesamt\w*|commande|facture|pedido|factura|ordine|fattura|fatura)\b/;

/**
 * Whether the amount is the total of a whole order written on each of its lines: adding it up would count it several
 * times. Lines of one invoice then always repeat it, although invoices differ.
 */
export function repeatsOrderTotal(
  columns: readonly ColumnProfile[],
  { invoice, amount, quantity, price }: Mapping,
): boolean {
  if (invoice === undefined || amount === undefined) return false;
  const invoices = columns[invoice].cells;
  const amounts = columns[amount].cells;
  let pairs = 0;
  let repeated = 0;
  for (let i = 1; i < invoices.length; i++) {
    if (isBlankCell(invoices[i]) || invoices[i] !== invoices[i - 1]) continue;
    pairs++;
    if (amounts[i] === amounts[i - 1] && !isBlankCell(amounts[i])) repeated++;
  }
  const named = orderWords.test(foldHeader(columns[amount].header));
  const likely = pairs >= (named ? 1 : 20) && repeated >= pairs * 0.98 && new Set(amounts).size > 1;
  if (!likely || quantity === undefined || price === undefined) return likely && named;
  // Equal lines of one invoice repeat their amount too; then it agrees with quantity × price.
  return !agreesMostly(columns[quantity].cells, columns[price].cells, amounts);
}

function agreesMostly(quantities: readonly Cell[], prices: readonly Cell[], amounts: readonly Cell[]): boolean {
  const value = (cell: Cell): number =>
    Number(
      String(cell)
        .replace(/[^\d.,-]/g, '')
        .replace(',', '.'),
    );
  const agree = amounts.filter(
    (amount, i) => Math.abs(value(quantities[i]) * value(prices[i]) - value(amount)) < 0.011,
  ).length;
  return agree >= amounts.length * 0.6;
}
