import { defineConfig } from 'vitest/config';
import { shared } from './tests/fixtures/shared-config.ts';

export default defineConfig({
  test: {
    ...shared,
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/interface/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
