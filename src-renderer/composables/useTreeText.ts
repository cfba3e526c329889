import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { clusterColour, segmentColours } from '../../src-shared/charts/segment-colours.ts';
import type { SegmentId, TreeExplanation } from '../../src-shared/domain.ts';
import { className, conditionsInWords, sentenceCase } from '../../src-shared/rule-sentence.ts';
import { useFormat } from './useFormat.ts';

export interface RuleGroup {
  id: string;
  name: string;
  colour: string;
  rules: { words: string; figures: string }[];
}

/** A tree's outcome in sentences, its rules by name, and its figures for each name as a table. */
export function useTreeText(tree: Ref<TreeExplanation | null>) {
  const { t } = useI18n();
  const format = useFormat();
  const ofHundred = (share: number): string => format.value.number(Math.round(100 * share));

  const sentences = computed(() => {
    if (!tree.value) return { accuracy: '', tested: '' };
    const { accuracy, baseline, basis, depth, heldOut, leaves, trained } = tree.value;
    const figures = { right: ofHundred(accuracy), guess: ofHundred(baseline) };
    const { number } = format.value;
    return {
      accuracy: t(`screen.explain.accuracy.${basis}`, figures),
      tested: t('screen.explain.tested', {
        trained: number(trained),
        heldOut: number(heldOut),
        leaves: number(leaves),
        depth: number(depth),
      }),
    };
  });

  const groups = computed<RuleGroup[]>(() => {
    if (!tree.value) return [];
    const { basis, classes, rules } = tree.value;
    const text = { t: (key: string, params = {}) => t(key, params), format: format.value };
    return classes.map((id, of) => ({
      id,
      name: className(text.t, basis, id),
      colour: basis === 'rfm' ? segmentColours[id as SegmentId] : clusterColour(Number(id)),
      rules: rules
        .filter((rule) => rule.of === of)
        .map(({ conditions, customers, purity }) => ({
          words: sentenceCase(conditionsInWords(conditions, text)),
          figures: t('screen.explain.rule', {
            customers: format.value.number(customers),
            purity: format.value.share(purity),
          }),
        })),
    }));
  });

  const columns = computed(() => [
    { label: t('screen.explain.column.name') },
    { label: t('screen.explain.column.precision'), number: true },
    { label: t('screen.explain.column.recall'), number: true },
    { label: t('screen.explain.column.customers'), number: true },
  ]);
  const rows = computed(() =>
    (tree.value?.perClass ?? []).map(({ customers, precision, recall }, index) => ({
      key: groups.value[index].id,
      cells: [
        groups.value[index].name,
        format.value.share(precision),
        format.value.share(recall),
        format.value.number(customers),
      ],
    })),
  );
  return { sentences, groups, columns, rows };
}
