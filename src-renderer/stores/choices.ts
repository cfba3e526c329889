import { defineStore } from 'pinia';
import { reactive, toRefs } from 'vue';
import type { ClusterSettings, Frequency } from '../../src-shared/domain.ts';

/** What the user chose for forecasts and groups: the same on every page and in the report. */
export const useChoices = defineStore('choices', () => {
  const forecast = reactive<{ frequency: Frequency; horizon: number; model: string }>({
    frequency: 'day',
    horizon: 30,
    model: 'auto',
  });
  const groups = reactive<ClusterSettings>({
    features: ['recencyDays', 'frequency', 'monetary'],
    transform: 'auto',
    scaling: 'zscore',
    kMin: 2,
    kMax: 10,
    k: null,
    seed: 1,
  });
  return toRefs(reactive({ forecast, groups }));
});
