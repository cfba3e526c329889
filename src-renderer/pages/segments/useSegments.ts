import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Input } from '../../../src-shared/contract.ts';
import type { PlaybookEntry } from '../../../src-shared/domain.ts';
import { useCall } from '../../composables/useCall.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { useJob } from '../../composables/useJob.ts';
import { useFilters } from '../../stores/filters.ts';
import { showSegmentNames } from '../../stores/segment-names.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** Profile cards, personas and the playbook. */
export function useSegments() {
  const { t } = useI18n();
  const format = useFormat();
  const workspace = useWorkspace();
  const filters = useFilters();
  const horizonDays = ref(365);
  /** Grows with every change of the playbook, which the target list shows too. */
  const playbookVersion = ref(0);
  const edited = ref<PlaybookEntry | null>(null);
  const profiles = useCall('segments.profiles', () =>
    workspace.hasSales ? { filter: filters.filter, horizonDays: horizonDays.value } : null,
  );
  const saving = useJob('playbook.set');

  const horizonItems = computed(() =>
    [90, 180, 365, 730].map((value) => ({
      value,
      label: t('screen.segments.horizonDays', { n: format.value.number(value) }),
    })),
  );
  /** Where to act first, then those without a rank, in the order of the segments. */
  const cards = computed(() => {
    const list = [...(profiles.data.value?.profiles ?? [])];
    return list.sort((x, y) => (x.priority ?? list.length + 1) - (y.priority ?? list.length + 1));
  });

  async function keep(input: Input<'playbook.set'>): Promise<void> {
    const entries = await saving.run(input);
    if (!entries) return;
    showSegmentNames(entries);
    edited.value = null;
    playbookVersion.value++;
    profiles.refresh();
  }

  return { workspace, horizonDays, horizonItems, profiles, cards, edited, saving, keep, playbookVersion };
}
