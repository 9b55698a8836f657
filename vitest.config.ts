import { defineConfig } from "vitest/config";

// The suffix of a file decides its project (docs/TESTING.md).
const project = (name: string, suffix: string, extra: object = {}) => ({
  test: {
    name,
    include: [`**/*.${suffix}.ts`],
    exclude: ["**/node_modules/**", "**/.data/**"],
    pool: "forks" as const,
    // Tests run as the programs do, on Node itself: Vite would load a second copy of graphql.
    experimental: { viteModuleRunner: false },
    env: { NODE_ENV: "test", APOLLO_TELEMETRY_DISABLED: "1" },
    ...extra,
  },
});

/** Real MongoDB and Redis, started once for the whole run, a first download included. */
const withServers = { globalSetup: ["packages/testkit/src/global-setup.ts"], hookTimeout: 300_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project("unit", "test"),
      project("integration", "integration", { ...withServers, testTimeout: 30_000 }),
      // Stories share one running graph, so they go one after the other.
      project("e2e", "e2e", { ...withServers, testTimeout: 120_000, fileParallelism: false }),
    ],
  },
});
