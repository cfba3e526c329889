import { computed, reactive, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ClusterMethodId, ClusterSettings } from '../../../src-shared/domain.ts';
import { useCall } from '../../composables/useCall.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useChoices } from '../../stores/choices.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

const copyOf = (settings: ClusterSettings): ClusterSettings => ({ ...settings, features: [...settings.features] });

/** What is wrong with settings before they are sent: the key of a sentence, or ''. */
function problemOf({ features, kMin, kMax, k, method, seed, eps, minPoints }: ClusterSettings): string {
  if (features.length === 0) return 'needFeature';
  if (kMin > kMax) return 'rangeWrong';
  if (method !== 'dbscan' && k !== null && (k < kMin || k > kMax)) return 'kOutside';
  if (!Number.isInteger(seed) || seed < 0) return 'seedWrong';
  if (eps !== null && !(eps > 0)) return 'epsWrong';
  const wholeNeighbours = minPoints === null || (Number.isInteger(minPoints) && minPoints >= 2 && minPoints <= 1000);
  return wholeNeighbours ? '' : 'minPointsWrong';
}

/** Groups of similar customers: the settings as they are being changed, as they were applied, and the answer. */
export function useGroups() {
  const { t } = useI18n();
  const format = useFormat();
  const workspace = useWorkspace();
  const filters = useFilters();
  const choices = useChoices();
  const draft = reactive(copyOf(choices.groups));
  const features = useCall('customers.features', () => (workspace.hasSales ? {} : null));
  const cluster = useCall('customers.cluster', () =>
    workspace.hasSales ? { filter: filters.filter, settings: choices.groups } : null,
  );
  const axes = ref({ x: 0, y: 2 });

  watch(
    () => choices.groups,
    (applied) => Object.assign(draft, copyOf(applied)),
    { deep: true },
  );
  function apply(): void {
    const same = JSON.stringify(draft) === JSON.stringify(choices.groups);
    // Nothing changed: the question is asked again, for instance after it was cancelled.
    if (same) cluster.refresh();
    else Object.assign(choices.groups, copyOf(draft));
  }
  /** Takes a setting out of the comparison. */
  function use(method: ClusterMethodId, k: number): void {
    Object.assign(choices.groups, { method, k: method === 'dbscan' ? null : k });
  }

  const problem = computed(() => {
    const key = problemOf(draft);
    return key ? t(`screen.groups.${key}`) : '';
  });
  const changed = computed(() => JSON.stringify(draft) !== JSON.stringify(choices.groups));
  const featureItems = computed(() =>
    (features.data.value ?? []).map((feature) => ({
      value: feature.id,
      label: feature.label,
      description: feature.missing
        ? t('screen.groups.missing', { n: format.value.number(feature.missing) })
        : undefined,
    })),
  );

  return { workspace, filters, choices, draft, cluster, axes, apply, use, problem, changed, featureItems };
}
