/** The features that come from the sales; the first five in the lists of screens. */
import type { Filter } from '../../src-shared/domain.ts';
import { type CustomerTotals, distinctProducts, lastSecondOf } from '../engine/sales/customer-totals.ts';
import { type PurchaseDays, purchaseDays, returnShares } from '../engine/sales/purchase-days.ts';
import { filteredMask } from './figures.ts';
import type { Session } from './session.ts';

const moneyUnit = 10_000;

/** Customers with sales under a filter, and what is worked out of their lines when a feature asks for it. */
interface Bought {
  totals: CustomerTotals;
  /** [rows] in the order of the totals. */
  distinctProducts(): Int32Array;
  days(): PurchaseDays;
  returnShares(): Float64Array;
}

interface SalesFeature {
  id: string;
  label: string;
  /** [rows] in the order of the totals. */
  values(bought: Bought): ArrayLike<number>;
}

const ofRows = (totals: CustomerTotals, byId: ArrayLike<number>): Float64Array =>
  Float64Array.from(totals.ids, (id) => byId[id]);
const money = ({ monetary }: CustomerTotals): Float64Array => monetary.map((amount) => amount / moneyUnit);
const tenure = ({ firstDay, lastDay }: CustomerTotals): Int32Array => lastDay.map((day, row) => day - firstDay[row]);

export const salesFeatures: SalesFeature[] = [
  { id: 'recencyDays', label: 'Recency (days)', values: ({ totals }) => totals.recencyDays },
  { id: 'frequency', label: 'Frequency (orders)', values: ({ totals }) => totals.frequency },
  { id: 'monetary', label: 'Monetary (revenue)', values: ({ totals }) => money(totals) },
  {
    id: 'averageOrder',
    label: 'Average order',
    values: ({ totals }) => money(totals).map((amount, row) => amount / totals.frequency[row]),
  },
  {
    id: 'unitsPerOrder',
    label: 'Units per order',
    values: ({ totals: { frequency, units } }) => units.map((count, row) => count / frequency[row]),
  },
  { id: 'tenureDays', label: 'Days from first to last purchase', values: ({ totals }) => tenure(totals) },
  { id: 'distinctProducts', label: 'Distinct products', values: (bought) => bought.distinctProducts() },
  { id: 'lines', label: 'Lines bought', values: ({ totals }) => totals.lines },
  {
    id: 'unitsPerLine',
    label: 'Units per line',
    values: ({ totals: { lines, units } }) => units.map((count, row) => count / lines[row]),
  },
  {
    id: 'purchaseDays',
    label: 'Days with a purchase',
    values: (bought) => ofRows(bought.totals, bought.days().days),
  },
  {
    id: 'productsPerVisitDay',
    label: 'Distinct products per day with a purchase',
    values: (bought) => {
      const products = bought.distinctProducts();
      return ofRows(bought.totals, bought.days().days).map((days, row) => products[row] / days);
    },
  },
  {
    // Who bought on one day only has no gap yet: it is at least as long as the time since. Missing would be truer, but
    // in most shops it would leave half of the customers out of every group.
    id: 'meanGapDays',
    label: 'Days between purchases (bought once: days since)',
    values: ({ days, totals }) => {
      const { days: count, meanGap } = days();
      return Float64Array.from(totals.ids, (id, row) => (count[id] > 1 ? meanGap[id] : totals.recencyDays[row]));
    },
  },
  {
    id: 'gapSpread',
    label: 'Irregularity of purchases (spread of the gaps, days)',
    values: (bought) => ofRows(bought.totals, bought.days().gapSpread),
  },
  {
    id: 'ordersPerDay',
    label: 'Orders per day of being a customer',
    values: ({ totals }) => {
      const span = tenure(totals);
      return Float64Array.from(totals.frequency, (orders, row) => orders / (span[row] + 1));
    },
  },
  {
    id: 'returnShare',
    label: 'Share of money returned',
    values: (bought) => ofRows(bought.totals, bought.returnShares()),
  },
  // What a customer has brought so far, the plainest stand-in for lifetime value.
  { id: 'customerValue', label: 'Value to date', values: ({ totals }) => money(totals) },
];

/** Opens the lines of the customers with sales under a filter; each scan of them is made once and remembered. */
export function boughtUnder(session: Session, filter: Filter, totals: CustomerTotals, asOf: number): Bought {
  const { lines, dictionaries } = session.sales;
  const customers = dictionaries.customers.length;
  const lastSecond = lastSecondOf(asOf);
  const scan = <T>(name: string, work: (mask: Uint8Array) => T): T =>
    session.remembered(`features ${name} ${JSON.stringify(filter)}`, () => work(filteredMask(session, filter)));
  return {
    totals,
    distinctProducts: () =>
      scan('products', (mask) => {
        const counts = distinctProducts(lines, mask, customers, session.catalogue.productOf, lastSecond);
        return Int32Array.from(totals.ids, (id) => counts[id]);
      }),
    days: () => scan('days', (mask) => purchaseDays(lines, mask, customers, lastSecond)),
    returnShares: () => scan('returns', (mask) => returnShares(lines, mask, customers, lastSecond)),
  };
}
