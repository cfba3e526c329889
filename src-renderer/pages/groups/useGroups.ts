import { computed, reactive, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useCall } from '../../composables/useCall.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useChoices } from '../../stores/choices.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** Groups of similar customers, found by the chosen features. */
export function useGroups() {
  const { t } = useI18n();
  const format = useFormat();
  const workspace = useWorkspace();
  const filters = useFilters();
  const choices = useChoices();
  const draft = reactive({ ...choices.groups, features: [...choices.groups.features] });
  const features = useCall('customers.features', () => (workspace.hasSales ? {} : null));
  const cluster = useCall('customers.cluster', () =>
    workspace.hasSales ? { filter: filters.filter, settings: choices.groups } : null,
  );
  const axes = ref({ x: 0, y: 2 });

  function apply(): void {
    Object.assign(choices.groups, { ...draft, features: [...draft.features] });
  }

  const problem = computed(() => {
    if (draft.features.length === 0) return t('screen.groups.needFeature');
    return draft.kMin > draft.kMax ? t('screen.groups.rangeWrong') : '';
  });
  const featureItems = computed(() =>
    (features.data.value ?? []).map((feature) => ({
      value: feature.id,
      label: feature.label,
      description: feature.missing
        ? t('screen.groups.missing', { n: format.value.number(feature.missing) })
        : undefined,
    })),
  );
  const axisItems = computed(() =>
    (cluster.data.value?.space ?? []).map((one, value) => ({ value, label: one.label })),
  );
  const scatter = computed(() => {
    const result = cluster.data.value;
    if (!result) return null;
    const last = result.space.length - 1;
    return { result, x: Math.min(axes.value.x, last), y: Math.min(axes.value.y, last) };
  });

  return { workspace, draft, cluster, axes, apply, problem, featureItems, axisItems, scatter };
}
