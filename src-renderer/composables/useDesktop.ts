import { onMounted } from 'vue';
import { type RouteLocationRaw, useRouter } from 'vue-router';
import type { MenuPage } from '../../src-shared/bridge.ts';
import { onWish } from '../client.ts';
import { useInbox } from '../stores/inbox.ts';

const places: Record<MenuPage, RouteLocationRaw> = {
  import: { name: 'import' },
  report: { name: 'report' },
  search: { name: 'customers', query: { search: 'on' } },
  undo: { name: 'import', query: { undo: 'last' } },
  settings: { name: 'settings' },
  help: { name: 'help' },
};

/** Follows what the desktop around the page wishes: entries of its menu, and files opened with Salescope. */
export function useDesktop(): void {
  const router = useRouter();
  const inbox = useInbox();
  onMounted(() => {
    onWish((wish) => {
      if (wish.kind === 'go') return void router.push(places[wish.to]);
      inbox.add(wish.files);
      if (inbox.files.length > 0) void router.push(places.import);
    });
  });
}
