import { defineConfig } from 'vitest/config';
import { shared } from '../fixtures/shared-config.ts';

/** The browser tests: a real Chromium on the built interface; two files at a time, as each waits for its page most of the time. */
export default defineConfig({
  test: {
    ...shared,
    include: ['tests/interface/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
