import { computed, ref } from 'vue';
import type { ClusterSettings } from '../../../src-shared/domain.ts';
import { useJob } from '../../composables/useJob.ts';
import { useChoices } from '../../stores/choices.ts';
import { useFilters } from '../../stores/filters.ts';
import { useWorkspace } from '../../stores/workspace.ts';

/** The comparison of all methods: started by a click, kept while the page is open, and known to be out of date. */
export function useComparison() {
  const workspace = useWorkspace();
  const filters = useFilters();
  const choices = useChoices();
  const job = useJob('customers.compare');
  const answered = ref('');

  // Method and number of groups are what is compared; choosing another of them leaves the comparison valid.
  const settings = computed<ClusterSettings>(() => ({ ...choices.groups, method: 'kmeans', k: null }));
  const question = computed(() => JSON.stringify([workspace.version, filters.filter, settings.value]));
  const outdated = computed(() => job.result.value !== null && answered.value !== question.value);

  async function run(): Promise<void> {
    answered.value = question.value;
    await job.run({ filter: filters.filter, settings: settings.value });
  }

  return { ...job, run, outdated, settings };
}
