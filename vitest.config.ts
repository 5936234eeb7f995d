import { defineConfig } from "vitest/config";

/**
 * One run, two halves: first everything that needs no browser, on two threads' worth of processes; then the browser
 * tests one file at a time, because a software-rendered Chromium takes a core for itself.
 * The counts of the run are left in `node_modules/.cache/test-results.json` for `.ci/run`.
 */
export default defineConfig({
  test: {
    reporters: ["default", ["json", { outputFile: "node_modules/.cache/test-results.json" }]],
    projects: [
      {
        test: {
          name: "game",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**"],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          pool: "forks",
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
