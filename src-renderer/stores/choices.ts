import { defineStore } from 'pinia';
import { reactive, toRefs } from 'vue';
import { clusterSettingsSchema } from '../../src-shared/contract.ts';
import type { ClusterSettings, Frequency } from '../../src-shared/domain.ts';

/** What the user chose for forecasts and groups: the same on every page and in the report. */
export const useChoices = defineStore('choices', () => {
  const forecast = reactive<{ frequency: Frequency; horizon: number; model: string }>({
    frequency: 'day',
    horizon: 30,
    model: 'auto',
  });
  const groups = reactive<ClusterSettings>(clusterSettingsSchema.parse({}));
  return toRefs(reactive({ forecast, groups }));
});
