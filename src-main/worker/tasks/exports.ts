/** The tables the user takes away, as files. */
import type { Parsed } from '../../../src-shared/contract.ts';
import type { CustomerRow, ExportTable, Filter, ForecastResult, MadeFile } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import {
  customerSegmentsCsv,
  rfmTableCsv,
  salesForecastCsv,
  segmentSummaryCsv,
  setAsideCsv,
} from '../../files/exports/export-tables.ts';
import type { Session } from '../session.ts';
import { list, rfm } from './customers.ts';
import { exportWriters } from './export-writers.ts';
import { listRecords, setAsideRows } from './imports.ts';

type ExportInput = Omit<Parsed<'export.csv'>, 'model' | 'seed'> & {
  forecast: ForecastResult | null;
  /** The answer of the table's own method, where it has one. */
  source: unknown;
};

const everything = { offset: 0, limit: Number.MAX_SAFE_INTEGER };

function allCustomers(session: Session, { filter, search }: ExportInput): CustomerRow[] {
  return list(session, { filter, search, sort: 'monetary', descending: true, ...everything }).rows;
}

function setAside(session: Session, { importId }: ExportInput): string {
  const record = listRecords(session).find(({ id }) => id === importId);
  if (!record)
    throw new AppError('not-found', `There is no import ${importId ?? ''}. Choose one of the list of imports.`, {
      importId,
    });
  return setAsideCsv(setAsideRows(session, { importId: record.id, ...everything }).rows, record.columns);
}

function forecastPoints({ forecast }: ExportInput): string {
  if (!forecast) throw new AppError('internal', 'The forecast table was asked for without a forecast.');
  return salesForecastCsv(forecast.points);
}

const tables: Record<
  Exclude<ExportTable, keyof typeof exportWriters>,
  (session: Session, input: ExportInput) => string
> = {
  rfm_table: (session, input) => rfmTableCsv(allCustomers(session, input)),
  customer_segments: (session, input) => customerSegmentsCsv(allCustomers(session, input)),
  segment_summary: (session, { filter }) => segmentSummaryCsv(rfm(session, { filter })),
  sales_forecast_30days: (_session, input) => forecastPoints(input),
  set_aside: setAside,
};

/** One table as an Excel-safe CSV file. @throws AppError 'no-data', 'not-found' */
export function exportTable(session: Session, input: ExportInput): MadeFile {
  const { table, source } = input;
  const text =
    table in exportWriters
      ? exportWriters[table as keyof typeof exportWriters](
          source as never,
          session,
          (input.input.filter as Filter | undefined) ?? input.filter,
        )
      : tables[table as keyof typeof tables](session, input);
  return { fileName: `${table}.csv`, mimeType: 'text/csv', base64: Buffer.from(text).toString('base64') };
}
