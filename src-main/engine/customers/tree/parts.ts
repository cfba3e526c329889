/** Ways to set customers apart so that every class keeps its share. */
import type { Rng } from '../../numeric/rng.ts';

/** The rows of each class in random order. O(n) */
function shuffledByClass(labels: Int32Array, classes: number, rng: Rng): number[][] {
  const rows: number[][] = Array.from({ length: classes }, () => []);
  labels.forEach((label, row) => {
    rows[label].push(row);
  });
  for (const list of rows) {
    for (let i = list.length - 1; i > 0; i--) {
      const j = rng.below(i + 1);
      [list[i], list[j]] = [list[j], list[i]];
    }
  }
  return rows;
}

/**
 * Draws a share of every class, rounded half up, so that a class of one customer stays whole.
 * @param labels [n] 0 … classes − 1
 * @returns [n] 1: drawn
 */
export function stratifiedShare(labels: Int32Array, classes: number, share: number, rng: Rng): Uint8Array {
  const drawn = new Uint8Array(labels.length);
  for (const rows of shuffledByClass(labels, classes, rng)) {
    for (const row of rows.slice(0, Math.round(rows.length * share))) drawn[row] = 1;
  }
  return drawn;
}

/**
 * Deals the customers of each class out to the folds in turn, going on where the last class ended.
 * @returns [n] 0 … folds − 1
 */
export function stratifiedFolds(labels: Int32Array, classes: number, folds: number, rng: Rng): Uint8Array {
  const fold = new Uint8Array(labels.length);
  let next = 0;
  for (const rows of shuffledByClass(labels, classes, rng)) {
    for (const row of rows) fold[row] = next++ % folds;
  }
  return fold;
}
