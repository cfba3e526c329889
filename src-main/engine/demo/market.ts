import type { Rng } from '../numeric/rng.ts';
import { dayText } from '../sales/sale-lines.ts';
import type { DemoCustomer } from './customers.ts';
import { drawFrom, runningSums } from './draws.ts';
import { anonymousBasket, anonymousShare, categorySeasons, oneTimeShare, typeParameters } from './parameters.ts';
import { type DemoProduct, discounted } from './products.ts';

/** Who comes and what is bought in one month. */
export interface Market {
  /** 'YYYY-MM' */
  month: string;
  customerSums: Float64Array;
  productSums: Float64Array;
  /** Expected value of an order in currency units, at a discount. */
  expectedOrder(discount: number): number;
}

interface MarketBase {
  rng: Rng;
  products: DemoProduct[];
  customers: DemoCustomer[];
  waiting: DemoCustomer[];
  market?: Market;
}

function customerWeight(
  { type, from, to }: DemoCustomer,
  monthStart: number,
  monthEnd: number,
  atChristmas: boolean,
): number {
  if (to < monthStart || from > monthEnd) return 0;
  const { weight, onlyAtChristmas } = typeParameters[type];
  return onlyAtChristmas && !atChristmas ? 0 : weight;
}

/** Expected units × lines of an order, averaged over who comes. */
function expectedUnits(customers: DemoCustomer[], weights: number[], oneTimers: boolean): number {
  let units = 0;
  let weight = 0;
  customers.forEach(({ type }, i) => {
    units += weights[i] * typeParameters[type].lines * typeParameters[type].quantity;
    weight += weights[i];
  });
  const once = oneTimers ? oneTimeShare : 0;
  const { lines, quantity } = typeParameters['one-time'];
  const known = (1 - once) * (units / weight) + once * lines * quantity;
  return (1 - anonymousShare) * known + anonymousShare * anonymousBasket.lines * anonymousBasket.quantity;
}

/** The market of a day's month; the one at hand is given again while the month lasts. */
export function marketOf({ products, customers, waiting, market }: MarketBase, day: number): Market {
  const text = dayText(day);
  const month = text.slice(0, 7);
  if (market?.month === month) return market;
  const index = Number(text.slice(5, 7)) - 1;
  const start = day - Number(text.slice(8)) + 1;
  const weights = customers.map((customer) => customerWeight(customer, start, start + 30, index >= 10));
  const productWeights = products.map(({ category, weight }) => weight * (categorySeasons[category]?.[index] ?? 1));
  const productWeight = productWeights.reduce((a, b) => a + b, 0);
  const units = expectedUnits(customers, weights, waiting.length > 0);
  return {
    month,
    customerSums: runningSums(weights),
    productSums: runningSums(productWeights),
    expectedOrder(discount) {
      const price = products.reduce(
        (sum, product, i) => sum + productWeights[i] * discounted(product.price, discount),
        0,
      );
      return (units * price) / productWeight / 10_000;
    },
  };
}

/** Who places the next order of a day: nobody known, a one-time buyer whose turn it is, or a customer by weight. */
export function visitorOf(
  { rng, customers, waiting, market }: MarketBase & { market: Market },
  day: number,
): { customer: DemoCustomer | null; basket: { lines: number; quantity: number } } {
  if (rng.next() < anonymousShare) return { customer: null, basket: anonymousBasket };
  if (waiting.length > 0 && rng.next() < oneTimeShare) {
    const customer = waiting.pop()!;
    return { customer, basket: typeParameters[customer.type] };
  }
  for (;;) {
    const customer = customers[drawFrom(market.customerSums, rng)];
    if (day >= customer.from && day <= customer.to) return { customer, basket: typeParameters[customer.type] };
  }
}
