import type { Stability } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { createRng, sampleIndices } from '../numeric/rng.ts';
import type { Clusterer, Clustering, ClusteringContext, ClusteringParams, Points } from './clustering/model.ts';
import { partOf, takeRows } from './clustering/partition.ts';

const resamples = 20;
/** A resample holds this share of the points, but no more than `largestResample` of them. */
const resampleShare = 0.8;
const largestResample = 2_200;

const pairs = (count: number): number => (count * (count - 1)) / 2;

/**
 * Adjusted Rand index of two labellings of the same n items: 1 equal partitions, about 0 as alike as by chance.
 * Labels may be any whole numbers; noise (−1) is one group. Two labellings that both put all items together, or all
 * apart, are equal: 1.
 * @param a [n] @param b [n] @returns −0.5..1. O(n).
 * Reference: Hubert & Arabie 1985, J. Classification 2, equation (5).
 */
export function adjustedRandIndex(a: Int32Array, b: Int32Array): number {
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  const cells = new Map<number, number>();
  const add = (counts: Map<number, number>, key: number) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (let i = 0; i < a.length; i++) {
    add(rows, a[i]);
    add(columns, b[i]);
    add(cells, a[i] * 2 ** 26 + b[i]);
  }
  const together = (counts: Map<number, number>) => [...counts.values()].reduce((sum, count) => sum + pairs(count), 0);
  const [inA, inB, inBoth] = [together(rows), together(columns), together(cells)];
  const all = pairs(a.length);
  const expected = all > 0 ? (inA * inB) / all : 0;
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (inBoth - expected) / (most - expected);
}

/** ≥ 0.9 stable, ≥ 0.75 fair, else unstable. */
function stabilityWord(meanAri: number): Stability['word'] {
  if (meanAri >= 0.9) return 'stable';
  return meanAri >= 0.75 ? 'fair' : 'unstable';
}

/** The clusterings of one resample, one for each of the fits; null where too few of its points differ. */
function refit(
  points: Points,
  clusterer: Clusterer,
  fits: Clustering[],
  params: ClusteringParams,
  context: ClusteringContext,
): (Clustering | null)[] {
  const attempt = (counts: number[]): Clustering[] | null => {
    try {
      return clusterer.fit(points, counts, params, 'quick', context);
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-enough-data') return null;
      throw error;
    }
  };
  const counts = fits.map(({ k }) => k);
  return attempt(counts) ?? counts.map((k) => attempt([k])?.[0] ?? null);
}

/**
 * How far each clustering comes back when the method sees only a part of the points: the mean adjusted Rand index
 * between the clustering, as it stands for the drawn points, and the method's answer on these points alone.
 *
 * Twenty seeded subsamples without replacement of 80 % of the points, at most 2,200; the method runs on them with
 * effort 'quick' and the same parameters, so DBSCAN proposes its eps anew where none is given. A subsample in which too
 * few points differ counts as 0.
 * @param fits clusterings of these points by this clusterer, ascending k; what does not take k has one
 * @param seed of the subsamples and of the fits in them
 * @returns one stability per fit, in their order
 */
export function stabilities(
  points: Points,
  clusterer: Clusterer,
  fits: Clustering[],
  params: ClusteringParams,
  seed: number,
  context: ClusteringContext,
): Stability[] {
  const sampleSize = Math.max(1, Math.min(largestResample, Math.round(resampleShare * points.n)));
  const rng = createRng(seed);
  const scores: number[][] = fits.map(() => []);
  for (let resample = 0; resample < resamples; resample++) {
    context.tick(resample, resamples);
    const rows = sampleIndices(points.n, sampleSize, rng);
    const own = { ...partOf(context, resample, resamples), seed: seed + resample + 1 };
    const found = refit(takeRows(points, rows), clusterer, fits, params, own);
    found.forEach((clustering, index) => {
      const whole = fits[index].labels;
      scores[index].push(
        clustering
          ? adjustedRandIndex(
              rows.map((row) => whole[row]),
              clustering.labels,
            )
          : 0,
      );
    });
  }
  return scores.map((own) => {
    const meanAri = own.reduce((sum, score) => sum + score, 0) / resamples;
    const variance = own.reduce((sum, score) => sum + (score - meanAri) ** 2, 0) / (resamples - 1);
    return { meanAri, sdAri: Math.sqrt(variance), resamples, sampleSize, word: stabilityWord(meanAri) };
  });
}
