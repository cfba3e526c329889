import type { FourGroupId, SegmentId, ThreeGroupId } from '../../../src-shared/domain.ts';
import { fourGroupIds, segmentIds, threeGroupIds } from '../../../src-shared/domain.ts';

/** Rows R = 1 … 5, columns FM = 1 … 5: every one of the 25 cells names one segment. */
const grid: SegmentId[][] = [
  ['lost', 'lost', 'at-risk', 'at-risk', 'cant-lose'],
  ['hibernating', 'hibernating', 'at-risk', 'at-risk', 'cant-lose'],
  ['about-to-sleep', 'about-to-sleep', 'needs-attention', 'loyal', 'loyal'],
  ['promising', 'potential-loyalist', 'potential-loyalist', 'loyal', 'loyal'],
  ['new', 'potential-loyalist', 'potential-loyalist', 'champions', 'champions'],
];

/** FM: the mean of the F and M scores, rounded half up. */
export const frequencyMonetaryScore = (f: number, m: number): number => Math.floor((f + m + 1) / 2);

/** The segment of a customer with the scores r, f, m (each 1–5). */
export const segmentOf = (r: number, f: number, m: number): SegmentId => grid[r - 1][frequencyMonetaryScore(f, m) - 1];

/** segmentOf as an index into `segmentIds`. */
export const segmentIndexOf = (r: number, f: number, m: number): number => segmentIds.indexOf(segmentOf(r, f, m));

/** The four groups follow recency: who is best, who still comes, who is slipping away, who is gone. */
export const fourGroupOf: Record<SegmentId, FourGroupId> = {
  champions: 'champions',
  loyal: 'loyal',
  'potential-loyalist': 'loyal',
  new: 'loyal',
  promising: 'loyal',
  'needs-attention': 'at-risk',
  'about-to-sleep': 'at-risk',
  'at-risk': 'at-risk',
  'cant-lose': 'at-risk',
  hibernating: 'lost',
  lost: 'lost',
};

/** The three groups follow worth (FM), however long ago the last purchase was. */
export const threeGroupOf: Record<SegmentId, ThreeGroupId> = {
  champions: 'premium',
  loyal: 'premium',
  'cant-lose': 'premium',
  'potential-loyalist': 'regular',
  'needs-attention': 'regular',
  'at-risk': 'regular',
  new: 'low-value',
  promising: 'low-value',
  'about-to-sleep': 'low-value',
  hibernating: 'low-value',
  lost: 'low-value',
};

/** Group index of each segment index, for scans over typed arrays. */
export const fourGroupIndex = segmentIds.map((id) => fourGroupIds.indexOf(fourGroupOf[id]));
export const threeGroupIndex = segmentIds.map((id) => threeGroupIds.indexOf(threeGroupOf[id]));
