import { defineConfig } from "vitest/config";

const architecture = "tests/architecture.test.ts";
const browser = "tests/browser/**/*.test.ts";

export default defineConfig({
  test: {
    pool: "forks",
    // Two cores, one of which PostgreSQL and the simulators also want.
    maxWorkers: 2,
    projects: [
      // Reads the code and nothing else: `npm run check` runs it alone, without a database.
      { test: { name: "architecture", include: [architecture] } },
      {
        test: {
          name: "behaviour",
          include: ["tests/**/*.test.ts"],
          exclude: [architecture, browser],
          globalSetup: "tests/support/global-setup.ts",
          // For a loaded machine: none takes nearly as long on one that has nothing else to do.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      // The ways of the pages in a real browser: `npm run test:browser`, on a machine that has Chromium.
      {
        test: {
          name: "browser",
          include: [browser],
          globalSetup: "tests/support/global-setup.ts",
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
