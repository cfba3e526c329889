/** customer_value.csv: what each customer brought, is likely to bring, and when the next purchase is due. */
import type { ValueRow } from '../../../src-shared/domain.ts';
import { moneyToDecimal } from '../../../src-shared/format.ts';
import { type CsvColumn, type CsvOptions, writeCsv } from '../../../src-shared/write-csv.ts';

const columns: CsvColumn<ValueRow>[] = [
  { header: 'customer', kind: 'id', value: (row) => row.customer },
  { header: 'segment', kind: 'text', value: (row) => row.segment },
  { header: 'frequency', kind: 'number', value: (row) => row.frequency },
  { header: 'last_purchase', kind: 'text', value: (row) => row.lastDay },
  { header: 'days_since', kind: 'number', value: (row) => row.daysSince },
  { header: 'historic_value', kind: 'number', value: (row) => moneyToDecimal(row.historic) },
  { header: 'predicted_value', kind: 'number', value: (row) => moneyToDecimal(row.predicted) },
  { header: 'value_if_kept', kind: 'number', value: (row) => moneyToDecimal(row.ifKept) },
  { header: 'at_stake', kind: 'number', value: (row) => moneyToDecimal(row.atStake) },
  { header: 'total_value', kind: 'number', value: (row) => moneyToDecimal(row.total) },
  { header: 'expected_orders', kind: 'number', value: (row) => row.expectedOrders },
  { header: 'expected_order', kind: 'number', value: (row) => moneyToDecimal(row.expectedOrder) },
  { header: 'chance_alive', kind: 'number', value: (row) => row.alive },
  { header: 'chance_lost', kind: 'number', value: (row) => row.churn },
  { header: 'own_gap_days', kind: 'number', value: (row) => row.ownGapDays },
  { header: 'usual_gap_days', kind: 'number', value: (row) => row.usualGapDays },
  { header: 'overdue_days', kind: 'number', value: (row) => row.overdueDays },
  { header: 'next_purchase', kind: 'text', value: (row) => row.next?.day ?? null },
  { header: 'next_purchase_from', kind: 'text', value: (row) => row.next?.from ?? null },
  { header: 'next_purchase_to', kind: 'text', value: (row) => row.next?.to ?? null },
];

/** One row per customer in the order given. */
export const customerValueCsv = ({ rows }: { rows: ValueRow[] }, options?: CsvOptions): string =>
  writeCsv(columns, rows, options);
