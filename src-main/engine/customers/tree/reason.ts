import type { ClassifyAnswer, TreeExplanation } from '../../../../src-shared/domain.ts';
import { pathConditions } from './rules.ts';

/**
 * What the explaining tree says of a form's values: its path with merged bounds, and the class it arrives at.
 * @param answer with a value for every feature of the tree; null where one is missing
 */
export function reasonOf(
  answer: Pick<ClassifyAnswer, 'cluster' | 'segment' | 'values'>,
  { classes, features, nodes }: Pick<TreeExplanation, 'classes' | 'features' | 'nodes'>,
): ClassifyAnswer['reason'] {
  const typed = new Map(answer.values.map(({ feature, value }) => [feature, value]));
  const values = features.map(({ id }) => typed.get(id));
  if (!values.every((value) => value !== undefined)) return null;
  const { conditions, leaf } = pathConditions(nodes, features, values);
  const named = classes[nodes[leaf].predicted];
  return { conditions, answer: named, agrees: named === (answer.segment ?? String(answer.cluster)) };
}
