import { onMounted } from 'vue';
import { useRouter } from 'vue-router';
import { menuPlaces } from '../../src-shared/pages.ts';
import { onWish } from '../client.ts';
import { useInbox } from '../stores/inbox.ts';

/** Follows what the desktop around the page wishes: entries of its menu, and files opened with Salescope. */
export function useDesktop(): void {
  const router = useRouter();
  const inbox = useInbox();
  onMounted(() => {
    onWish((wish) => {
      if (wish.kind === 'go') return void router.push(menuPlaces[wish.to]);
      inbox.add(wish.files);
      if (inbox.files.length > 0) void router.push(menuPlaces.import);
    });
  });
}
