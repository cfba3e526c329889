import { computed, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { SegmentId, TargetList } from '../../../src-shared/domain.ts';
import { segmentIds } from '../../../src-shared/domain.ts';
import { call } from '../../client.ts';
import { useFormat } from '../../composables/useFormat.ts';
import { usePages } from '../../composables/usePages.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

const all = 0;

/** The target list: whom to contact, why and how. */
export function useTargets(horizonDays: () => number, playbookVersion: () => number) {
  const { t } = useI18n();
  const format = useFormat();
  const workspace = useWorkspace();
  const filters = useFilters();
  const segments = ref<SegmentId[]>(['cant-lose', 'at-risk', 'needs-attention']);
  const size = ref(all);
  const control = ref(0.1);
  const seed = ref('1');
  const summary = shallowRef<TargetList | null>(null);

  const input = computed(() => ({
    segments: [...segments.value],
    size: size.value === all ? null : size.value,
    control: control.value,
    seed: Math.max(0, Math.floor(Number(seed.value)) || 0),
    horizonDays: horizonDays(),
  }));
  const pages = usePages(
    () =>
      workspace.hasSales && segments.value.length > 0
        ? { filter: filters.filter, input: input.value, version: playbookVersion() }
        : null,
    async (question, paging, signal) => {
      const answer = await call(
        'segments.targets',
        { filter: question.filter, ...question.input, ...paging },
        { signal },
      );
      summary.value = answer;
      return answer;
    },
  );

  const segmentItems = computed(() =>
    segmentIds.map((value) => ({ value, label: t(`customers.segments.${value}.name`) })),
  );
  const sizeItems = computed(() => [
    { value: all, label: t('screen.segments.sizeAll') },
    ...[50, 100, 250, 500, 1000, 5000].map((value) => ({ value, label: format.value.number(value) })),
  ]);
  const controlItems = computed(() =>
    [0, 0.05, 0.1, 0.2, 0.3, 0.5].map((value) => ({ value, label: format.value.share(value) })),
  );

  return { segments, size, control, seed, input, pages, summary, segmentItems, sizeItems, controlItems };
}
