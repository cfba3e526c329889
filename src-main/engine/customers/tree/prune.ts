/** Minimal cost-complexity pruning: which branches are worth their leaves, judged by cross-validation. */
import type { Rng } from '../../numeric/rng.ts';
import { type ClassedRows, type GrowLimits, type GrownNode, growTree, ordersOf, pathOf } from './grow.ts';
import { stratifiedFolds } from './parts.ts';

const folds = 10;

const wrong = ({ counts, customers, predicted }: GrownNode): number => customers - counts[predicted];

/** Weakest branches of a tree in which the nodes with a `collapsed` α are leaves already; what each leaf more saves. */
function weakest(nodes: GrownNode[], collapsed: Float64Array): { saving: number; branches: number[] } {
  const errors = new Float64Array(nodes.length);
  const leaves = new Float64Array(nodes.length);
  let saving = Infinity;
  let branches: number[] = [];
  for (let at = nodes.length - 1; at >= 0; at--) {
    const { split } = nodes[at];
    if (split === null || collapsed[at] < Infinity) {
      errors[at] = wrong(nodes[at]);
      leaves[at] = 1;
      continue;
    }
    errors[at] = errors[split.left] + errors[split.right];
    leaves[at] = leaves[split.left] + leaves[split.right];
    const own = (wrong(nodes[at]) - errors[at]) / (leaves[at] - 1);
    if (own < saving) [saving, branches] = [own, []];
    if (own === saving) branches.push(at);
  }
  return { saving, branches };
}

/** Marks everything below a node as gone with it. */
function collapse(nodes: GrownNode[], collapsed: Float64Array, at: number, alpha: number): void {
  const { split } = nodes[at];
  if (split === null || collapsed[at] < Infinity) return;
  collapsed[at] = alpha;
  collapse(nodes, collapsed, split.left, alpha);
  collapse(nodes, collapsed, split.right, alpha);
}

/**
 * The cost of a leaf, as a share of all customers, at which each branch is no longer worth it.
 * @returns [nodes] α of every branch, 0 for a leaf; never less than that of a branch below it. O(nodes²) at worst.
 * Reference: Breiman et al. 1984, §3.3, g(t) = (R(t) − R(T_t)) / (|T_t| − 1), with R the share of wrong customers.
 */
export function collapseAlphas(nodes: GrownNode[]): Float64Array {
  const collapsed = Float64Array.from(nodes, ({ split }) => (split ? Infinity : 0));
  while (collapsed[0] === Infinity) {
    const { saving, branches } = weakest(nodes, collapsed);
    for (const at of branches) collapse(nodes, collapsed, at, saving / nodes[0].customers);
  }
  return collapsed;
}

/** The tree without the branches whose α is at most `alpha`. @returns new nodes, the root first */
export function prunedTree(nodes: GrownNode[], alphas: Float64Array, alpha: number): GrownNode[] {
  const kept: GrownNode[] = [];
  const copy = (at: number): number => {
    const { split } = nodes[at];
    const node: GrownNode = { ...nodes[at], split: null };
    const place = kept.push(node) - 1;
    if (split && alphas[at] > alpha) node.split = { ...split, left: copy(split.left), right: copy(split.right) };
    return place;
  };
  copy(0);
  return kept;
}

/** Wrong answers for the rows of one fold at each α, by a tree that never saw them. @param alphas ascending */
function foldErrors(
  rows: ClassedRows,
  orders: Int32Array[],
  inFold: Uint8Array,
  alphas: number[],
  limits: GrowLimits,
): number[] {
  const others = ordersOf(
    orders,
    inFold.map((flag) => 1 - flag),
  );
  const errors = alphas.map(() => 0);
  if (others[0].length === 0) return errors;
  const nodes = growTree(rows, others, limits);
  const ends = collapseAlphas(nodes);
  for (const row of orders[0]) {
    if (inFold[row] === 0) continue;
    const path = pathOf(nodes, (feature) => rows.columns[feature][row]);
    let place = path.length - 1;
    alphas.forEach((alpha, index) => {
      // A higher α ends the path sooner.
      while (place > 0 && ends[path[place - 1]] <= alpha) place--;
      if (nodes[path[place]].predicted !== rows.labels[row]) errors[index]++;
    });
  }
  return errors;
}

/**
 * Grows a tree and prunes it to the smallest one whose cross-validated error is within one standard error of the best.
 * @param orders [p][m] sortedOrders or ordersOf of the rows to learn from; left alone
 * @returns the nodes, the root first; α of the pruned tree lies on the grid of the grown tree's own sequence
 * @throws what `tick` and growTree throw. O(folds · p·m · depth + folds · nodes²).
 * Reference: Breiman et al. 1984, §3.4.2 (V-fold cross-validation at the geometric midpoints of α) and §3.4.3 (1 SE rule).
 */
export function fitTree(
  rows: ClassedRows,
  orders: Int32Array[],
  limits: GrowLimits,
  { rng, tick }: { rng: Rng; tick(done: number, total: number): void },
): GrownNode[] {
  const grown = growTree(
    rows,
    orders.map((order) => order.slice()),
    limits,
  );
  const ends = collapseAlphas(grown);
  const m = orders[0].length;
  const sequence = [...new Set([0, ...ends])].sort((a, b) => a - b);
  if (sequence.length === 1) return prunedTree(grown, ends, 0);
  const middles = sequence.map((alpha, k) => (k + 1 < sequence.length ? Math.sqrt(alpha * sequence[k + 1]) : Infinity));
  const learned = Int32Array.from(orders[0]).sort();
  const dealt = stratifiedFolds(
    Int32Array.from(learned, (row) => rows.labels[row]),
    rows.classes,
    folds,
    rng,
  );
  const foldOf = new Uint8Array(rows.labels.length).fill(folds);
  learned.forEach((row, place) => {
    foldOf[row] = dealt[place];
  });
  const errors = sequence.map(() => 0);
  for (let fold = 0; fold < folds; fold++) {
    tick(fold, folds);
    const inFold = foldOf.map((own) => (own === fold ? 1 : 0));
    foldErrors(rows, orders, inFold, middles, limits).forEach((count, k) => {
      errors[k] += count;
    });
  }
  const least = Math.min(...errors) / m;
  const within = least + Math.sqrt((least * (1 - least)) / m);
  const chosen = errors.findLastIndex((count) => count / m <= within);
  return prunedTree(grown, ends, sequence[chosen]);
}
