import { defineStore } from 'pinia';
import { reactive, toRefs } from 'vue';
import { type ClusterSettings, type Day, defaultClusterSettings, type Frequency } from '../../src-shared/domain.ts';

/** What the user chose for forecasts and groups: the same on every page and in the report. */
export const useChoices = defineStore('choices', () => {
  const forecast = reactive<{ frequency: Frequency; horizon: number; model: string; start: Day | null }>({
    frequency: 'day',
    horizon: 30,
    model: 'auto',
    start: null,
  });
  const groups = reactive<ClusterSettings>(structuredClone(defaultClusterSettings));
  return toRefs(reactive({ forecast, groups }));
});
