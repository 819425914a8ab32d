/**
 * One runner for every test: `unit` (pure, real files and processes), `e2e` (real Chromium, real Electron), and `chaos` and
 * `agents`, which `npm test` leaves out.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './tests/summary-reporter.ts'],
    // A test must never pass by being called again, nor by there being none.
    retry: 0,
    passWithNoTests: false,
    // Advice names the program as it was called: here by its own name, also when the runner was called by npx.
    env: { npm_lifecycle_event: 'test' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Most of them wait for processes of theirs, not for a processor.
          maxWorkers: 2,
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**', 'tests/bench/**', 'tests/agents/**'],
          // Ends what hangs; no test measures time, and a busy machine is slow.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // The long form of what `unit` runs for some seconds.
          name: 'chaos',
          include: ['tests/chaos/**/*.test.ts'],
          env: { AGENTCOORD_CHAOS: 'long' },
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          // Coding agents as their makers publish them, fetched once: `npm run agents`.
          name: 'agents',
          include: ['tests/agents/**/*.test.ts'],
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/prepare-runtimes.ts'],
          // Alone on the machine and one after the other: a browser that starves looks like a bug.
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
