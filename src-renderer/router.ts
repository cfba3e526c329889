import type { Component } from 'vue';
import { createRouter, createWebHashHistory } from 'vue-router';
import { pages } from '../src-shared/pages.ts';
// The page most starts end on is not fetched a second time round.
import Overview from './pages/overview/Page.vue';

const fetched = import.meta.glob<Component>(['./pages/*/Page.vue', '!./pages/overview/Page.vue'], {
  import: 'default',
});

const routes = pages.map(({ name, path, ...place }) => ({
  name,
  path,
  component: name === 'overview' ? Overview : fetched[`./pages/${name}/Page.vue`],
  meta: { plain: 'plain' in place },
}));

/** Hash history works from file:// and over HTTP alike. `meta.plain`: no sidebar. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [...routes, { path: '/:rest(.*)*', redirect: '/' }],
});
