/** What every clustering method of the registry must do, whatever it is. */
import { describe, expect, it } from 'vitest';
import type { Points } from '../../src-main/engine/customers/clustering/model.ts';
import { clusterers } from '../../src-main/engine/customers/clustering/registry.ts';
import { createRng } from '../../src-main/engine/numeric/rng.ts';
import { AppError } from '../../src-shared/errors.ts';

/** Clouds of equal size around (0, 0), (10, 0), (0, 10) …, far enough apart that no method may mix them. */
function clouds(k: number, each: number): Points {
  const rng = createRng(11);
  const values = new Float64Array(2 * k * each);
  for (let i = 0; i < k * each; i++) {
    const cloud = i % k;
    values[2 * i] = 10 * (cloud % 2) + 0.5 * rng.normal();
    values[2 * i + 1] = 10 * Math.floor(cloud / 2) + 0.5 * rng.normal();
  }
  return { n: k * each, p: 2, values };
}

const quiet = { seed: 1, tick() {}, check() {} };

it('the registry has different ids and says what each method is', () => {
  expect(new Set(clusterers.map(({ id }) => id)).size).toBe(clusterers.length);
  for (const { about, id, name, reference } of clusterers) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const text of [name, about, reference]) expect(text.length).toBeGreaterThan(3);
  }
});

describe.each(clusterers)('$id', (clusterer) => {
  it('finds clouds that lie apart', () => {
    for (const k of [2, 3, 4, 6]) {
      const { labels } = clusterer.fit(clouds(k, 40), k, quiet);
      const labelOf = Array.from({ length: k }, (_, cloud) => labels[cloud]);
      expect(new Set(labelOf).size).toBe(k);
      expect(Array.from(labels)).toEqual(Array.from(labels, (_, i) => labelOf[i % k]));
    }
  });

  it('answers k clusters with at least one point each, and their means', () => {
    const points = clouds(3, 30);
    for (const k of [2, 5, 10]) {
      const found = clusterer.fit(points, k, quiet);
      expect(found.k).toBe(k);
      expect(found.labels.length).toBe(points.n);
      for (let c = 0; c < k; c++) {
        const rows = Array.from(found.labels.keys()).filter((i) => found.labels[i] === c);
        expect(rows.length).toBeGreaterThan(0);
        for (const j of [0, 1]) {
          const mean = rows.reduce((sum, i) => sum + points.values[2 * i + j], 0) / rows.length;
          expect(found.centroids[2 * c + j]).toBeCloseTo(mean, 10);
        }
      }
    }
  });

  it('gives the same bits for the same seed, and leaves its input alone', () => {
    const points = clouds(4, 50);
    const before = points.values.slice();
    const first = clusterer.fit(points, 5, quiet);
    expect(clusterer.fit(points, 5, { ...quiet, seed: 1 })).toEqual(first);
    expect(points.values).toEqual(before);
  });

  it('gives equal points equal labels', () => {
    const { n, p, values } = clouds(3, 20);
    const twice = new Float64Array([...values, ...values]);
    const { labels } = clusterer.fit({ n: 2 * n, p, values: twice }, 7, quiet);
    expect(labels.slice(0, n)).toEqual(labels.slice(n));
  });

  it('works down to as many points as clusters, and with most points in one place', () => {
    const { labels } = clusterer.fit({ n: 3, p: 1, values: Float64Array.of(5, 1, 9) }, 3, quiet);
    expect(new Set(labels).size).toBe(3);
    const values = new Float64Array(500);
    values.set([1, 2, 3], 400);
    expect(new Set(clusterer.fit({ n: 500, p: 1, values }, 4, quiet).labels).size).toBe(4);
  });

  it('refuses more clusters than different points, in words', () => {
    const points = { n: 30, p: 1, values: Float64Array.from({ length: 30 }, (_, i) => i % 3) };
    const error = (() => {
      try {
        return void clusterer.fit(points, 4, quiet);
      } catch (thrown) {
        return thrown as AppError;
      }
    })();
    expect(error).toBeInstanceOf(AppError);
    expect(error?.code).toBe('not-enough-data');
    expect(error?.message).toContain('4');
  });

  it('stops when it is cancelled', () => {
    let calls = 0;
    const stop = () => {
      if (++calls > 3) throw new AppError('cancelled', 'Cancelled.');
    };
    expect(() => clusterer.fit(clouds(4, 100), 6, { seed: 1, tick: stop, check: stop })).toThrow('Cancelled.');
    expect(calls).toBe(4);
  });
});
