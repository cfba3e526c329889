/**
 * Every page of the interface, once: the router, the sidebar, the menu and the tests that hold on all pages read this list.
 * The page itself is src-renderer/pages/<name>/Page.vue, its name in the sidebar and its heading `screen.nav.<name>`.
 */
interface PagePlace {
  name: string;
  /** Behind the # of the address. */
  path: string;
  /** Its part of the sidebar; pages without one are reached from others. */
  group?: 'sales' | 'customers' | 'data';
  icon?: string;
  /** Without the sidebar. */
  plain?: true;
}

/** Within a group in the order of the sidebar. */
export const pages = [
  { name: 'overview', path: '/', group: 'sales', icon: 'i-lucide-layout-dashboard' },
  { name: 'changes', path: '/changes', group: 'sales', icon: 'i-lucide-scale' },
  { name: 'forecast', path: '/forecast', group: 'sales', icon: 'i-lucide-chart-line' },
  { name: 'ledger', path: '/ledger', group: 'sales', icon: 'i-lucide-target' },
  { name: 'insights', path: '/insights', group: 'sales', icon: 'i-lucide-activity' },
  { name: 'products', path: '/products', group: 'sales', icon: 'i-lucide-shopping-basket' },
  { name: 'report', path: '/report', group: 'sales', icon: 'i-lucide-file-text' },
  { name: 'customers', path: '/customers', group: 'customers', icon: 'i-lucide-users' },
  { name: 'segments', path: '/segments', group: 'customers', icon: 'i-lucide-megaphone' },
  { name: 'value', path: '/value', group: 'customers', icon: 'i-lucide-gem' },
  { name: 'movement', path: '/movement', group: 'customers', icon: 'i-lucide-arrow-left-right' },
  { name: 'habits', path: '/habits', group: 'customers', icon: 'i-lucide-calendar-clock' },
  { name: 'groups', path: '/groups', group: 'customers', icon: 'i-lucide-shapes' },
  { name: 'one-customer', path: '/one-customer', group: 'customers', icon: 'i-lucide-user-search' },
  { name: 'import', path: '/import', group: 'data', icon: 'i-lucide-file-up' },
  { name: 'calendar', path: '/calendar', group: 'data', icon: 'i-lucide-calendar-days' },
  { name: 'cleaning', path: '/cleaning', group: 'data', icon: 'i-lucide-brush-cleaning' },
  { name: 'settings', path: '/settings', group: 'data', icon: 'i-lucide-settings' },
  { name: 'help', path: '/help', group: 'data', icon: 'i-lucide-circle-help' },
  { name: 'customer', path: '/customer/:id' },
  { name: 'start', path: '/start', plain: true },
  { name: 'rescue', path: '/rescue', plain: true },
] as const satisfies readonly PagePlace[];

export type PageName = (typeof pages)[number]['name'];

/** Where the entries of the menu lead. */
export const menuPlaces = {
  import: { name: 'import' },
  report: { name: 'report' },
  search: { name: 'customers', query: { search: 'on' } },
  undo: { name: 'import', query: { undo: 'last' } },
  settings: { name: 'settings' },
  help: { name: 'help' },
} as const satisfies Record<string, { name: PageName; query?: Record<string, string> }>;

export type MenuPlace = keyof typeof menuPlaces;
