import type { Money, Note, Share } from './base.ts';
import type { SegmentId } from './customers.ts';

export const clusterMethodIds = ['kmeans', 'ward', 'mixture', 'dbscan'] as const;
export type ClusterMethodId = (typeof clusterMethodIds)[number];
export type FeatureTransform = 'auto' | 'none' | 'log1p' | 'yeojohnson';
export type FeatureScaling = 'zscore' | 'minmax' | 'none';
export type MissingFeature = 'drop' | 'median' | 'most-frequent';

export interface FeatureInfo {
  /** 'recencyDays', 'frequency', 'monetary', 'averageOrder' …, or a customer-file column's id. */
  id: string;
  label: string;
  source: 'sales' | 'customer-file';
  /** A category becomes one 0/1 column per value (one-hot). */
  kind: 'number' | 'category';
  /** Values of a category, most frequent first; [] for a number. */
  categories: string[];
  missing: number;
}

/** What makes a feature space; indices compare only inside one. */
export interface ClusterSpaceSettings {
  features: string[];
  /** auto: log1p for figures from sales, none for customer-file columns. */
  transform: FeatureTransform;
  scaling: FeatureScaling;
  /** Share of the customers clipped at each end of every feature; 0: none. */
  winsor: Share;
  missing: MissingFeature;
  /** keep: a feature equal to an earlier one counts a second time instead of being left out. */
  duplicates: 'drop' | 'keep';
}

export interface ClusterSettings extends ClusterSpaceSettings {
  method: ClusterMethodId;
  kMin: number;
  kMax: number;
  /** null: the k with the best silhouette; ignored by DBSCAN, which finds its own. */
  k: number | null;
  /** Of the Gaussian mixture. */
  covariance: 'full' | 'diagonal';
  /** Of DBSCAN, in scaled units; null: the knee of the k-distance curve. */
  eps: number | null;
  /** Of DBSCAN; null: twice the number of features, at least 4. */
  minPoints: number | null;
  seed: number;
}

export const defaultClusterSettings: ClusterSettings = {
  features: ['recencyDays', 'frequency', 'monetary'],
  transform: 'auto',
  scaling: 'zscore',
  winsor: 0,
  missing: 'drop',
  duplicates: 'drop',
  method: 'kmeans',
  kMin: 2,
  kMax: 10,
  k: null,
  covariance: 'full',
  eps: null,
  minPoints: null,
  seed: 1,
};

export interface ClusterScore {
  k: number;
  inertia: number;
  silhouette: number;
  /** Standard error where the silhouette was measured on a sample; null: exact. */
  silhouetteError: number | null;
  daviesBouldin: number;
  calinskiHarabasz: number;
  /** Of a mixture; lower is better. */
  bic: number | null;
  /** Share of the customers in the smallest cluster, noise aside. */
  smallestShare: Share;
}

export interface Stability {
  /** Mean adjusted Rand index between the clustering and those of seeded resamples, on the customers they share. */
  meanAri: number;
  sdAri: number;
  resamples: number;
  /** Customers in each resample. */
  sampleSize: number;
  /** ≥ 0.9 stable, ≥ 0.75 fair, else unstable. */
  word: 'stable' | 'fair' | 'unstable';
}

export interface ClusterProfile {
  /** 1-based; 1 is the cluster of the highest average value; 0 is DBSCAN's noise and stands last. */
  cluster: number;
  customers: number;
  customerShare: Share;
  /** Mean of each feature in its own unit, in the order of `space`. */
  means: number[];
  /** Mean of each coordinate minus the mean of all customers, in standard deviations of all: radar and bar profile. */
  relative: number[];
  revenue: Money | null;
}

export interface FeatureSpace {
  /** Feature id; a category's column is `feature=value`. */
  id: string;
  label: string;
  transform: 'none' | 'log1p' | 'yeojohnson';
  /** Yeo–Johnson's λ; null for the others. */
  lambda: number | null;
  /** Values below `low` and above `high` count as these (winsorising); null: none. */
  clip: { low: number; high: number; customers: number } | null;
  /** scaled = (transformed − shift) / scale */
  shift: number;
  scale: number;
  /** Training range in the feature's own unit. */
  min: number;
  max: number;
}

/** How a new customer finds the cluster: everything in scaled units, clusters in the order of their numbers. */
export type ClusterModel =
  | { kind: 'centroids'; centroids: number[][] }
  | { kind: 'mixture'; weights: number[]; means: number[][] /** k matrices p × p. */; covariances: number[][][] }
  | {
      kind: 'density';
      eps: number /** Up to 2,000 core customers (seeded). */;
      cores: { cluster: number; point: number[] }[];
    };

/** The last merges of Ward's tree, for the dendrogram: leaves 0 … leaves − 1, merge i makes node leaves + i. */
export interface Dendrogram {
  /** Customers in each leaf, left to right. */
  leaves: number[];
  /** Ward's distance √(2·|A||B| / (|A|+|B|))·‖a − b‖, as scikit-learn and scipy write it. */
  merges: { left: number; right: number; height: number; customers: number }[];
}

