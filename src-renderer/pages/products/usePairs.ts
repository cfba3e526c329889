import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Input } from '../../../src-shared/contract.ts';
import { useCall } from '../../composables/useCall.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

type PairSort = NonNullable<Input<'products.together'>['sort']>;

/** More pairs than this are for the file. */
const shownPairs = 200;

/** Pairs of products under the user's choices. */
export function usePairs() {
  const { t } = useI18n();
  const workspace = useWorkspace();
  const filters = useFilters();
  const product = ref('');
  const minOrders = ref('');
  const sort = ref<PairSort>('lift');

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
  return { product, minOrders, sort, question, together, productItems, sortItems };
}
