import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { TargetRow } from '../../../src-shared/domain.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useSentences } from '../../composables/useSentences.ts';

const widths = {
  customer: '9rem',
  segment: '10rem',
  group: '6.5rem',
  atStake: '9rem',
  risk: '5rem',
  value: '9rem',
  offer: '10rem',
  why: '40rem',
  action: '24rem',
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
    format.value.money(row.atStake),
    format.value.share(row.risk),
    format.value.money(row.value),
    t(`screen.segments.offers.${row.offer}`),
    sentences.note(row.why),
    row.action,
  ];
  return { columns, cells };
}
