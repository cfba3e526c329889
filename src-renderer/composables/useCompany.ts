import { useRouter } from 'vue-router';
import { useFilters } from '../stores/filters.ts';
import { loadSegmentNames } from '../stores/segment-names.ts';
import { useWorkspace } from '../stores/workspace.ts';

/** Brings up the company that lies in the store: at the start, and after another one was put there. */
export function useCompany() {
  const workspace = useWorkspace();
  const filters = useFilters();
  const router = useRouter();

  /**
   * Everything is asked anew; a company without a currency begins at the first start.
   * @param page where to go on; null: where the user is
   */
  async function show(page: string | null = null): Promise<void> {
    await workspace.load();
    // Countries and products of one company mean nothing in another.
    filters.clear();
    await loadSegmentNames();
    await router.isReady();
    if (!workspace.settings?.currency) await router.replace({ name: 'start' });
    else if (page) await router.replace({ name: page });
  }

  return { show };
}
