/**
 * One colour for each segment and cluster, on every screen and in every report. The hues follow Paul Tol's "muted" and
 * Okabe and Ito's qualitative sets, which stay apart under the common colour blindnesses; labels and outlines carry the
 * rest, since eleven colours cannot.
 */
import type { FourGroupId, SegmentId, ThreeGroupId } from '../domain.ts';

export const segmentColours: Record<SegmentId | FourGroupId | ThreeGroupId, string> = {
  champions: '#117733',
  loyal: '#44aa99',
  'potential-loyalist': '#88ccee',
  new: '#6699cc',
  promising: '#5b50c2',
  'needs-attention': '#ddcc77',
  'about-to-sleep': '#999933',
  'at-risk': '#cc6677',
  'cant-lose': '#882255',
  hibernating: '#aa4499',
  lost: '#8a8a8a',
  premium: '#117733',
  regular: '#6699cc',
  'low-value': '#8a8a8a',
};

const clusterColourList = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#999933',
  '#5b50c2',
  '#882255',
  '#7a4a24',
];
/** Customers that belong to no group. */
const noiseColour = '#8a8a8a';
const clusterSymbolList = ['circle', 'triangle', 'rect', 'diamond', 'roundRect', 'arrow'];

/** @param cluster 1-based number of the cluster; 0: no group */
export const clusterColour = (cluster: number): string =>
  cluster === 0 ? noiseColour : clusterColourList[(cluster - 1) % clusterColourList.length];
/** A mark's shape, so that colour is not the only sign. @param cluster 1-based number of the cluster; 0: no group */
export const clusterSymbol = (cluster: number): string =>
  cluster === 0 ? 'emptyCircle' : clusterSymbolList[(cluster - 1) % clusterSymbolList.length];
