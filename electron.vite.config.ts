/** How out/ is made: main and its worker thread as ES modules, preload as CommonJS (the sandbox wants it), renderer. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import { recordBundledPackages } from './scripts/bundled-packages.ts';
import { rendererConfig } from './src-renderer/renderer.config.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  main: {
    plugins: [recordBundledPackages(here('out/bundled/main'))],
    build: {
      outDir: here('out/main'),
      emptyOutDir: true,
      externalizeDeps: true,
      target: 'node24',
      rollupOptions: {
        input: {
          electron: here('src-main/doors/electron.ts'),
          cli: here('src-main/doors/cli.ts'),
          start: here('src-main/doors/start.ts'),
          // Started by path from worker/run.ts, so it keeps its name and lies beside the other files.
          thread: here('src-main/worker/thread.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    plugins: [recordBundledPackages(here('out/bundled/preload'))],
    build: {
      outDir: here('out/preload'),
      emptyOutDir: true,
      externalizeDeps: { exclude: ['zod'] },
      rollupOptions: {
        input: { preload: here('src-main/doors/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...rendererConfig,
    plugins: [...(rendererConfig.plugins ?? []), recordBundledPackages(here('out/bundled/renderer'))],
  },
});
