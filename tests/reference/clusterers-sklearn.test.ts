/**
 * Ward, Gaussian mixture, DBSCAN and the adjusted Rand index against scikit-learn 1.2.1 and scipy 1.10.1 on iris
 * (Fisher 1936) and on two moons, made by tests/fixtures/clustering/clusterers.py; DBSCAN also on a set worked out by
 * hand; Ward on the mall customers against the project's reference sheet, section 2.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scoreLabellings } from '../../src-main/engine/customers/cluster-indices.ts';
import { dbscan, kneeOf } from '../../src-main/engine/customers/clustering/dbscan.ts';
import { gaussianMixture } from '../../src-main/engine/customers/clustering/gaussian-mixture.ts';
import { kmeans } from '../../src-main/engine/customers/clustering/kmeans.ts';
import type { ClusteringParams, Points } from '../../src-main/engine/customers/clustering/model.ts';
import { ward, wardTree } from '../../src-main/engine/customers/clustering/ward.ts';
import { adjustedRandIndex, stabilities } from '../../src-main/engine/customers/stability.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import fixture from '../fixtures/clustering/clusterers.json' with { type: 'json' };
import irisFixture from '../fixtures/clustering/iris.json' with { type: 'json' };

const context = { seed: 1, tick() {}, check() {} };
const params: ClusteringParams = { covariance: 'full', eps: null, minPoints: null };
const pointsOf = (rows: number[][]): Points => ({
  n: rows.length,
  p: rows[0].length,
  values: Float64Array.from(rows.flat()),
});
const iris = pointsOf(irisFixture.points);
const sameGroups = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  adjustedRandIndex(Int32Array.from(a), Int32Array.from(b));

describe('Ward', () => {
  it('has scipy’s heights', () => {
    const { heights } = wardTree(iris, () => {});
    heights.forEach((height, i) => {
      expect(height).toBeCloseTo(fixture.ward.heights[i], 10);
    });
  });

  it('merges nodes in an order that can be drawn: children before parents, every node once, all points at the root', () => {
    const { nodes } = wardTree(iris, () => {});
    const sizes = new Array(iris.n).fill(1);
    for (let i = 0; i < iris.n - 1; i++) {
      const [a, b] = [nodes[2 * i], nodes[2 * i + 1]];
      expect(Math.max(a, b)).toBeLessThan(iris.n + i);
      sizes.push(sizes[a] + sizes[b]);
    }
    expect(new Set(nodes).size).toBe(2 * (iris.n - 1));
    expect(sizes.at(-1)).toBe(iris.n);
    expect(sizes.slice(iris.n).slice(-20).toSorted()).toEqual(fixture.ward.sizes.slice(-20).toSorted());
  });

  it('has scikit-learn’s labels for 2, 3, 5 and 10 clusters of one tree', () => {
    const counts = [2, 3, 5, 10] as const;
    ward.fit(iris, [...counts], params, 'full', context).forEach(({ labels }, index) => {
      expect(sameGroups(labels, fixture.ward.labels[counts[index]])).toBe(1);
    });
  });

  const mall = resolve(import.meta.dirname, '../../../shared/data/mall_customers.csv');
  if (!existsSync(mall)) console.warn(`Skipped: ${mall} is not there.`);
  it.skipIf(!existsSync(mall))('has silhouette 0.5538 on (income, score) of the mall customers with k = 5', () => {
    const lines = readFileSync(mall, 'utf8').trim().split(/\r?\n/).slice(1);
    const rows = lines.map((line) => line.split(',').slice(3, 5).map(Number));
    const columns = [0, 1].map((j) => {
      const mean = rows.reduce((sum, row) => sum + row[j], 0) / rows.length;
      return { mean, sd: Math.sqrt(rows.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / rows.length) };
    });
    const points = pointsOf(rows.map((row) => row.map((value, j) => (value - columns[j].mean) / columns[j].sd)));
    const fits = ward.fit(points, [5], params, 'full', context);
    expect(scoreLabellings(points, fits, createRng(1), () => {}).scores[0].silhouette.toFixed(4)).toBe('0.5538');
  });
});

describe('Gaussian mixture', () => {
  it.each(fixture.mixtures.map((run) => [run.covariance, run.k, run] as const))(
    '%s, k = %i: as likely as the best of 200 starts, with its BIC',
    (covariance, k, run) => {
      const [{ mixture }] = gaussianMixture.fit(
        iris,
        [k],
        { ...params, covariance: covariance as 'full' },
        'full',
        context,
      );
      expect(mixture!.converged).toBe(true);
      expect(mixture!.meanLogLikelihood).toBeGreaterThan(run.meanLogLikelihood - 0.001);
      if (mixture!.meanLogLikelihood > run.meanLogLikelihood + 0.001) return;
      expect(Math.abs(mixture!.bic - run.bic)).toBeLessThan(0.5);
      Array.from(mixture!.weights)
        .sort((a, b) => a - b)
        .forEach((weight, c) => {
          expect(Math.abs(weight - run.weights[c])).toBeLessThan(0.02);
        });
    },
  );

  it('diagonal covariances have zeros beside the diagonal', () => {
    const [{ mixture }] = gaussianMixture.fit(iris, [3], { ...params, covariance: 'diagonal' }, 'full', context);
    mixture!.covariances.forEach((value, at) => {
      if (Math.floor(at / 4) % 4 === at % 4) expect(value).toBeGreaterThan(0);
      else expect(value).toBe(0);
    });
  });
});

describe('DBSCAN', () => {
  it('by hand: a row of four, a border point, a pair too few for a core, and a lonely one', () => {
    // eps 1, three neighbours with itself: 1 and 2 are cores (0, 1, 2 and 1, 2, 3); 0 and 3 are at their border;
    // 10 and 10.5 have only each other; 20 has nobody.
    const points = pointsOf([[0], [1], [2], [3], [10], [10.5], [20]]);
    const [{ density, k, labels }] = dbscan.fit(points, [], { ...params, eps: 1, minPoints: 3 }, 'full', context);
    expect(k).toBe(1);
    expect(Array.from(labels)).toEqual([0, 0, 0, 0, -1, -1, -1]);
    expect(Array.from(density!.core)).toEqual([0, 1, 1, 0, 0, 0, 0]);
    // Third smallest distances, own 0 included: 2, 1, 1, 2, 7, 7.5, 10 in descending order.
    expect(Array.from(density!.kDistances)).toEqual([10, 7.5, 7, 2, 2, 1, 1]);
  });

  it('all noise where nobody has neighbours enough, with no cluster', () => {
    const [{ centroids, k, labels }] = dbscan.fit(iris, [], { ...params, eps: 0.01, minPoints: 5 }, 'full', context);
    expect([k, centroids.length]).toEqual([0, 0]);
    expect(labels.every((label) => label === -1)).toBe(true);
  });

  it.each(fixture.dbscan.runs)(
    'has scikit-learn’s labels on two moons, eps $eps, $minPoints points',
    ({ eps, labels, minPoints }) => {
      const points = pointsOf(fixture.dbscan.moons);
      expect(Array.from(dbscan.fit(points, [], { ...params, eps, minPoints }, 'full', context)[0].labels)).toEqual(
        labels,
      );
    },
  );

  it.each(fixture.dbscan.iris)(
    'has scikit-learn’s labels on iris, eps $eps, $minPoints points',
    ({ eps, labels, minPoints }) => {
      expect(Array.from(dbscan.fit(iris, [], { ...params, eps, minPoints }, 'full', context)[0].labels)).toEqual(
        labels,
      );
    },
  );

  it('proposes the knee of the k-distance curve', () => {
    // Chord from 10 to 1 over five places: 10, 7.75, 5.5, 3.25, 1. Depths 0, 0.75, 3.5, 1.75, 0.
    expect(kneeOf(Float64Array.of(10, 7, 2, 1.5, 1))).toBe(2);
    expect(kneeOf(Float64Array.of(3, 1, 0, 0, 0, 0))).toBe(1);
    expect(kneeOf(Float64Array.of(0, 0))).toBe(1);
  });
});

describe('stability', () => {
  it.each(fixture.rand)('the adjusted Rand index is scikit-learn’s $ari', ({ a, ari, b }) => {
    expect(sameGroups(a, b)).toBeCloseTo(ari, 12);
    expect(sameGroups(b, a)).toBeCloseTo(ari, 12);
  });

  it('is high where the groups are there and low where they are not', () => {
    const rng = createRng(4);
    const clouds = pointsOf(Array.from({ length: 600 }, (_, i) => [10 * (i % 3) + rng.normal(), rng.normal()]));
    const blob = pointsOf(Array.from({ length: 600 }, () => [rng.normal(), rng.normal()]));
    const of = (points: Points, k: number) =>
      stabilities(points, kmeans, kmeans.fit(points, [k], params, 'full', context), params, 1, context)[0];
    expect(of(clouds, 3)).toMatchObject({ word: 'stable', resamples: 20, sampleSize: 480 });
    expect(of(clouds, 3).meanAri).toBeGreaterThan(0.99);
    expect(of(blob, 5).meanAri).toBeLessThan(0.9);
    expect(of(blob, 5)).toEqual(of(blob, 5));
  });
});
