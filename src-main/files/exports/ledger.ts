/** ledger.csv. Money is written as exact decimals with a point. */
import type { LedgerHistory, PublishedForecast } from '../../../src-shared/domain.ts';
import { moneyToDecimal } from '../../../src-shared/format.ts';
import { type CsvColumn, writeCsv } from '../../../src-shared/write-csv.ts';

const columns: CsvColumn<PublishedForecast>[] = [
  { header: 'id', kind: 'number', value: (row) => row.id },
  { header: 'name', kind: 'text', value: (row) => row.name },
  { header: 'published_at', kind: 'text', value: (row) => row.publishedAt },
  { header: 'frequency', kind: 'text', value: (row) => row.frequency },
  { header: 'filter', kind: 'text', value: (row) => JSON.stringify(row.filter) },
  { header: 'model', kind: 'text', value: (row) => row.model },
  { header: 'from', kind: 'text', value: (row) => row.from },
  { header: 'to', kind: 'text', value: (row) => row.to },
  { header: 'periods', kind: 'number', value: (row) => row.horizon },
  { header: 'total', kind: 'number', value: (row) => moneyToDecimal(row.total.mean) },
  { header: 'total_lower_80', kind: 'number', value: (row) => moneyToDecimal(row.total.low80) },
  { header: 'total_upper_80', kind: 'number', value: (row) => moneyToDecimal(row.total.high80) },
  { header: 'scored_periods', kind: 'number', value: ({ score }) => score.scored },
  { header: 'actual', kind: 'number', value: ({ score }) => moneyToDecimal(score.actual) },
  { header: 'forecast', kind: 'number', value: ({ score }) => moneyToDecimal(score.forecast) },
  { header: 'wape', kind: 'number', value: ({ score }) => score.wape },
  { header: 'mape', kind: 'number', value: ({ score }) => score.mape },
  { header: 'bias', kind: 'number', value: ({ score }) => score.bias },
  { header: 'hits_80', kind: 'number', value: ({ score }) => score.hits80 },
  { header: 'hits_95', kind: 'number', value: ({ score }) => score.hits95 },
  { header: 'seasonal_naive_wape', kind: 'number', value: ({ score }) => score.naiveWape },
  { header: 'adjusted_wape', kind: 'number', value: ({ score }) => score.adjustedWape },
  { header: 'adjustments', kind: 'number', value: ({ adjustments }) => adjustments.length },
];

/** ledger.csv: one row for each published forecast, newest first, with its scores as shares of 1. */
export const ledgerCsv = ({ entries }: LedgerHistory): string => writeCsv(columns, entries);
