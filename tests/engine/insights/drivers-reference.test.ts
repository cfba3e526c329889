/** Shares of variance and robust regression against numpy and statsmodels (tests/fixtures/insights/drivers.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { driverShares } from '../../../src-main/engine/insights/driver-shares.ts';
import { robustRegression } from '../../../src-main/engine/numeric/robust-regression.ts';

interface Reference {
  groups: Record<string, number[][]>;
  y: number[];
  shares: Record<string, number>;
  robust: { coefficients: number[]; scale: number };
}
const reference = JSON.parse(
  readFileSync(new URL('../../fixtures/insights/drivers.json', import.meta.url), 'utf8'),
) as Reference;
const y = Float64Array.from(reference.y);
const groups = Object.entries(reference.groups).map(([id, columns]) => ({
  id,
  columns: columns.map((column) => Float64Array.from(column)),
}));

describe('drivers', () => {
  it('shares are the mean over all orders, as by brute force', () => {
    const shares = driverShares(groups, y);
    groups.forEach(({ id }, g) => {
      expect(shares[g]).toBeCloseTo(reference.shares[id], 7);
    });
  });

  it('robust regression as statsmodels RLM with the bisquare', () => {
    const columns = groups.flatMap((group) => group.columns);
    const p = columns.length + 1;
    const X = Float64Array.from({ length: y.length * p }, (_, at) =>
      at % p === 0 ? 1 : columns[(at % p) - 1][Math.floor(at / p)],
    );
    const fit = robustRegression(X, y, new Uint8Array(y.length).fill(1), new Float64Array(p));
    fit.coefficients.forEach((value, i) => {
      expect(value).toBeCloseTo(reference.robust.coefficients[i], 5);
    });
    expect(fit.scale).toBeCloseTo(reference.robust.scale, 5);
  });
});
