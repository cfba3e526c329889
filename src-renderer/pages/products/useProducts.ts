import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Input } from '../../../src-shared/contract.ts';
import type { SegmentId } from '../../../src-shared/domain.ts';
import { useCall } from '../../composables/useCall.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

type PairSort = NonNullable<Input<'products.together'>['sort']>;

/** More pairs than this are for the file. */
const shownPairs = 200;
const shownSellers = 20;

/** Pairs of products and what each segment buys. */
export function useProducts() {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const filters = useFilters();
  const product = ref('');
  const minOrders = ref('');
  const sort = ref<PairSort>('lift');
  const segment = ref<SegmentId | null>(null);

  /** null: the program chooses; a number that makes no sense is not asked with. */
  const least = computed(() => {
    const value = Number(minOrders.value);
    return Number.isInteger(value) && value >= 2 ? value : null;
  });
  const question = computed(() => ({
    filter: filters.filter,
    product: product.value || null,
    minOrders: least.value,
    sort: sort.value,
  }));
  const options = useCall('filter.options', () => (workspace.hasSales ? {} : null));
  const together = useCall('products.together', () =>
    workspace.hasSales ? { ...question.value, limit: shownPairs } : null,
  );
  const best = useCall('products.bySegment', () =>
    workspace.hasSales ? { filter: filters.filter, limit: shownSellers } : null,
  );

  const productItems = computed(() => [
    { value: '', label: t('screen.products.anyProduct') },
    ...(options.data.value?.products ?? []).map(({ value, description }) => ({
      value,
      label: description ? `${description} (${value})` : value,
    })),
  ]);
  const sortItems = computed(() =>
    (['lift', 'orders', 'confidence'] as const).map((value) => ({
      value,
      label: t(`screen.products.sortBy.${value}`),
    })),
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

  return {
    workspace,
    filters,
    product,
    minOrders,
    sort,
    segment,
    question,
    together,
    best,
    productItems,
    sortItems,
    segmentItems,
    chosen,
  };
}
