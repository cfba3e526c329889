/** Expected values: scikit-learn's PowerTransformer, StandardScaler and PCA, numpy's percentiles (tests/fixtures/clustering/feature_space.py). */
import { describe, expect, it } from 'vitest';
import { type FeatureTable, placeInSpace } from '../../src-main/engine/customers/feature-space.ts';
import { principalComponents } from '../../src-main/engine/customers/principal-components.ts';
import expected from '../fixtures/clustering/feature-space.json' with { type: 'json' };

const table = (figures: number[][]): FeatureTable => ({
  customers: figures.map((_, i) => `c${i}`),
  features: figures[0].map((_, j) => ({ id: `f${j}`, label: `Feature ${j}`, source: 'sales' })),
  values: Float64Array.from(figures.flat()),
  revenue: null,
});
const flat = (rows: number[][]) => rows.flat();

describe('a feature space', () => {
  it('finds Yeo–Johnson’s λ and values as scikit-learn does', () => {
    const { points, space } = placeInSpace(table(expected.figures), { transform: 'yeojohnson', scaling: 'zscore' });
    // The tops of the likelihoods are flat: its place is known to about the root of the machine's precision.
    space.forEach(({ lambda }, j) => {
      expect(lambda!, space[j].id).toBeCloseTo(expected.lambdas[j], 6);
    });
    flat(expected.yeoJohnson).forEach((value, at) => {
      expect(points.values[at]).toBeCloseTo(value, 5);
    });
  });

  it('clips at numpy’s percentiles', () => {
    const settings = { transform: 'none', scaling: 'zscore', winsor: 0.05 } as const;
    const { points, space } = placeInSpace(table(expected.figures), settings);
    space.forEach(({ clip }, j) => {
      expect(clip!.low).toBeCloseTo(expected.limits[0][j], 10);
      expect(clip!.high).toBeCloseTo(expected.limits[1][j], 10);
    });
    flat(expected.winsorised).forEach((value, at) => {
      expect(points.values[at]).toBeCloseTo(value, 10);
    });
  });

  it('has scikit-learn’s principal components, the largest loading of each turned positive', () => {
    const figures = expected.figures.map((row) => row.slice(0, 4));
    const { points } = placeInSpace(table(figures), { transform: 'log1p', scaling: 'zscore' });
    const principal = principalComponents(points);
    principal.components.forEach(({ explained, loadings }, c) => {
      const theirs = expected.components[c];
      const sign = Math.sign(theirs.reduce((best, one) => (Math.abs(one) > Math.abs(best) ? one : best)));
      expect(explained).toBeCloseTo(expected.explained[c], 10);
      loadings.forEach((loading, j) => {
        expect(loading).toBeCloseTo(sign * theirs[j], 8);
      });
      expected.scores.forEach((scores, i) => {
        expect(principal.of(i)[c]).toBeCloseTo(sign * scores[c], 8);
      });
    });
  });
});