export interface ClusterResult {
  settings: ClusterSettings;
  space: FeatureSpace[];
  customers: number;
  /** Customers left out because a chosen feature is missing. */
  dropped: number;
  scores: ClusterScore[];
  k: number;
  /** The k that the elbow (largest distance to the chord of the inertia curve) names. */
  elbowK: number;
  silhouette: number;
  /** silhouette > 0.5 clear, 0.25–0.5 moderate, < 0.25 weak. */
  word: 'clear' | 'moderate' | 'weak';
  /** Silhouettes are exact up to this many customers, on a seeded sample above it. */
  silhouetteSample: number | null;
  stability: Stability;
  /** DBSCAN's noise, in customers. */
  noise: number;
  /** Customers the method itself ran on where it cannot take all (the rest assigned to the nearest cluster); null: all. */
  fittedOn: number | null;
  /** Share of the variance of log R, F, M that the clusters explain; null without sales. */
  rfmExplained: Share | null;
  profiles: ClusterProfile[];
  /** k × p, in scaled units. */
  centroids: number[][];
  model: ClusterModel;
  /** [customers of the feature table] 1 … k, 0 noise, −1 left out. */
  labels: number[];
  /** Principal components of the space, at most three. */
  components: { explained: Share /** [space] */; loadings: number[] }[];
  /** Up to 2,000 customers (seeded) for the scatters: values in their own units in the order of `space`. */
  sample: {
    customer: string;
    cluster: number;
    values: number[];
    /** Coordinates on `components`. */
    components: number[];
    /** Of a mixture: probability of each cluster, in the order of their numbers. */
    membership: number[] | null;
  }[];
  dendrogram: Dendrogram | null;
  /** Of DBSCAN: distances to the minPoints-th neighbour, descending (at most 200 of them), and what was used. */
  density: { eps: number; minPoints: number; kDistances: number[] } | null;
  /** Of a mixture: mean log-likelihood per customer; customers whose best membership is below 0.6. */
  mixture: { meanLogLikelihood: number; bic: number; converged: boolean; uncertain: number } | null;
  notes: Note[];
}

export interface ClusterCandidate extends Omit<ClusterScore, 'inertia'> {
  method: ClusterMethodId;
  noise: number;
  stability: Stability;
  /** Why the rule passes it over; [] where it may be recommended. */
  refused: ('small-cluster' | 'unstable' | 'one-cluster')[];
  /** Mean of its ranks on the three indices among the candidates that were not refused; null for a refused one. */
  meanRank: number | null;
  recommended: boolean;
}

/** The recommended setting of one of the usual spaces: only stability and rfmExplained compare across spaces. */
export interface SpaceComparison {
  id: 'chosen' | 'log1p-zscore' | 'yeojohnson-zscore' | 'winsor-zscore' | 'log1p-minmax';
  method: ClusterMethodId;
  k: number;
  silhouette: number;
  stability: Stability;
  rfmExplained: Share | null;
}

export interface ClusterComparison {
  settings: ClusterSettings;
  space: FeatureSpace[];
  customers: number;
  dropped: number;
  silhouetteSample: number | null;
  /** Customers that Ward and DBSCAN ran on; null: all. */
  fittedOn: number | null;
  /** Methods in registry order, k ascending. */
  candidates: ClusterCandidate[];
  /** null: no candidate passes the rule. */
  recommended: { method: ClusterMethodId; k: number } | null;
  spaces: SpaceComparison[];
  notes: Note[];
}

/** One step of a tree's path; a missing condition of a category column reads `value` 0.5. */
export interface TreeCondition {
  feature: string;
  label: string;
  comparison: '<=' | '>';
  /** In the feature's own unit, money in currency units. */
  value: number;
}

export interface TreeNode {
  /** null: a leaf. */
  split: { feature: string; label: string; threshold: number; left: number; right: number } | null;
  customers: number;
  /** Training customers per class, in the order of `classes`. */
  counts: number[];
  /** Position in `classes`. */
  predicted: number;
}

export interface TreeRule {
  /** Position in `classes`. */
  of: number;
  /** Merged: at most one lower and one upper bound per feature. */
  conditions: TreeCondition[];
  /** Training customers that meet the conditions. */
  customers: number;
  /** Share of them that are of the class. */
  purity: Share;
}

/** The decision tree (entropy) that explains segments or clusters. */
export interface TreeExplanation {
  basis: 'rfm' | 'cluster';
  /** Segment ids, or cluster numbers as text; only those that customers have. */
  classes: string[];
  features: { id: string; label: string }[];
  depth: number;
  leaves: number;
  trained: number;
  heldOut: number;
  /** On the held-out customers, as everything below. */
  accuracy: Share;
  /** Accuracy of always answering the largest class. */
  baseline: Share;
  perClass: { precision: Share | null; recall: Share | null; customers: number }[];
  /** [actual][predicted] */
  confusion: number[][];
  /** Share of the entropy gained, per feature; adds to 1. */
  importance: Share[];
  nodes: TreeNode[];
  /** The widest rules first, per class. */
  rules: TreeRule[];
  notes: Note[];
}

export interface ClassifyAnswer {
  basis: 'rfm' | 'cluster';
  /** Set for 'rfm'. */
  segment: SegmentId | null;
  scores: { r: number; f: number; m: number } | null;
  /** Set for 'cluster'; 0 is noise. */
  cluster: number | null;
  profile: ClusterProfile | null;
  values: { feature: string; label: string; value: number }[];
  /** Probability of each cluster, for a mixture. */
  membership: { cluster: number; probability: Share }[] | null;
  /** What the explaining tree says of these values: its path, and its answer (a class name), which can differ. */
  reason: { conditions: TreeCondition[]; answer: string; agrees: boolean } | null;
  /** e.g. a value far outside what the model has seen. */
  notes: Note[];
}
