import { defineConfig } from "vitest/config";

/** The long rows of the fidelity tables: minutes, not seconds, so they run on request (`npm run fidelity`). */
export default defineConfig({
  test: {
    include: ["test/fidelity/**/*.long.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30 * 60_000,
  },
});
