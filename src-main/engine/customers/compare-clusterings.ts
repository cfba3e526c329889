import type {
  ClusterCandidate,
  ClusterComparison,
  ClusterSettings,
  Note,
  SpaceComparison,
} from '../../../src-shared/domain.ts';
import { createRng } from '../numeric/rng.ts';
import { type ClusterProgress, clusterCounts, clustererOf, requireEnough, stepOf } from './cluster-customers.ts';
import { scoreLabellings } from './cluster-indices.ts';
import { type Clusterer, type Clustering, distinctPoints } from './clustering/model.ts';
import { clusterers } from './clustering/registry.ts';
import { type FeatureTable, placeInSpace, type SpacedCustomers } from './feature-space.ts';
import { recommend, smallestShareAllowed, stabilityAllowed } from './recommend-clustering.ts';
import { stabilities } from './stability.ts';
import { rfmVarianceExplained } from './variance-explained.ts';

/** The preparations of customer figures that are in common use, for comparison with the chosen one. */
const usualSpaces = [
  { id: 'log1p-zscore', transform: 'log1p', scaling: 'zscore', winsor: 0 },
  { id: 'yeojohnson-zscore', transform: 'yeojohnson', scaling: 'zscore', winsor: 0 },
  { id: 'winsor-zscore', transform: 'none', scaling: 'zscore', winsor: 0.05 },
  { id: 'log1p-minmax', transform: 'log1p', scaling: 'minmax', winsor: 0 },
] as const satisfies (Pick<ClusterSettings, 'transform' | 'scaling' | 'winsor'> & { id: SpaceComparison['id'] })[];

/** The usual spaces are tried with no more clusters than this, which is where their stable settings lie. */
const mostClustersElsewhere = 6;
/** Shares of the progress. */
const fitShare = 0.3;
const indexShare = 0.1;
const stabilityShare = 0.3;
const spacesShare = 1 - fitShare - indexShare - stabilityShare;

interface Compared {
  candidates: ClusterCandidate[];
  /** The clustering behind each candidate. */
  fits: Clustering[];
  sampled: number | null;
}

/** Numbers of clusters from kMin to kMax; the one number that a single setting may ask for has no part here. */
const countsOf = ({ points }: SpacedCustomers, settings: ClusterSettings, notes: Note[]): number[] =>
  clusterCounts({ ...settings, k: null }, distinctPoints(points, settings.kMax), notes);

/** All given methods for all k in one space: one pass of the indices over everything, then the stabilities, then the rule. */
function compareInSpace(
  { points }: SpacedCustomers,
  methods: Clusterer[],
  counts: number[],
  effort: 'quick' | 'full',
  settings: ClusterSettings,
  context: ClusterProgress,
  share: { from: number; size: number },
): Compared {
  const part = (from: number, size: number, note: string) =>
    stepOf(context, settings.seed, { from: share.from + share.size * from, size: share.size * size, of: 1 }, note);
  const scale = fitShare + indexShare + stabilityShare;
  const fitting = fitShare / scale;
  const indices = indexShare / scale;
  const each = 1 / methods.length;
  const found = methods.map((one, i) =>
    one.fit(points, counts, settings, effort, part(fitting * each * i, fitting * each, one.name)),
  );
  const fits = found.flat();
  const { scores, sampled } = scoreLabellings(
    points,
    fits,
    createRng(settings.seed),
    part(fitting, indices, 'silhouette').tick,
  );
  const rest = 1 - fitting - indices;
  const stability = methods.flatMap((one, i) => {
    const step = part(fitting + indices + rest * each * i, rest * each, `stability: ${one.name}`);
    return stabilities(points, one, found[i], settings, settings.seed, step);
  });
  const methodOf = methods.flatMap(({ id }, i) => found[i].map(() => id));
  const candidates = recommend(
    scores.map(({ inertia: _inertia, ...score }, i) => ({
      ...score,
      method: methodOf[i],
      noise: fits[i].labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0),
      stability: stability[i],
    })),
  );
  return { candidates, fits, sampled };
}

