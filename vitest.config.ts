import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    env: { TZ: 'UTC' },
    setupFiles: ['test/fuzz-seed.ts'],
    // A test that needs longer says so itself, with its reason.
    testTimeout: 15_000,
  },
});
