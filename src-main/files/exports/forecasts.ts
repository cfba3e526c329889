/** The forecast explorer's tables as CSV: points, models compared, components, parts. */
import type { ForecastParts, ForecastResult, ModelScore, PartForecast } from '../../../src-shared/domain.ts';
import type { Translate } from '../../../src-shared/charts/chart.ts';
import { partName } from '../../../src-shared/charts/part-forecasts.ts';
import { driverLabel } from '../../../src-shared/driver-label.ts';
import { moneyToDecimal } from '../../../src-shared/format.ts';
import { type CsvColumn, type CsvOptions, writeCsv } from '../../../src-shared/write-csv.ts';
import { salesForecastCsv } from './export-tables.ts';

const amount = (value: number | null): string | null => (value === null ? null : moneyToDecimal(value));

/** forecast_points.csv: one row a day, week or month, as sales_forecast_30days.csv. */
export const forecastPointsCsv = ({ points }: ForecastResult, options?: CsvOptions): string =>
  salesForecastCsv(points, options);

const scoreColumns: CsvColumn<ModelScore>[] = [
  { header: 'model', kind: 'text', value: (row) => row.id },
  { header: 'name', kind: 'text', value: (row) => row.name },
  { header: 'mae', kind: 'number', value: (row) => amount(row.mae) },
  { header: 'rmse', kind: 'number', value: (row) => amount(row.rmse) },
  { header: 'mape', kind: 'number', value: (row) => row.mape },
  { header: 'wape', kind: 'number', value: (row) => row.wape },
  { header: 'smape', kind: 'number', value: (row) => row.smape },
  { header: 'mase', kind: 'number', value: (row) => row.mase },
  { header: 'r2', kind: 'number', value: (row) => row.r2 },
  { header: 'bias', kind: 'number', value: (row) => amount(row.bias) },
  { header: 'coverage_80', kind: 'number', value: (row) => row.coverage80 },
  { header: 'coverage_95', kind: 'number', value: (row) => row.coverage95 },
  { header: 'seconds', kind: 'number', value: (row) => row.seconds },
  { header: 'weight', kind: 'number', value: (row) => row.weight },
  { header: 'used', kind: 'text', value: (row) => row.chosen },
  { header: 'failure', kind: 'text', value: (row) => row.failure?.code ?? null },
];

/** forecast_models.csv: the leader board; seasonal naive is always among them. */
export const forecastModelsCsv = ({ board }: ForecastResult, options?: CsvOptions): string =>
  writeCsv(scoreColumns, board, options);

/** forecast_components.csv: what each input adds to each period; a date's rows add up to its forecast. */
export function forecastComponentsCsv(
  { drivers, points, history }: ForecastResult,
  t: Translate,
  options?: CsvOptions,
): string {
  const rows = points.flatMap(({ date }, j) => drivers.map((driver) => ({ date, driver, value: driver.values[j] })));
  const columns: CsvColumn<(typeof rows)[number]>[] = [
    { header: 'ds', kind: 'text', value: (row) => row.date },
    { header: 'part', kind: 'text', value: (row) => row.driver.part },
    { header: 'input', kind: 'text', value: (row) => row.driver.id },
    { header: 'name', kind: 'text', value: (row) => driverLabel(row.driver.id, history.marked, t) },
    { header: 'amount', kind: 'number', value: (row) => moneyToDecimal(row.value) },
  ];
  return writeCsv(columns, rows, options);
}

/** forecast_parts.csv: one row a part with its sum and its forecast of every period, the last row the rest. */
export function forecastPartsCsv(parts: ForecastParts, t: Translate, options?: CsvOptions): string {
  const columns: CsvColumn<PartForecast>[] = [
    { header: parts.by, kind: 'id', value: (row) => row.id },
    { header: 'name', kind: 'text', value: (row) => partName(parts, row, t) },
    { header: 'yhat', kind: 'number', value: (row) => moneyToDecimal(row.total.mean) },
    { header: 'yhat_lower', kind: 'number', value: (row) => moneyToDecimal(row.total.low80) },
    { header: 'yhat_upper', kind: 'number', value: (row) => moneyToDecimal(row.total.high80) },
    { header: 'yhat_lower_95', kind: 'number', value: (row) => moneyToDecimal(row.total.low95) },
    { header: 'yhat_upper_95', kind: 'number', value: (row) => moneyToDecimal(row.total.high95) },
    { header: 'before', kind: 'number', value: (row) => amount(row.before) },
    { header: 'last_year', kind: 'number', value: (row) => amount(row.lastYear) },
    { header: 'way', kind: 'text', value: (row) => row.way },
    { header: 'wape', kind: 'number', value: (row) => row.wape },
    ...parts.dates.map(
      (date, j): CsvColumn<PartForecast> => ({
        header: date,
        kind: 'number',
        value: (row) => moneyToDecimal(row.means[j]),
      }),
    ),
  ];
  return writeCsv(columns, parts.rows, options);
}
