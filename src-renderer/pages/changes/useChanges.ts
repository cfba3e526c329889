import { computed, reactive, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Day } from '../../../src-shared/domain.ts';
import { useCall } from '../../composables/useCall.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

export type CurrentChoice = 'auto' | 'own';
export type AgainstChoice = 'previous' | 'year' | 'own';
export interface OwnDays {
  from: Day | null;
  to: Day | null;
}

const period = ({ from, to }: OwnDays) => (from && to ? { from, to } : null);
const problemOf = ({ from, to }: OwnDays) => (!from || !to ? 'missingDays' : from > to ? 'wrongDays' : null);

/** Which two periods are compared, and the answer. */
export function useChanges() {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const filters = useFilters();
  const current = ref<CurrentChoice>('auto');
  const against = ref<AgainstChoice>('previous');
  const ownCurrent = reactive<OwnDays>({ from: null, to: null });
  const ownAgainst = reactive<OwnDays>({ from: null, to: null });

  /** What is missing before anything can be asked. */
  const problem = computed(() => {
    const found =
      (current.value === 'own' ? problemOf(ownCurrent) : null) ??
      (against.value === 'own' ? problemOf(ownAgainst) : null);
    return found ? t(`screen.changes.${found}`) : '';
  });
  const periods = computed(() => ({
    current: current.value === 'own' ? period(ownCurrent) : null,
    against: against.value === 'own' ? (period(ownAgainst) ?? ('previous' as const)) : against.value,
  }));
  const answer = useCall('overview.change', () =>
    workspace.hasSales && problem.value === '' ? { filter: filters.filter, ...periods.value } : null,
  );

  /** Stays while days are missing and nothing can be asked. */
  const lastShown = ref(answer.data.value);
  watch(answer.data, (data) => {
    if (data) lastShown.value = data;
  });

  /** The pickers begin with the days in use. */
  watch([current, against], ([now, then], [nowBefore, thenBefore]) => {
    const shown = lastShown.value;
    if (!shown) return;
    if (now === 'own' && nowBefore !== 'own') Object.assign(ownCurrent, shown.current.period);
    if (then === 'own' && thenBefore !== 'own') Object.assign(ownAgainst, shown.previous.period);
  });

  return { workspace, filters, current, against, ownCurrent, ownAgainst, problem, periods, answer };
}
