// The figures of docs/COSTS.md are those of the programs and of lib/prices.ts. `-u` writes them anew.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { beforeAll, describe, expect, it } from "vitest";
import { budgets } from "../../lib/cost.ts";
import { stackNames, type StackName } from "../../lib/stack-name.ts";
import { type Changes, difference, type EnvironmentCost, estimate } from "./estimate.ts";
import { groupTable, type Knob, knobTable, oneTable } from "./tables.ts";

const page = join(import.meta.dirname, "../../../../docs/COSTS.md");

/** What the page offers for prod. */
const knobs: [what: string, changes: Changes][] = [
  ["one NAT gateway instead of three (`natGateways: 1`)", { foundation: { natGateways: 1 } }],
  ["no interface endpoints (`interfaceEndpoints: []`); then by NAT", { foundation: { interfaceEndpoints: [] } }],
  ["`databaseInstances: 2`", { foundation: { databaseInstances: 2 } }],
  [
    "no second region: `enabled: false` of recovery, `databaseGlobal: false`",
    { recovery: { enabled: false }, foundation: { databaseGlobal: false } },
  ],
  [
    "then also serverless database instances of 2 units at least",
    { foundation: { databaseGlobal: false, databaseClass: "db.serverless", databaseCapacity: "2-16" } },
  ],
  ["`databaseClass: db.r6g.xlarge`", { foundation: { databaseClass: "db.r6g.xlarge" } }],
  ["`cache: serverless`, nearly empty", { foundation: { cache: "serverless" } }],
  ["`cacheReplicas: 1`", { foundation: { cacheReplicas: 1 } }],
  ["`cacheNodeType: cache.r7g.large`", { foundation: { cacheNodeType: "cache.r7g.large" } }],
  ["`leastTasks: 3` (one more task of each service)", { application: { leastTasks: 3 } }],
  ["`taskCpu: 256`, `taskMemory: 512` for every service", { application: { taskCpu: 256, taskMemory: 512 } }],
  ["`onDemandTasks: 1`, `spotPercent: 100`", { application: { onDemandTasks: 1, spotPercent: 100 } }],
  ["`canaries: false`", { application: { canaries: false } }],
  ["`shieldAdvanced: true` (for a year)", { application: { shieldAdvanced: true } }],
];

/** A small shop with visitors of its own: dev's size, two tasks of each service, the firewall in force. */
const small: Changes = {
  application: { leastTasks: 2, onDemandTasks: 1, spotPercent: 100, firewallMode: "block", canaries: false },
  foundation: { databaseCapacity: "1-8", databaseRetentionDays: 14 },
};

describe("docs/COSTS.md", { timeout: 300_000 }, () => {
  const costs = {} as Record<StackName, EnvironmentCost>;
  beforeAll(async () => {
    for (const stack of stackNames) costs[stack] = await estimate(stack);
  }, 300_000);

  it("finds every environment within its budget, and prod dearer than staging, staging than dev", () => {
    for (const stack of stackNames) expect(costs[stack].total, stack).toBeLessThanOrEqual(budgets[stack]);
    expect(costs.prod.total).toBeGreaterThan(costs.staging.total);
    expect(costs.staging.total).toBeGreaterThan(costs.dev.total);
  });

  it("shows the figures as they are", async () => {
    const asked: Knob[] = [];
    for (const [what, changes] of knobs) {
      asked.push({ what, usd: await difference("prod", costs.prod, changes) });
    }
    expect(asked.filter(({ usd }) => Math.abs(usd) < 0.5).map(({ what }) => what)).toEqual([]);
    const tables = {
      environments: groupTable(costs),
      knobs: knobTable(asked),
      small: oneTable(await estimate("dev", small)),
    };
    let text = await readFile(page, "utf8");
    for (const [name, table] of Object.entries(tables)) {
      const marked = new RegExp(`(<!-- ${name}: begin -->).*(<!-- ${name}: end -->)`, "s");
      expect(text).toMatch(marked);
      text = text.replace(marked, `$1\n\n${table}\n\n$2`);
    }
    const formatted = await format(text, { ...(await resolveConfig(page)), parser: "markdown" });
    await expect(formatted).toMatchFileSnapshot(page);
  });

  it("comes out below the 216 dollars of the requirements with a small shop", async () => {
    expect((await estimate("dev", small)).total).toBeLessThanOrEqual(216);
  });
});
