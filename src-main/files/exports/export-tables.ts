/** The tables the user takes away as CSV: rows in, text out. Money is written as exact decimals with a point. */
import type { CustomerRow, ForecastPoint, GroupSummary, RfmSummary, SetAsideRow } from '../../../src-shared/domain.ts';
import { moneyToDecimal } from '../../../src-shared/format.ts';
import { fourGroupOf, threeGroupOf } from '../../engine/customers/segments.ts';
import { type CsvColumn, type CsvOptions, writeCsv } from '../../../src-shared/write-csv.ts';

const scores: CsvColumn<CustomerRow>[] = [
  { header: 'r', kind: 'number', value: (row) => row.r },
  { header: 'f', kind: 'number', value: (row) => row.f },
  { header: 'm', kind: 'number', value: (row) => row.m },
];

const rfmColumns: CsvColumn<CustomerRow>[] = [
  { header: 'customer', kind: 'id', value: (row) => row.customer },
  { header: 'recency_days', kind: 'number', value: (row) => row.recencyDays },
  { header: 'frequency', kind: 'number', value: (row) => row.frequency },
  { header: 'monetary', kind: 'number', value: (row) => moneyToDecimal(row.monetary) },
  ...scores,
  { header: 'segment', kind: 'text', value: (row) => row.segment },
  { header: 'average_order', kind: 'number', value: (row) => moneyToDecimal(row.averageOrder) },
  { header: 'first_purchase', kind: 'text', value: (row) => row.firstDay },
  { header: 'last_purchase', kind: 'text', value: (row) => row.lastDay },
  { header: 'country', kind: 'text', value: (row) => row.country },
];

const segmentColumns: CsvColumn<CustomerRow>[] = [
  { header: 'customer', kind: 'id', value: (row) => row.customer },
  { header: 'segment', kind: 'text', value: (row) => row.segment },
  { header: 'group_of_four', kind: 'text', value: (row) => fourGroupOf[row.segment] },
  { header: 'group_of_three', kind: 'text', value: (row) => threeGroupOf[row.segment] },
  ...scores,
  { header: 'monetary', kind: 'number', value: (row) => moneyToDecimal(row.monetary) },
];

interface SummaryRow extends GroupSummary {
  grouping: 'segment' | 'group_of_four' | 'group_of_three';
}

const summaryColumns: CsvColumn<SummaryRow>[] = [
  { header: 'grouping', kind: 'text', value: (row) => row.grouping },
  { header: 'segment', kind: 'text', value: (row) => row.id },
  { header: 'customers', kind: 'number', value: (row) => row.customers },
  { header: 'customer_share', kind: 'number', value: (row) => row.customerShare },
  { header: 'revenue', kind: 'number', value: (row) => moneyToDecimal(row.revenue) },
  { header: 'revenue_share', kind: 'number', value: (row) => row.revenueShare },
  { header: 'average_revenue', kind: 'number', value: (row) => moneyToDecimal(row.averageRevenue) },
  { header: 'average_recency_days', kind: 'number', value: (row) => row.averageRecencyDays },
  { header: 'average_frequency', kind: 'number', value: (row) => row.averageFrequency },
];

const forecastColumns: CsvColumn<ForecastPoint>[] = [
  { header: 'ds', kind: 'text', value: (point) => point.date },
  { header: 'yhat', kind: 'number', value: (point) => moneyToDecimal(point.mean) },
  { header: 'yhat_lower', kind: 'number', value: (point) => moneyToDecimal(point.low80) },
  { header: 'yhat_upper', kind: 'number', value: (point) => moneyToDecimal(point.high80) },
  { header: 'yhat_lower_95', kind: 'number', value: (point) => moneyToDecimal(point.low95) },
  { header: 'yhat_upper_95', kind: 'number', value: (point) => moneyToDecimal(point.high95) },
  { header: 'closed', kind: 'text', value: (point) => point.closed },
];

/** rfm_table.csv: one row per customer in the order given. */
export const rfmTableCsv = (rows: CustomerRow[], options?: CsvOptions): string => writeCsv(rfmColumns, rows, options);

/** customer_segments.csv: each customer's segment and its roll-ups. */
export const customerSegmentsCsv = (rows: CustomerRow[], options?: CsvOptions): string =>
  writeCsv(segmentColumns, rows, options);

/** segment_summary.csv: the eleven segments, then the groups of four and of three. */
export function segmentSummaryCsv(rfm: RfmSummary, options?: CsvOptions): string {
  const rows: SummaryRow[] = [
    ...rfm.segments.map((group) => ({ ...group, grouping: 'segment' as const })),
    ...rfm.fourGroups.map((group) => ({ ...group, grouping: 'group_of_four' as const })),
    ...rfm.threeGroups.map((group) => ({ ...group, grouping: 'group_of_three' as const })),
  ];
  return writeCsv(summaryColumns, rows, options);
}

/** sales_forecast_30days.csv: yhat_lower and yhat_upper are the 80 % band, the 95 % band follows. */
export const salesForecastCsv = (points: ForecastPoint[], options?: CsvOptions): string =>
  writeCsv(forecastColumns, points, options);

/**
 * set_aside.csv: where each row stood and why it was set aside, then its cells as read, so that it can be repaired.
 * @param headers the file's own column names, in the order of `cells`
 */
export function setAsideCsv(rows: SetAsideRow[], headers: string[], options?: CsvOptions): string {
  const width = rows.reduce((widest, row) => Math.max(widest, row.cells.length), headers.length);
  const columns: CsvColumn<SetAsideRow>[] = [
    { header: 'reason', kind: 'text', value: (row) => row.reason },
    { header: 'sheet', kind: 'text', value: (row) => row.sheet },
    { header: 'row', kind: 'number', value: (row) => row.row },
    { header: 'column', kind: 'text', value: (row) => row.column },
    { header: 'value', kind: 'text', value: (row) => row.value },
    ...Array.from(
      { length: width },
      (_, i): CsvColumn<SetAsideRow> => ({
        header: headers[i] ?? `Column ${i + 1}`,
        kind: 'text',
        value: (row) => row.cells[i] ?? null,
      }),
    ),
  ];
  return writeCsv(columns, rows, options);
}
