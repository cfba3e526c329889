import type { FeatureInfo } from '../../../src-shared/domain.ts';

/** A feature of the table; one with categories holds positions in them. */
export interface TableFeature extends Pick<FeatureInfo, 'id' | 'label' | 'source'> {
  /** Values of a category, most frequent first; absent or []: a number. */
  categories?: string[];
}

/** The customers to cluster. */
export interface FeatureTable {
  /** [n] */
  customers: string[];
  /** [p] */
  features: TableFeature[];
  /** [n·p] row-major, in the features' own units, a category as its position; anything not finite is missing. */
  values: Float64Array;
  /** [n] net revenue in 1/10 000 currency units; null where there are no sales. */
  revenue: Float64Array | null;
  /** [n·3] days since the last purchase, orders, money in currency units; absent or null without sales. */
  rfm?: Float64Array | null;
}

/** One column of the space before it is scaled. */
export interface SpaceColumn {
  id: string;
  label: string;
  source: FeatureInfo['source'];
  /** 0 or 1: one value of a category. */
  oneHot: boolean;
  /** [n] */
  own: Float64Array;
}
