import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Hundreds of processes and threads load the same libraries: what they are compiled to is kept.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
  new URL('node_modules/.cache/tests', import.meta.url),
);

export default defineConfig({
  test: {
    globalSetup: ['tests/support/left-out.ts'],
    // Most of the time goes to waiting for servers and timers, not to computing.
    maxWorkers: 4,
    // A process loads what it tests once, and not anew for each file, which took half of the unit tests'
    // time: no file may leave anything behind in what it imports.
    isolate: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'clients/**/*.test.ts'],
          environment: 'node',
          // Some read all of the sources: a second and a half on an idle machine.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          environment: 'node',
          // Many start processes of their own: ten times what they take on an idle machine.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/e2e/built-screen.ts'],
          // Each has a browser, which keeps a core busy; so they also have the machine to themselves.
          maxWorkers: 2,
          isolate: true,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
