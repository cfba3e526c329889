/** migration.csv, movers.csv and revenue_change.csv. Money is written as exact decimals with a point. */
import type { MoverRow, Page, RevenueChange, SegmentMigration } from '../../../src-shared/domain.ts';
import { moneyToDecimal } from '../../../src-shared/format.ts';
import { type CsvColumn, writeCsv } from '../../../src-shared/write-csv.ts';

type FlowRow = SegmentMigration['flows'][number] & Pick<SegmentMigration, 'windowDays'> & { dates: [string, string] };

const flowColumns: CsvColumn<FlowRow>[] = [
  { header: 'earlier_date', kind: 'text', value: ({ dates }) => dates[0] },
  { header: 'later_date', kind: 'text', value: ({ dates }) => dates[1] },
  { header: 'from_segment', kind: 'text', value: (row) => row.from },
  { header: 'to_segment', kind: 'text', value: (row) => row.to },
  { header: 'customers', kind: 'number', value: (row) => row.customers },
  { header: 'because_others_moved', kind: 'number', value: (row) => row.becauseOfOthers },
  { header: 'window_days', kind: 'number', value: (row) => row.windowDays },
  { header: 'revenue_before', kind: 'number', value: (row) => moneyToDecimal(row.revenueBefore) },
  { header: 'revenue_after', kind: 'number', value: (row) => moneyToDecimal(row.revenueAfter) },
];

/** migration.csv: one row for every pair of segments that customers have. */
export const migrationCsv = ({ flows, from, to, windowDays }: SegmentMigration): string =>
  writeCsv(
    flowColumns,
    flows.map((flow): FlowRow => ({ ...flow, windowDays, dates: [from, to] })),
  );

const moverColumns: CsvColumn<MoverRow>[] = [
  { header: 'customer', kind: 'id', value: (row) => row.customer },
  { header: 'from_segment', kind: 'text', value: (row) => row.from },
  { header: 'to_segment', kind: 'text', value: (row) => row.to },
  { header: 'direction', kind: 'text', value: (row) => row.direction },
  { header: 'because_others_moved', kind: 'text', value: (row) => row.becauseOfOthers },
  { header: 'revenue_before', kind: 'number', value: (row) => moneyToDecimal(row.revenueBefore) },
  { header: 'revenue_after', kind: 'number', value: (row) => moneyToDecimal(row.revenueAfter) },
  { header: 'change', kind: 'number', value: (row) => moneyToDecimal(row.change) },
  { header: 'monetary', kind: 'number', value: (row) => moneyToDecimal(row.monetary) },
  { header: 'recency_days', kind: 'number', value: (row) => row.recencyDays },
];

/** movers.csv: one row per customer in the order given. */
export const moversCsv = ({ rows }: Page<MoverRow>): string => writeCsv(moverColumns, rows);

interface ChangeRow {
  table: 'revenue' | 'part' | 'who' | 'product' | 'country';
  /** Of a product: its code. */
  item: string;
  name: string;
  customers: number | null;
  before: number | null;
  after: number | null;
  change: number;
}

const money = (amount: number | null): string | null => (amount === null ? null : moneyToDecimal(amount));
const changeColumns: CsvColumn<ChangeRow>[] = [
  { header: 'table', kind: 'text', value: (row) => row.table },
  { header: 'item', kind: 'id', value: (row) => row.item },
  { header: 'name', kind: 'text', value: (row) => row.name },
  { header: 'customers', kind: 'number', value: (row) => row.customers },
  { header: 'before', kind: 'number', value: (row) => money(row.before) },
  { header: 'after', kind: 'number', value: (row) => money(row.after) },
  { header: 'change', kind: 'number', value: (row) => money(row.change) },
];

/**
 * revenue_change.csv: the revenue of both periods, then the parts of the change, who it came from, and the products and
 * countries that changed most with all others in one row; the changes of each table but `who` add to the first row's.
 */
export function revenueChangeCsv({
  current,
  previous,
  change,
  parts,
  who,
  products,
  countries,
}: RevenueChange): string {
  const period = ({ from, to }: { from: string; to: string }) => `${from} to ${to}`;
  const none = { name: '', customers: null, before: null, after: null };
  const others = 'all others';
  const rows: ChangeRow[] = [
    {
      ...none,
      table: 'revenue',
      item: 'total',
      name: `${period(previous.period)} against ${period(current.period)}`,
      before: previous.revenue,
      after: current.revenue,
      change,
    },
    ...parts.map((part): ChangeRow => ({ ...none, table: 'part', item: part.id, change: part.money })),
    ...who.map(
      (group): ChangeRow => ({
        ...none,
        table: 'who',
        item: group.id,
        customers: group.customers,
        change: group.money,
      }),
    ),
    ...products.map(
      ({ product, description, ...row }): ChangeRow => ({
        ...row,
        table: 'product',
        item: product || others,
        name: description,
        customers: null,
      }),
    ),
    ...countries.map(
      ({ country, ...row }): ChangeRow => ({
        ...row,
        table: 'country',
        item: country || others,
        name: '',
        customers: null,
      }),
    ),
  ];
  return writeCsv(changeColumns, rows);
}
