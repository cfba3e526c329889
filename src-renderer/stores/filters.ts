import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Day, Filter, SegmentId } from '../../src-shared/domain.ts';

/** The filters of the bar; every figure on every page is asked for with `filter`. */
export const useFilters = defineStore('filters', () => {
  const from = ref<Day | null>(null);
  const to = ref<Day | null>(null);
  const segments = ref<SegmentId[]>([]);
  const countries = ref<string[]>([]);
  const products = ref<string[]>([]);

  const filter = computed<Filter>(() => ({
    ...(from.value ? { from: from.value } : {}),
    ...(to.value ? { to: to.value } : {}),
    ...(segments.value.length ? { segments: [...segments.value] } : {}),
    ...(countries.value.length ? { countries: [...countries.value] } : {}),
    ...(products.value.length ? { products: [...products.value] } : {}),
  }));
  const active = computed(() => Object.keys(filter.value).length > 0);

  function clear(): void {
    from.value = null;
    to.value = null;
    segments.value = [];
    countries.value = [];
    products.value = [];
  }

  return { from, to, segments, countries, products, filter, active, clear };
});
