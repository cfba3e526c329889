import { defineConfig } from 'vitest/config';

/** The browser tests: a real Chromium on the built interface, one file after the other. */
export default defineConfig({
  test: {
    include: ['tests/interface/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
