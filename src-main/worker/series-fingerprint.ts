import { createHash } from 'node:crypto';
import type { SalesSeries } from '../../src-shared/domain.ts';

/** Hex sha256, equal for equal series: the same periods, sales, open weekdays and marked days. */
export const seriesFingerprint = ({ frequency, dates, values, status, openWeekdays, marked }: SalesSeries): string =>
  createHash('sha256')
    .update(JSON.stringify([frequency, dates, values, status, openWeekdays, marked]))
    .digest('hex');
