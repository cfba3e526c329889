import { computed, reactive, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useCall } from '../../composables/useCall.ts';
import { useJob } from '../../composables/useJob.ts';
import { useChoices } from '../../stores/choices.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** One box of the form. */
export interface Box {
  id: string;
  label: string;
  whole: boolean;
}

/** The form that names one customer's segment or group. */
export function useOneCustomer() {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const filters = useFilters();
  const choices = useChoices();
  const basis = ref<'rfm' | 'cluster'>('rfm');
  const values = reactive<Record<string, string>>({});
  const problems = reactive<Record<string, string>>({});
  const job = useJob('customers.classify');
  const features = useCall('customers.features', () => (workspace.hasSales ? {} : null));

  const boxes = computed<Box[]>(() => {
    if (basis.value === 'rfm') {
      return ['recencyDays', 'frequency', 'monetary'].map((id) => ({
        id,
        label: t(`screen.oneCustomer.box.${id}`, { currency: workspace.settings?.currency ?? '' }),
        whole: id !== 'monetary',
      }));
    }
    const known = features.data.value ?? [];
    return choices.groups.features.map((id) => ({
      id,
      label: known.find((feature) => feature.id === id)?.label ?? id,
      whole: false,
    }));
  });

  function problemOf(box: Box): string {
    const text = (values[box.id] ?? '').trim();
    if (text === '') return t('screen.oneCustomer.empty');
    if (!/^-?\d+(\.\d+)?$/.test(text)) return t('screen.oneCustomer.notNumber');
    if (basis.value === 'rfm' && Number(text) < 0) return t('screen.oneCustomer.negative');
    if (box.whole && !Number.isInteger(Number(text))) return t('screen.oneCustomer.notWhole');
    return basis.value === 'rfm' && box.id === 'frequency' && Number(text) === 0
      ? t('screen.oneCustomer.noOrders')
      : '';
  }

  async function ask(): Promise<void> {
    for (const box of boxes.value) problems[box.id] = problemOf(box);
    job.clear();
    if (boxes.value.some((box) => problems[box.id])) return;
    const text = boxes.value.map((box) => values[box.id].trim()).join(', ');
    await job.run({ basis: basis.value, values: text, filter: filters.filter, settings: choices.groups });
  }

  watch(basis, () => {
    job.clear();
    for (const id of Object.keys(problems)) delete problems[id];
  });
  return { workspace, basis, values, problems, boxes, job, ask };
}
