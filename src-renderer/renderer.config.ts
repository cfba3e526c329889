import { fileURLToPath } from 'node:url';
import nuxtUi from '@nuxt/ui/vite';
import vue from '@vitejs/plugin-vue';
import type { UserConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const projectRoot = here('..');

/** The Vite configuration of the renderer: everything is bundled, nothing is fetched at run time. */
export const rendererConfig: UserConfig = {
  root: here('.'),
  base: './',
  define: {
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'true',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  plugins: [
    vue(),
    nuxtUi({
      // Tailwind and the icon search look from here, not from the renderer's own root.
      root: projectRoot,
      autoImport: false,
      components: { dts: here('./components.d.ts'), dirs: [] },
      colorMode: false,
      ui: {
        colors: { primary: 'blue', neutral: 'slate' },
        // The library's own hover, at 75 %, fails contrast: 4.5 : 1 is needed under the pointer too.
        button: {
          compoundVariants: [{ color: 'primary', variant: 'solid', class: 'hover:bg-primary/90 active:bg-primary/90' }],
        },
      },
      // An icon that is not in the bundle would be asked for over the network.
      icon: { clientBundle: { scan: { globInclude: ['src-renderer/**/*.{vue,ts}', 'src-shared/pages.ts'] } } },
    }),
  ],
  build: {
    outDir: here('../out/renderer'),
    emptyOutDir: true,
    minify: true,
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: here('./index.html') },
  },
};
