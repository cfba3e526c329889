/** A tree's paths as conditions that a person can read. */
import type { TreeCondition, TreeExplanation, TreeNode, TreeRule } from '../../../../src-shared/domain.ts';
import { pathOf } from './grow.ts';

/** Rules of one class; the narrower ones are left to the drawn tree. */
const rulesPerClass = 5;

type Named = { id: string; label: string };
type Nodes = Pick<TreeNode, 'split'>[];

/** Lower and upper bound of each feature. */
type Box = { low: number; high: number }[];

const anywhere = (features: Named[]): Box => features.map(() => ({ low: -Infinity, high: Infinity }));

/** At most one lower and one upper bound for each feature, in the order of the features. */
const conditionsOf = (box: Box, features: Named[]): TreeCondition[] =>
  box.flatMap(({ low, high }, index) => {
    const { id: feature, label } = features[index];
    const bounds: TreeCondition[] = [];
    if (low > -Infinity) bounds.push({ feature, label, comparison: '>', value: low });
    if (high < Infinity) bounds.push({ feature, label, comparison: '<=', value: high });
    return bounds;
  });

/** The box below one side of a split. */
const narrowed = (box: Box, feature: number, threshold: number, right: boolean): Box =>
  box.map((bounds, index) => {
    if (index !== feature) return bounds;
    return right ? { ...bounds, low: threshold } : { ...bounds, high: threshold };
  });

/**
 * The path of one customer through the tree.
 * @param values [features] in the order of `features`
 * @returns merged conditions and the position of the leaf
 */
export function pathConditions(
  nodes: TreeNode[],
  features: Named[],
  values: number[],
): { conditions: TreeCondition[]; leaf: number } {
  const position = new Map(features.map(({ id }, index) => [id, index]));
  const numbered: Nodes = nodes;
  const splits = numbered.map(({ split }) => ({ split: split && { ...split, feature: position.get(split.feature)! } }));
  const path = pathOf(splits, (feature) => values[feature]);
  let box = anywhere(features);
  path.slice(1).forEach((at, step) => {
    const split = splits[path[step]].split!;
    box = narrowed(box, split.feature, split.threshold, at === split.right);
  });
  return { conditions: conditionsOf(box, features), leaf: path[path.length - 1] };
}

/**
 * One rule for each leaf: its path with the bounds merged; for every class the rules that cover most of its customers.
 * @returns by class in the order of `classes`, then the widest first
 */
export function rulesOf({
  classes,
  features,
  nodes,
}: Pick<TreeExplanation, 'classes' | 'features' | 'nodes'>): TreeRule[] {
  const position = new Map(features.map(({ id }, index) => [id, index]));
  const rules: TreeRule[] = [];
  const visit = (at: number, box: Box): void => {
    const { counts, customers, predicted, split } = nodes[at];
    if (split) {
      const feature = position.get(split.feature)!;
      visit(split.left, narrowed(box, feature, split.threshold, false));
      visit(split.right, narrowed(box, feature, split.threshold, true));
    } else {
      rules.push({
        of: predicted,
        conditions: conditionsOf(box, features),
        customers,
        purity: counts[predicted] / customers,
      });
    }
  };
  visit(0, anywhere(features));
  return classes.flatMap((_, of) =>
    rules
      .filter((rule) => rule.of === of)
      .sort((a, b) => b.customers * b.purity - a.customers * a.purity)
      .slice(0, rulesPerClass),
  );
}
