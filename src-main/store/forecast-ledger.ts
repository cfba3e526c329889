/** Published forecasts and their adjustments by hand: rows that are written once; triggers refuse any change. */
import type { Store } from './open-store.ts';

export interface StoredForecast {
  id: number;
  name: string;
  publishedAt: string;
  dataVersion: number;
  /** JSON, as it was asked. */
  input: string;
  /** JSON, as it was answered. */
  output: string;
}

export interface StoredAdjustment {
  id: number;
  forecastId: number;
  madeAt: string;
  from: string;
  to: string;
  change: number;
  note: string;
}

const columns = 'id, name, published_at AS publishedAt, data_version AS dataVersion, input, output';

/** All published forecasts, newest first. */
export const listForecasts = (store: Store): StoredForecast[] =>
  store.db.prepare(`SELECT ${columns} FROM published_forecast ORDER BY id DESC`).all() as StoredForecast[];

export const findForecast = (store: Store, id: number): StoredForecast | null =>
  (store.db.prepare(`SELECT ${columns} FROM published_forecast WHERE id = ?`).get(id) as StoredForecast) ?? null;

/** Freezes a forecast; the same one (question and answer alike) is kept once. @returns its id */
export function insertForecast(store: Store, forecast: Omit<StoredForecast, 'id'>): number {
  const { name, publishedAt, dataVersion, input, output } = forecast;
  const known = store.db
    .prepare('SELECT id FROM published_forecast WHERE input = ? AND output = ?')
    .pluck()
    .get(input, output) as number | undefined;
  if (known !== undefined) return known;
  const { lastInsertRowid } = store.db
    .prepare('INSERT INTO published_forecast (name, published_at, data_version, input, output) VALUES (?, ?, ?, ?, ?)')
    .run(name, publishedAt, dataVersion, input, output);
  return Number(lastInsertRowid);
}

/** Adjustments of one forecast, oldest first; null: of all. */
export const listAdjustments = (store: Store, forecastId: number | null): StoredAdjustment[] =>
  store.db
    .prepare(
      `SELECT id, forecast_id AS forecastId, made_at AS madeAt, first_day AS "from", last_day AS "to", change, note
       FROM forecast_adjustment WHERE ? IS NULL OR forecast_id = ? ORDER BY id`,
    )
    .all(forecastId, forecastId) as StoredAdjustment[];

export function insertAdjustment(store: Store, adjustment: Omit<StoredAdjustment, 'id'>): void {
  const { forecastId, madeAt, from, to, change, note } = adjustment;
  store.db
    .prepare(
      'INSERT INTO forecast_adjustment (forecast_id, made_at, first_day, last_day, change, note) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(forecastId, madeAt, from, to, change, note);
}
