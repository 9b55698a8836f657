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
    // What is waited for comes late on a busy machine; how late it may come is no question of these waits.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 30_000,
    ...extra,
  },
});

/** Real MongoDB and Redis, started once for the whole run, a first download included. */
const servers = "packages/testkit/src/global-setup.ts";
const withServers = { globalSetup: [servers], hookTimeout: 300_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // One process runs file after file, since loading what they share costs more than they do.
      project("unit", "test", { isolate: false }),
      project("integration", "integration", withServers),
      project("e2e", "e2e", {
        ...withServers,
        globalSetup: [servers, "packages/testkit/src/seeded-shop.ts"],
        testTimeout: 120_000,
        // After all others: each file has a graph of five programs.
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