/** What stands for a space: its recommended setting, or where there is none its most stable one; null: no clusters. */
function spaceRow(
  id: SpaceComparison['id'],
  table: FeatureTable,
  { rows }: SpacedCustomers,
  { candidates, fits }: Compared,
): SpaceComparison | null {
  const able = candidates.filter(({ k }) => k > 1);
  const steadiest = able.reduce<ClusterCandidate | undefined>(
    (best, one) => (best && best.stability.meanAri >= one.stability.meanAri ? best : one),
    undefined,
  );
  const shown = candidates.find(({ recommended }) => recommended) ?? steadiest;
  if (!shown) return null;
  const { k, method, silhouette, stability } = shown;
  const { labels } = fits[candidates.indexOf(shown)];
  const rfmExplained = table.rfm ? rfmVarianceExplained(table.rfm, rows, labels) : null;
  return { id, method, k, silhouette, stability, rfmExplained };
}

const sameSpace = (a: SpacedCustomers, b: SpacedCustomers): boolean =>
  a.points.values.length === b.points.values.length &&
  a.points.values.every((value, at) => value === b.points.values[at]);

/** The usual spaces that differ from the chosen one, each by K-Means alone. */
function otherSpaces(
  table: FeatureTable,
  chosen: SpacedCustomers,
  settings: ClusterSettings,
  context: ClusterProgress,
): SpaceComparison[] {
  const kmeans = [clustererOf('kmeans')];
  return usualSpaces.flatMap(({ id, ...usual }, i): SpaceComparison[] => {
    const spaced = placeInSpace(table, { ...settings, ...usual });
    if (spaced.space.length === 0 || sameSpace(spaced, chosen)) return [];
    const size = spacesShare / usualSpaces.length;
    const share = { from: 1 - spacesShare + size * i, size };
    const kMax = Math.min(settings.kMax, mostClustersElsewhere);
    const counts = countsOf(spaced, { ...settings, kMin: Math.min(settings.kMin, kMax), kMax }, []);
    const compared = compareInSpace(spaced, kmeans, counts, 'quick', settings, context, share);
    const row = spaceRow(id, table, spaced, compared);
    return row ? [row] : [];
  });
}

/**
 * All clustering methods for k = kMin … kMax in one feature space, with indices, stability and the setting that the
 * written rule recommends (`recommend`); and what stability and explained R, F, M the usual spaces give by K-Means alone.
 *
 * settings.method and settings.k have no part in it; covariance, eps and minPoints have.
 * @param table [n] customers × [p] features, n ≥ 20 complete ones
 * @throws AppError as clusterCustomers. Same table and seed: same bits.
 */
export function compareClusterings(
  table: FeatureTable,
  settings: ClusterSettings,
  context: ClusterProgress,
): ClusterComparison {
  const spaced = placeInSpace(table, settings);
  requireEnough(table, spaced);
  const notes = [...spaced.notes];
  const counts = countsOf(spaced, settings, notes);
  const share = { from: 0, size: 1 - spacesShare };
  const compared = compareInSpace(spaced, clusterers, counts, 'full', settings, context, share);
  const { candidates, fits, sampled } = compared;
  const best = candidates.find(({ recommended }) => recommended);
  if (!best) {
    const params = { smallestShare: smallestShareAllowed, stability: stabilityAllowed };
    notes.push({ code: 'no-recommendation', params, level: 'warning' });
  }
  const sizes = fits.flatMap(({ fittedOn }) => (fittedOn === null ? [] : [fittedOn]));
  const fittedOn = sizes.length > 0 ? Math.min(...sizes) : null;
  if (fittedOn !== null) {
    const slow = clusterers.filter(({ id }) =>
      candidates.some((one, i) => one.method === id && fits[i].fittedOn !== null),
    );
    const params = { method: slow.map(({ name }) => name).join(', '), fittedOn, customers: spaced.points.n };
    notes.push({ code: 'fitted-on-sample', params, level: 'warning' });
  }
  const chosen = spaceRow('chosen', table, spaced, compared);
  const spaces = [...(chosen ? [chosen] : []), ...otherSpaces(table, spaced, settings, context)];
  if (spaces.length > 1) notes.push({ code: 'spaces-not-comparable', params: {}, level: 'info' });
  return {
    settings,
    space: spaced.space,
    customers: spaced.points.n,
    dropped: spaced.dropped,
    silhouetteSample: sampled,
    fittedOn,
    candidates,
    recommended: best ? { method: best.method, k: best.k } : null,
    spaces,
    notes,
  };
}
