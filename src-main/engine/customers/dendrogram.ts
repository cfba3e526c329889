import type { Dendrogram } from '../../../src-shared/domain.ts';
import type { MergeTree } from './clustering/model.ts';

const mostMerges = 29;

/**
 * The top of a tree of merges: its last 29, what lies below them drawn together into leaves.
 * @returns leaves from left to right as the tree hangs, merges in the order of their heights. O(n).
 */
export function topOfTree({ heights, nodes }: MergeTree): Dendrogram {
  const merges = heights.length;
  const n = merges + 1;
  const sizes = new Int32Array(n + merges).fill(1, 0, n);
  for (let i = 0; i < merges; i++) sizes[n + i] = sizes[nodes[2 * i]] + sizes[nodes[2 * i + 1]];
  const shown = Math.min(mostMerges, merges);
  const first = merges - shown;
  const leaves: number[] = [];
  const numberOf = new Map<number, number>();
  const hang = (node: number): void => {
    if (node >= n + first) {
      hang(nodes[2 * (node - n)]);
      hang(nodes[2 * (node - n) + 1]);
    } else {
      numberOf.set(node, leaves.length);
      leaves.push(sizes[node]);
    }
  };
  hang(n + merges - 1);
  for (let i = first; i < merges; i++) numberOf.set(n + i, shown + 1 + i - first);
  return {
    leaves,
    merges: Array.from({ length: shown }, (_, i) => ({
      left: numberOf.get(nodes[2 * (first + i)])!,
      right: numberOf.get(nodes[2 * (first + i) + 1])!,
      height: heights[first + i],
      customers: sizes[n + first + i],
    })),
  };
}
