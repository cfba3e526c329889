import { usePreferredDark } from '@vueuse/core';
import { type ComputedRef, computed, watchEffect } from 'vue';
import { useWorkspace } from '../stores/workspace.ts';

/** Whether the screen is dark: the setting, or the system's wish. */
export function useDarkMode(): ComputedRef<boolean> {
  const workspace = useWorkspace();
  const wish = usePreferredDark();
  return computed(() => {
    const theme = workspace.settings?.theme ?? 'system';
    return theme === 'system' ? wish.value : theme === 'dark';
  });
}

/** Keeps the page's class in step with the mode; called once, by the frame of all pages. */
export function followDarkMode(): void {
  const dark = useDarkMode();
  watchEffect(() => {
    document.documentElement.classList.toggle('dark', dark.value);
    document.documentElement.style.colorScheme = dark.value ? 'dark' : 'light';
  });
}
