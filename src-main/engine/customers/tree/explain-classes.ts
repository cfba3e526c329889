import type { Note, TreeExplanation, TreeNode } from '../../../../src-shared/domain.ts';
import { AppError } from '../../../../src-shared/errors.ts';
import { createRng, type Rng } from '../../numeric/rng.ts';
import { type ClassedRows, depthOf, type GrownNode, ordersOf, pathOf, sortedOrders } from './grow.ts';
import { stratifiedShare } from './parts.ts';
import { fitTree } from './prune.ts';
import { rulesOf } from './rules.ts';

/** Fewer customers than this cannot teach a rule and test it. */
const fewestCustomers = 20;
const heldOutShare = 0.25;
/** Rules learned from more customers than this would not become better, only slower. */
const mostCustomers = 50_000;
/** A class with fewer held-out customers has no precision and recall to speak of. */
const fewToJudge = 10;
/** Share of the baseline's errors that the tree must at least take away. */
const weakGain = 0.5;

/** Customers with the names that the tree is to explain. */
export interface NamedCustomers {
  basis: TreeExplanation['basis'];
  /** Every one of them with at least one customer. */
  classes: string[];
  features: { id: string; label: string }[];
  /** [p][n] in the features' own units, money in currency units. */
  columns: Float64Array[];
  /** [n] position in `classes` */
  labels: Int32Array;
}

interface Options {
  maxDepth: number;
  seed: number;
  tick(done: number, total: number | null): void;
}

/** Σ of the entropy that each feature's splits take away, as shares of all of it; zeros for a tree without a split. */
export function importanceOf(nodes: GrownNode[], p: number): number[] {
  const entropy = ({ counts, customers }: GrownNode): number =>
    counts.reduce((sum, count) => (count === 0 ? sum : sum - count * Math.log2(count / customers)), 0);
  const gains: number[] = new Array(p).fill(0);
  for (const node of nodes) {
    const { split } = node;
    if (split) gains[split.feature] += entropy(node) - entropy(nodes[split.left]) - entropy(nodes[split.right]);
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return total > 0 ? gains.map((gain) => Math.max(0, gain) / total) : gains;
}

/** How the tree answers for the customers it has not seen. */
function judge(nodes: GrownNode[], { classes, columns, labels }: ClassedRows, heldOut: Int32Array) {
  const confusion = Array.from({ length: classes }, (): number[] => new Array(classes).fill(0));
  for (const row of heldOut) {
    const path = pathOf(nodes, (feature) => columns[feature][row]);
    confusion[labels[row]][nodes[path[path.length - 1]].predicted]++;
  }
  const actual = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const predicted = confusion.map((_, c) => confusion.reduce((sum, row) => sum + row[c], 0));
  const right = confusion.map((row, c) => row[c]);
  return {
    confusion,
    perClass: right.map((hits, c) => ({
      precision: predicted[c] > 0 ? hits / predicted[c] : null,
      recall: actual[c] > 0 ? hits / actual[c] : null,
      customers: actual[c],
    })),
    accuracy: right.reduce((sum, hits) => sum + hits, 0) / heldOut.length,
    baseline: actual[nodes[0].predicted] / heldOut.length,
  };
}

/** What the reader must know before trusting the rules. */
function notesOf(
  { accuracy, baseline, perClass }: ReturnType<typeof judge>,
  nodes: GrownNode[],
  customers: number,
  used: number,
): Note[] {
  const notes: Note[] = [];
  const answered = new Set(nodes.filter(({ split }) => split === null).map(({ predicted }) => predicted));
  const small = perClass.filter(({ customers: tested }) => tested < fewToJudge).length;
  const silent = perClass.length - answered.size;
  if (perClass.length === 1) return [{ code: 'tree-one-class', params: {}, level: 'info' }];
  if (nodes.length === 1) notes.push({ code: 'tree-no-rule', params: {}, level: 'warning' });
  else if (accuracy - baseline < weakGain * (1 - baseline))
    notes.push({
      code: 'tree-weak',
      params: { accuracyShare: accuracy, baselineShare: baseline },
      level: 'warning',
    });
  if (silent > 0 && nodes.length > 1)
    notes.push({ code: 'tree-silent-classes', params: { silent, classes: perClass.length }, level: 'warning' });
  if (small > 0) notes.push({ code: 'tree-small-classes', params: { small, least: fewToJudge }, level: 'info' });
  if (used < customers) notes.push({ code: 'tree-sample', params: { used, customers }, level: 'info' });
  return notes;
}

/** Chooses who teaches and who tests: a quarter of each class is held out, of at most `mostCustomers` customers. */
function shareOut(labels: Int32Array, classes: number, rng: Rng): { trained: Uint8Array; heldOut: Int32Array } {
  const n = labels.length;
  const used = n > mostCustomers ? stratifiedShare(labels, classes, mostCustomers / n, rng) : new Uint8Array(n).fill(1);
  const rows = Int32Array.from(labels.keys()).filter((row) => used[row] === 1);
  const tested = stratifiedShare(
    Int32Array.from(rows, (row) => labels[row]),
    classes,
    heldOutShare,
    rng,
  );
  const trained = new Uint8Array(n);
  for (const [place, row] of rows.entries()) trained[row] = 1 - tested[place];
  return { trained, heldOut: rows.filter((_, place) => tested[place] === 1) };
}

/**
 * Learns rules that name each customer's class from the features, and tests them on customers held out from learning.
 *
 * Entropy splits to `maxDepth` with at least max(5, 1 ‰) customers in a leaf, pruned by cross-validation inside the
 * three quarters that teach (see fitTree); accuracy, confusion, precision and recall are those of the held-out quarter,
 * importance, nodes and rules those of the customers that taught. Same input and seed: same bits.
 * @param of [n] customers, n ≥ 20
 * @throws AppError 'not-enough-data' under 20 customers; what `tick` throws
 */
export function explainClasses(of: NamedCustomers, { maxDepth, seed, tick }: Options): TreeExplanation {
  const { basis, classes, columns, features, labels } = of;
  const n = labels.length;
  if (n < fewestCustomers) {
    throw new AppError(
      'not-enough-data',
      `Rules need at least ${fewestCustomers} customers to be learned and tested, and there are ${n}. Import more customers, or widen the filter.`,
      { customers: n, needed: fewestCustomers },
    );
  }
  const rng = createRng(seed);
  const rows: ClassedRows = { columns, labels, classes: classes.length };
  const { trained, heldOut } = shareOut(labels, classes.length, rng);
  const orders = ordersOf(sortedOrders(rows), trained);
  const m = orders[0].length;
  const limits = { maxDepth, minLeaf: Math.max(5, Math.ceil(m / 1000)) };
  const grown = fitTree(rows, orders, limits, { rng, tick });
  const judged = judge(grown, rows, heldOut);
  const nodes = grown.map(
    ({ split, ...node }): TreeNode => ({
      split: split && { ...split, feature: features[split.feature].id, label: features[split.feature].label },
      customers: node.customers,
      counts: node.counts,
      predicted: node.predicted,
    }),
  );
  return {
    basis,
    classes,
    features,
    depth: depthOf(grown),
    leaves: nodes.filter(({ split }) => split === null).length,
    trained: m,
    heldOut: heldOut.length,
    accuracy: judged.accuracy,
    baseline: judged.baseline,
    perClass: judged.perClass,
    confusion: judged.confusion,
    importance: importanceOf(grown, features.length),
    nodes,
    rules: rulesOf({ classes, features, nodes }),
    notes: notesOf(judged, grown, n, m + heldOut.length),
  };
}
