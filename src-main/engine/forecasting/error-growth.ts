/** How errors grow and how wide a band they ask for: measured on the M competitions' monthly series (see the factors). */

const power = 0.35;

/** An error `times` as far ahead is so much larger. */
export const errorGrowth = (times: number): number => times ** power;

/**
 * Half-width in units of the backtest's scaled error, by periods of history: short histories hide part of the error.
 * 36 and more: .80/.95 coverage on the unseen half of M3 and M1; below: the wider factors those series asked for.
 */
const multipliers = [
  { below: 24, k80: 2.4, k95: 7 },
  { below: 36, k80: 1.9, k95: 4.7 },
  { below: Number.POSITIVE_INFINITY, k80: 1.45, k95: 2.75 },
];

/** @param n periods of history */
export const halfWidthsFor = (n: number): { k80: number; k95: number } => multipliers.find(({ below }) => n < below)!;
