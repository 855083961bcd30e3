import { defineConfig } from "vitest/config";

const architecture = "tests/architecture.test.ts";
const browser = "tests/browser/**/*.test.ts";
const budget = "tests/browser/budget.test.ts";
// For a loaded machine: none takes nearly as long on one that has nothing else to do.
const patience = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    pool: "forks",
    // Of two cores one is idle for most of a run of two: a test waits for a clock or a platform more often than it works.
    maxWorkers: 3,
    projects: [
      // Reads the code and nothing else: `npm run check` runs it alone, without a database.
      { test: { name: "architecture", include: [architecture] } },
      {
        test: {
          name: "behaviour",
          include: ["tests/**/*.test.ts"],
          exclude: [architecture, browser],
          globalSetup: "tests/support/global-setup.ts",
          ...patience,
        },
      },
      // The ways of the pages in a real browser: `npm run test:browser`, on a machine that has Chromium.
      {
        test: {
          name: "browser",
          include: [browser],
          exclude: [budget],
          globalSetup: "tests/support/global-setup.ts",
          ...patience,
        },
      },
      // What a visit may cost, when the others are done: what runs beside it would be counted as its own.
      {
        test: {
          name: "budget",
          include: [budget],
          globalSetup: "tests/support/global-setup.ts",
          sequence: { groupOrder: 1 },
          ...patience,
        },
      },
    ],
  },
});
