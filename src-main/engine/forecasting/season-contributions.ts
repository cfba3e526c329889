import type { Covariates } from './covariates.ts';
import type { Contribution } from './model.ts';

/**
 * Splits a forecast into its trend and what the season adds to it: of the week for days, of the year for weeks and months.
 * @param point [h]  @param trend [h] the forecast without its season
 * @param seasonal false: the trend is the forecast
 */
export function trendAndSeason(
  point: Float64Array,
  trend: Float64Array,
  seasonal: boolean,
  { frequency }: Covariates,
): Contribution[] {
  const level: Contribution = { id: 'trend', part: 'trend', values: trend };
  if (!seasonal) return [level];
  const part = frequency === 'day' ? 'weekly' : 'yearly';
  return [level, { id: part, part, values: point.map((value, j) => value - trend[j]) }];
}
