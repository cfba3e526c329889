import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { TargetRow } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useSentences } from '../../composables/useSentences.ts';

const widths = {
  customer: '9rem',
  segment: '10rem',
  group: '6.5rem',
  why: '26rem',
  action: '22rem',
  offer: '10rem',
  value: '8rem',
  risk: '5rem',
  atStake: '8rem',
};
const numbers = ['value', 'risk', 'atStake'];

/** The columns of the target list and how a row is written into them. */
export function useTargetColumns() {
  const { t } = useI18n();
  const format = useFormat();
  const sentences = useSentences();
  const columns = computed(() =>
    Object.entries(widths).map(([id, width]) => ({
      id,
      label: t(`screen.segments.targetColumn.${id}`),
      width,
      number: numbers.includes(id),
    })),
  );
  const cells = (row: TargetRow): string[] => [
    row.customer,
    t(`customers.segments.${row.segment}.name`),
    t(`screen.segments.group.${row.group}`),
    sentences.note(row.why),
    row.action,
    t(`screen.segments.offers.${row.offer}`),
    format.value.money(row.value),
    format.value.share(row.risk),
    format.value.money(row.atStake),
  ];
  return { columns, cells };
}
