import { defineConfig } from 'vitest/config'

/**
 * Four projects in one suite. `npm test` runs all; `vitest run --project unit` runs one.
 * The root set-up gives the run its canary folder and scans every sink when the run ends.
 * Type tests (`*.test-d.ts`) are held by tsc; a house rule runs it and reads what it says of them.
 */
export default defineConfig({
  test: {
    globalSetup: ['tools/canary/global-setup.ts'],
    passWithNoTests: false,
    allowOnly: false,
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'examples/**/*.test.ts', 'bench/**/*.test.ts'],
          // Generous: a busy machine is no failure, and nothing here waits for time to pass.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      { test: { name: 'conformance', include: ['conformance/**/*.test.ts'] } },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'house', include: ['tools/**/*.test.ts'], testTimeout: 30_000 } },
    ],
  },
})
