/** tree_rules.csv: the rules behind segments or clusters, in words and as bounds of each figure. */
import type { PlaybookEntry, Settings, TreeCondition, TreeExplanation, TreeRule } from '../../../src-shared/domain.ts';
import { className, conditionsInWords } from '../../../src-shared/rule-sentence.ts';
import { catalogueText } from '../catalogue-text.ts';
import { type CsvColumn, writeCsv } from '../../../src-shared/write-csv.ts';

/** Twelve digits: half-way between two values, without the noise of binary fractions. */
function boundOf(conditions: TreeCondition[], feature: string, comparison: TreeCondition['comparison']): number | null {
  const found = conditions.find((one) => one.feature === feature && one.comparison === comparison);
  return found ? Number(found.value.toPrecision(12)) : null;
}

/** Two columns for each feature: above this, and at most this; empty where the rule sets no bound. */
const boundColumns = ({ features }: TreeExplanation): CsvColumn<TreeRule>[] =>
  features.flatMap(({ id }) =>
    (['>', '<='] as const).map(
      (comparison): CsvColumn<TreeRule> => ({
        header: `${id} ${comparison === '>' ? 'above' : 'at most'}`,
        kind: 'number',
        value: ({ conditions }) => boundOf(conditions, id, comparison),
      }),
    ),
  );

/**
 * One row per rule; customers and purity are those that the tree learned from. Money in currency units.
 * @param playbook the segments' names as the user knows them
 */
export function treeRulesCsv(
  tree: TreeExplanation,
  settings: Pick<Settings, 'locale' | 'currency'>,
  playbook: PlaybookEntry[] = [],
): string {
  const text = catalogueText(settings);
  const nameOf = (id: string): string =>
    playbook.find(({ segment }) => segment === id)?.name ?? className(text.t, tree.basis, id);
  const columns: CsvColumn<TreeRule>[] = [
    { header: 'class', kind: 'text', value: ({ of }) => tree.classes[of] },
    { header: 'name', kind: 'text', value: ({ of }) => nameOf(tree.classes[of]) },
    { header: 'rule', kind: 'text', value: ({ conditions }) => conditionsInWords(conditions, text) },
    ...boundColumns(tree),
    { header: 'customers', kind: 'number', value: ({ customers }) => customers },
    { header: 'purity', kind: 'number', value: ({ purity }) => purity },
  ];
  return writeCsv(columns, tree.rules);
}
