import { defineConfig } from 'vitest/config';

// Three projects: `unit` needs nothing but Node and git; `cluster` a real etcd and kube-apiserver; `e2e` the lab's hosts.
const isolated = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  NO_COLOR: '1',
};

// .ci/run names a directory: each run leaves its figures there (test/tools/count-results.ts reads them)
const results = process.env.VITEST_RESULTS;

export default defineConfig({
  test: {
    env: isolated,
    reporters:
      results === undefined ? ['default'] : ['default', ['json', { outputFile: `${results}/${process.pid}.json` }]],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/cluster/**', 'test/e2e/**', 'test/lab/**'],
          testTimeout: 30_000,
          maxWorkers: '100%', // by default a processor is left idle: one of two
        },
      },
      {
        extends: true,
        test: {
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts'],
          globalSetup: ['test/support/api-server.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 3, // most of them wait for the API server
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/lab/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
