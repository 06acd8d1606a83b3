import { defineConfig } from 'vitest/config';

// test/bench is run by `npm run bench`; test/reference holds the slow twins that tests import. Neither is a test.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**', 'test/reference/**', 'node_modules/**', 'dist/**'],
    setupFiles: ['test/support/setup.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    restoreMocks: true,
    env: { LC_ALL: 'C', TZ: 'UTC', NO_COLOR: '1' },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: 'coverage',
    },
  },
});
