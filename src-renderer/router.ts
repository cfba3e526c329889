import { createRouter, createWebHashHistory } from 'vue-router';
// The page most starts end on is not fetched a second time round.
import Overview from './pages/overview/Page.vue';

/** Hash history works from file:// and over HTTP alike. `plain`: no sidebar. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'overview', component: Overview },
    { path: '/start', name: 'start', component: () => import('./pages/start/Page.vue'), meta: { plain: true } },
    { path: '/rescue', name: 'rescue', component: () => import('./pages/rescue/Page.vue'), meta: { plain: true } },
    { path: '/import', name: 'import', component: () => import('./pages/import/Page.vue') },
    { path: '/cleaning', name: 'cleaning', component: () => import('./pages/cleaning/Page.vue') },
    { path: '/customers', name: 'customers', component: () => import('./pages/customers/Page.vue') },
    { path: '/groups', name: 'groups', component: () => import('./pages/groups/Page.vue') },
    { path: '/one-customer', name: 'one-customer', component: () => import('./pages/one-customer/Page.vue') },
    { path: '/changes', name: 'changes', component: () => import('./pages/changes/Page.vue') },
    { path: '/segments', name: 'segments', component: () => import('./pages/segments/Page.vue') },
    { path: '/value', name: 'value', component: () => import('./pages/value/Page.vue') },
    { path: '/movement', name: 'movement', component: () => import('./pages/movement/Page.vue') },
    { path: '/habits', name: 'habits', component: () => import('./pages/habits/Page.vue') },
    { path: '/products', name: 'products', component: () => import('./pages/products/Page.vue') },
    { path: '/customer/:id', name: 'customer', component: () => import('./pages/customer/Page.vue') },
    { path: '/forecast', name: 'forecast', component: () => import('./pages/forecast/Page.vue') },
    { path: '/ledger', name: 'ledger', component: () => import('./pages/ledger/Page.vue') },
    { path: '/insights', name: 'insights', component: () => import('./pages/insights/Page.vue') },
    { path: '/calendar', name: 'calendar', component: () => import('./pages/calendar/Page.vue') },
    { path: '/report', name: 'report', component: () => import('./pages/report/Page.vue') },
    { path: '/help', name: 'help', component: () => import('./pages/help/Page.vue') },
    { path: '/settings', name: 'settings', component: () => import('./pages/settings/Page.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});
