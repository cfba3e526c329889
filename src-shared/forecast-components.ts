import type { ForecastDriver, ForecastPartId, ForecastResult, Money } from './domain.ts';

/** From the slow to the quick; in this order the parts stand on every screen. */
export const componentOrder: readonly ForecastPartId[] = ['trend', 'weekly', 'yearly', 'holidays', 'events', 'recent'];

/** All inputs of one kind together. */
export interface ForecastComponent {
  part: ForecastPartId;
  /** One a point; over all components they add up to the point's mean. */
  values: Money[];
  sum: Money;
}

/** Sums the drivers by the part they belong to; parts without a driver are left out. */
export function componentsOf({ drivers, points }: Pick<ForecastResult, 'drivers' | 'points'>): ForecastComponent[] {
  return componentOrder.flatMap((part) => {
    const own = drivers.filter((driver) => driver.part === part);
    if (own.length === 0) return [];
    const values = points.map((_, j) => own.reduce((sum, driver) => sum + driver.values[j], 0));
    return [{ part, values, sum: values.reduce((sum, value) => sum + value, 0) }];
  });
}

/** How much one input moves the forecast. */
export interface RankedDriver extends Pick<ForecastDriver, 'id' | 'part'> {
  sum: Money;
  /** Mean of the absolute amounts a period. */
  size: Money;
}

/** Inputs by their mean absolute amount, largest first. */
export function rankedDrivers(drivers: ForecastDriver[]): RankedDriver[] {
  return drivers
    .map(({ id, part, values }) => ({
      id,
      part,
      sum: values.reduce((sum, value) => sum + value, 0),
      size: values.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, values.length),
    }))
    .sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
}
