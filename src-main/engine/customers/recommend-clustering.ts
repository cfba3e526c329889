import type { ClusterCandidate } from '../../../src-shared/domain.ts';

/** Every cluster must hold this share of the customers, noise aside. */
export const smallestShareAllowed = 0.02;
/** Mean adjusted Rand index over the resamples. */
export const stabilityAllowed = 0.9;

export type MeasuredCandidate = Omit<ClusterCandidate, 'refused' | 'meanRank' | 'recommended'>;

function refusals({ k, smallestShare, stability }: MeasuredCandidate): ClusterCandidate['refused'] {
  if (k < 2) return ['one-cluster'];
  return [
    ...(smallestShare < smallestShareAllowed ? (['small-cluster'] as const) : []),
    ...(stability.meanAri < stabilityAllowed ? (['unstable'] as const) : []),
  ];
}

/** Ranks from 1 (best); equal values share the mean of their places. */
function averageRanks(values: number[], better: 'high' | 'low'): number[] {
  const sign = better === 'high' ? -1 : 1;
  return values.map((value) => {
    const ahead = values.filter((other) => sign * (other - value) < 0).length;
    const equal = values.filter((other) => other === value).length;
    return ahead + (equal + 1) / 2;
  });
}

/**
 * The written rule that picks the recommended setting inside one feature space: among the settings with every cluster
 * at 2 % of the customers or more and a stability of 0.9 or more, the best mean rank over silhouette (high),
 * Davies–Bouldin (low) and Calinski–Harabasz (high); ties to fewer clusters, then to the earlier method.
 * @param candidates in the order of the methods
 * @returns the same, each with what refuses it, its mean rank (null when refused) and whether it is the one
 */
export function recommend(candidates: MeasuredCandidate[]): ClusterCandidate[] {
  const judged = candidates.map((candidate) => ({ ...candidate, refused: refusals(candidate) }));
  const able = judged.filter(({ refused }) => refused.length === 0);
  const ranks = [
    averageRanks(
      able.map(({ silhouette }) => silhouette),
      'high',
    ),
    averageRanks(
      able.map(({ daviesBouldin }) => daviesBouldin),
      'low',
    ),
    averageRanks(
      able.map(({ calinskiHarabasz }) => calinskiHarabasz),
      'high',
    ),
  ];
  const meanRankOf = new Map(able.map((one, i) => [one, ranks.reduce((sum, of) => sum + of[i], 0) / ranks.length]));
  // The sort keeps the order of the methods among equals.
  const [best] = [...able].sort((a, b) => meanRankOf.get(a)! - meanRankOf.get(b)! || a.k - b.k);
  return judged.map((one) => ({ ...one, meanRank: meanRankOf.get(one) ?? null, recommended: one === best }));
}
