import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { SegmentId } from '../../../src-shared/domain.ts';
import { useCall } from '../../composables/useCall.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

const shownSellers = 20;

/** Best sellers of the segment the user looks at. */
export function useBestSellers() {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const filters = useFilters();
  const segment = ref<SegmentId | null>(null);
  const best = useCall('products.bySegment', () =>
    workspace.hasSales ? { filter: filters.filter, limit: shownSellers } : null,
  );
  const segmentItems = computed(() =>
    (best.data.value?.segments ?? [])
      .filter(({ customers }) => customers > 0)
      .map(({ segment: value }) => ({ value, label: t(`customers.segments.${value}.name`) })),
  );
  watch(segmentItems, (items) => {
    if (!items.some(({ value }) => value === segment.value)) segment.value = items[0]?.value ?? null;
  });
  const chosen = computed(() => best.data.value?.segments.find((one) => one.segment === segment.value) ?? null);
  return { best, segment, segmentItems, chosen };
}
