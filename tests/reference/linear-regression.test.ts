/**
 * Expected values: scikit-learn 1.2.1, Ridge(solver='cholesky') on standardised inputs. Script and output lie beside each
 * other in tests/fixtures/forecasting (ridge.py, ridge.json).
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fitLine } from '../../src-main/engine/forecasting/linear-regression.ts';

interface Reference {
  X: number[][];
  y: number[];
  cases: { penalty: number; intercept: number; slopes: number[] }[];
}
const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/forecasting/ridge.json', import.meta.url), 'utf8'),
);

it.each(reference.cases)('the line of penalty $penalty is scikit-learn’s', ({ penalty, intercept, slopes }) => {
  const p = reference.X[0].length;
  const X = Float32Array.from(reference.X.flat());
  const y = Float32Array.from(reference.y);
  const line = fitLine(X, p, y, new Uint8Array(y.length).fill(1), penalty);
  expect(line.base).toBeCloseTo(intercept, 12);
  slopes.forEach((slope, f) => {
    expect(line.slopes[f]).toBeCloseTo(slope, 10);
  });
});

it('rows of weight 0 say nothing', () => {
  const p = reference.X[0].length;
  const { X, y } = reference;
  const part = 25;
  const alone = fitLine(
    Float32Array.from(X.slice(0, part).flat()),
    p,
    Float32Array.from(y.slice(0, part)),
    new Uint8Array(part).fill(1),
    0.1,
  );
  const weights = Uint8Array.from(y, (_, r) => (r < part ? 1 : 0));
  expect(fitLine(Float32Array.from(X.flat()), p, Float32Array.from(y), weights, 0.1)).toEqual(alone);
});
