import { computed, reactive, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useCall } from '../../composables/useCall.ts';
import { useJob } from '../../composables/useJob.ts';
import { useChoices } from '../../stores/choices.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** One box of the form. */
interface Box {
  id: string;
  label: string;
  whole: boolean;
  /** Values of a category; [] for a number. */
  names: string[];
}

const measures = ['recencyDays', 'frequency', 'monetary'];

/** What the form asks for: R, F, M, or the features of the clustering in the order of its space, a category once. */
function useBoxes(basis: () => 'rfm' | 'cluster') {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const filters = useFilters();
  const choices = useChoices();
  const byCluster = () => workspace.hasSales && basis() === 'cluster';
  const features = useCall('customers.features', () => (byCluster() ? {} : null));
  const cluster = useCall('customers.cluster', () =>
    byCluster() ? { filter: filters.filter, settings: choices.groups } : null,
  );

  const boxes = computed<Box[]>(() => {
    if (basis() === 'rfm') {
      return measures.map((id) => ({
        id,
        label: t(`screen.oneCustomer.box.${id}`, { currency: workspace.settings?.currency ?? '' }),
        whole: id !== 'monetary',
        names: [],
      }));
    }
    const categories = (features.data.value ?? []).filter((feature) => feature.categories.length > 0);
    const found: Box[] = [];
    for (const { id, label } of cluster.data.value?.space ?? []) {
      const category = categories.find((feature) => id.startsWith(`${feature.id}=`));
      if (!category) found.push({ id, label, whole: false, names: [] });
      else if (!found.some((box) => box.id === category.id))
        found.push({ id: category.id, label: category.label, whole: false, names: category.categories });
    }
    return found;
  });
  return { boxes, cluster };
}

/** What is wrong with a box, in words; '' when nothing is. */
function useProblemOf(basis: () => 'rfm' | 'cluster') {
  const { t } = useI18n();
  return (box: Box, text: string): string => {
    if (text === '') return t('screen.oneCustomer.empty');
    if (box.names.length > 0)
      return box.names.includes(text) ? '' : t('screen.explain.form.notOne', { names: box.names.join(', ') });
    if (!/^-?\d+(\.\d+)?$/.test(text)) return t('screen.oneCustomer.notNumber');
    if (basis() === 'rfm' && Number(text) < 0) return t('screen.oneCustomer.negative');
    if (box.whole && !Number.isInteger(Number(text))) return t('screen.oneCustomer.notWhole');
    return basis() === 'rfm' && box.id === 'frequency' && Number(text) === 0 ? t('screen.oneCustomer.noOrders') : '';
  };
}

/** The form that names one customer's segment or group, typed in boxes or in one line. */
export function useOneCustomer() {
  const workspace = useWorkspace();
  const filters = useFilters();
  const choices = useChoices();
  const basis = ref<'rfm' | 'cluster'>('rfm');
  const mode = ref<'boxes' | 'line'>('boxes');
  const values = reactive<Record<string, string>>({});
  const line = ref('');
  const problems = reactive<Record<string, string>>({});
  const job = useJob('customers.classify');
  const { boxes, cluster } = useBoxes(() => basis.value);
  const problemOf = useProblemOf(() => basis.value);
  const playbook = useCall('playbook.get', () => (workspace.hasSales ? {} : null));
  const textOf = (box: Box): string => (values[box.id] ?? '').trim();

  /** The program itself reads the line and names what is wrong with it. */
  const lineProblem = computed(() =>
    mode.value === 'line' && job.error.value?.code === 'invalid-input' ? job.error.value.message : '',
  );

  async function ask(): Promise<void> {
    job.clear();
    if (mode.value === 'boxes') {
      for (const box of boxes.value) problems[box.id] = problemOf(box, textOf(box));
      if (boxes.value.some((box) => problems[box.id])) return;
    }
    const typed = mode.value === 'line' ? line.value : boxes.value.map(textOf).join('; ');
    await job.run({ basis: basis.value, values: typed, filter: filters.filter, settings: choices.groups });
  }

  watch([basis, mode], () => {
    job.clear();
    for (const id of Object.keys(problems)) delete problems[id];
  });
  const choose = { basis, mode, values, line };
  return { workspace, filters, ...choose, problems, lineProblem, boxes, cluster, playbook, job, ask };
}
