import './styles.css';
import ui from '@nuxt/ui/vue-plugin';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { i18n } from './i18n/i18n.ts';
import { router } from './router.ts';
import { useTrouble } from './stores/trouble.ts';

const app = createApp(App).use(createPinia()).use(i18n).use(router).use(ui);
// What nobody caught is said on the page and noted in the log, and still stands in the console.
const { report } = useTrouble();
app.config.errorHandler = (fault) => {
  console.error(fault);
  report(fault);
};
window.addEventListener('error', ({ error }) => error && report(error));
window.addEventListener('unhandledrejection', ({ reason }) => report(reason));
app.mount('#app');
