import type { Concentration, Note } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { ascending } from '../numeric/statistics.ts';

/** Shares of customers whose revenue is told, in hundredths. */
const topPercents = [1, 5, 10, 20, 50];
const topCount = 10;
const curvePoints = 100;
const fewCustomers = 20;

/**
 * Where the sorted customers stand on the Pareto curve: at most 101 points, each at a whole number of customers.
 * @param sums [n + 1] revenue of the best 0, 1, …, n customers
 */
function curveOf(sums: Float64Array): Concentration['curve'] {
  const n = sums.length - 1;
  const steps = Math.min(n, curvePoints);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const customers = Math.round((step * n) / steps);
    return { customers: customers / n, revenue: sums[customers] / sums[n] };
  });
}

/**
 * Gini coefficient G = Σ (2i − n − 1) x_i / (n Σ x) over ascending x_i, i = 1 … n, without small-sample correction.
 * Reference: Gini 1912; the form of Cowell 2011, Measuring Inequality, appendix A.1.
 */
function giniOf(sorted: Float64Array, total: number): number {
  const n = sorted.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (2 * i + 1 - n) * sorted[i];
  return sum / (n * total) + 0;
}

function notesOf(n: number, negative: number, returned: number): Note[] {
  const notes: Note[] = [];
  if (negative > 0) {
    const params = { customers: negative, returnedMoney: returned };
    notes.push({ code: 'concentration-negative', params, level: 'info' });
  }
  if (n < fewCustomers) notes.push({ code: 'habits-few-customers', params: { customers: n }, level: 'warning' });
  return notes;
}

/**
 * How unevenly revenue is spread over customers: Pareto curve, Gini, share of the best customers.
 *
 * Customers with negative net revenue (more returned than bought) count as 0, and a note says how many and how much;
 * `revenue` and every share are of the total so counted. "Top p %" are the best ⌈n · p / 100⌉ customers: 59 of 5,878
 * for 1 %. `customersFor80` is the fewest customers whose revenue reaches 80 % of the total.
 * @param revenue [n] net revenue of each customer in 1/10 000 currency units
 * @throws AppError 'no-data' without customers, or where nobody brought revenue. O(n log n).
 */
export function concentration(revenue: ArrayLike<number>): Concentration {
  const n = revenue.length;
  const sorted = ascending(revenue);
  let negative = 0;
  let returned = 0;
  for (let i = 0; i < n && sorted[i] < 0; i++) {
    negative++;
    returned -= sorted[i];
    sorted[i] = 0;
  }
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i] + sorted[n - 1 - i];
  const total = sums[n];
  if (!(total > 0)) {
    throw new AppError(
      'no-data',
      'No customer brought revenue above zero under this filter, so there is nothing to share out. Choose other dates, or look at the rules for returns on the page Cleaning.',
    );
  }
  const top = topPercents.map((percent) => {
    // Whole numbers: 0.07 · 100 is above 7, and would round one customer up too many.
    const customers = Math.ceil((n * percent) / 100);
    return { share: percent / 100, customers, revenue: sums[customers], revenueShare: sums[customers] / total };
  });
  let for80 = 1;
  while (sums[for80] * 5 < total * 4) for80++;
  return {
    customers: n,
    revenue: total,
    gini: giniOf(sorted, total),
    top,
    top10Share: sums[Math.min(n, topCount)] / total,
    customersFor80: for80,
    curve: curveOf(sums),
    notes: notesOf(n, negative, returned),
  };
}
