/** Habits of the customers as CSV: cohorts, visits, concentration, distributions, correlation. */
import type { CohortTriangle, Concentration, Distributions, VisitHabits } from '../../../src-shared/domain.ts';
import { moneyToDecimal } from '../../../src-shared/format.ts';
import { type CsvColumn, writeCsv } from '../../../src-shared/write-csv.ts';

type Cell = string | number | boolean | null;
type Row = Cell[];

/** Columns of rows that are lists of cells. */
const columnsOf = (kinds: [header: string, kind: 'number' | 'text'][]): CsvColumn<Row>[] =>
  kinds.map(([header, kind], at) => ({ header, kind, value: (row) => row[at] }));

const money = (amount: number | null): string | null => (amount === null ? null : moneyToDecimal(amount));

/** cohorts.csv: one row per cohort and period since its first purchase; `complete` is false where the period is not over. */
export function cohortsCsv({ cohorts, unit, lastPartial }: CohortTriangle): string {
  const columns = columnsOf([
    ['unit', 'text'],
    ['cohort', 'text'],
    ['cohort_customers', 'number'],
    ['periods_later', 'number'],
    ['customers', 'number'],
    ['customer_share', 'number'],
    ['revenue', 'number'],
    ['revenue_share', 'number'],
    ['complete', 'text'],
  ]);
  const rows = cohorts.flatMap(({ cohort, customers, cells }) =>
    cells.map((cell, later): Row => {
      const complete = !(lastPartial && later === cells.length - 1);
      const share = customers > 0 ? cell.share : null;
      const { revenue, revenueShare } = cell;
      return [unit, cohort, customers, later, cell.customers, share, money(revenue), revenueShare, complete];
    }),
  );
  return writeCsv(columns, rows);
}

/** visits.csv: one row per month and segment, `all` for all customers. */
export function visitsCsv({ months, partial, segments }: VisitHabits): string {
  const columns = columnsOf([
    ['month', 'text'],
    ['segment', 'text'],
    ['customers', 'number'],
    ['orders', 'number'],
    ['revenue', 'number'],
    ['orders_per_customer', 'number'],
    ['average_order', 'number'],
    ['complete', 'text'],
  ]);
  const rows = segments.flatMap((one) =>
    months.map(
      (month, i): Row => [
        month,
        one.segment,
        one.customers[i],
        one.orders[i],
        money(one.revenue[i]),
        one.ordersPerCustomer[i],
        money(one.averageOrder[i]),
        !partial[i],
      ],
    ),
  );
  return writeCsv(columns, rows);
}

/** concentration.csv: summary figures, the best customers together, and the points of the Pareto curve. */
export function concentrationCsv(data: Concentration): string {
  const columns = columnsOf([
    ['part', 'text'],
    ['customer_share', 'number'],
    ['customers', 'number'],
    ['revenue', 'number'],
    ['revenue_share', 'number'],
    ['value', 'number'],
  ]);
  const { customers, customersFor80 } = data;
  const rows: Row[] = [
    ['gini', null, customers, money(data.revenue), null, data.gini],
    ['top_10_customers', null, Math.min(10, customers), null, data.top10Share, null],
    ['customers_for_80_percent', customersFor80 / customers, customersFor80, null, null, null],
    ...data.top.map((one): Row => ['top', one.share, one.customers, money(one.revenue), one.revenueShare, null]),
    ...data.curve.map((point): Row => ['curve', point.customers, null, null, point.revenue, null]),
  ];
  return writeCsv(columns, rows);
}

/** distributions.csv: statistics of each figure, then its histogram; values in the figure's own unit. */
export function distributionsCsv({ measures }: Distributions): string {
  const columns = columnsOf([
    ['feature', 'text'],
    ['label', 'text'],
    ['part', 'text'],
    ['statistic', 'text'],
    ['from', 'number'],
    ['to', 'number'],
    ['value', 'number'],
  ]);
  const rows = measures.flatMap(({ id, label, quartiles, sd, skewness, bins }) => [
    ...Object.entries({ ...quartiles, sd, skewness }).map(
      ([name, value]): Row => [id, label, 'statistic', name, null, null, value],
    ),
    ...bins.map(({ from, to, customers }): Row => [id, label, 'histogram', 'customers', from, to, customers]),
  ]);
  return writeCsv(columns, rows);
}

/** correlation.csv: Spearman's rank correlation as a square table; empty for a figure that is the same for all. */
export function correlationCsv({ measures, correlation }: Distributions): string {
  const ids = measures.map(({ id }) => id);
  const columns = columnsOf([['feature', 'text'], ...ids.map((id): [string, 'number'] => [id, 'number'])]);
  return writeCsv(
    columns,
    ids.map((id, i): Row => [id, ...correlation[i]]),
  );
}
