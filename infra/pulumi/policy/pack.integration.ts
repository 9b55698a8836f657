// The pack on the real engine: what a person breaks in a stack's settings is refused, by the name of the rule.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { type Engine, openEngine } from "../testing/engine/open-engine.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

describe.skipIf(!cli)("the policy pack on the real engine", { timeout: 420_000 }, () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine.close());

  it("refuses a production that is looser than it must be, already at the preview, and names every rule", async () => {
    const stack = await engine.stack("foundation", "prod", {
      policyPacks: [import.meta.dirname],
      config: {
        protect: false,
        databaseRetentionDays: 34,
        databaseInstances: 2,
        logRetentionDays: 30,
        backupDailyDays: 31,
      },
    });
    const preview = await stack.preview();
    expect(preview.ok).toBe(false);
    const mandatory = preview.policies.filter(({ level }) => level === "mandatory");
    expect([...new Set(mandatory.map(({ policy }) => policy))].sort()).toEqual([
      "backup-plan",
      "database",
      "database-instances",
      "log-groups",
      "protection",
    ]);
    expect(mandatory.map(({ message }) => message).join("\n")).toContain("backupRetentionPeriod is 34 days, not 35");
  });

  it("refuses a plan that costs more than its program may, and passes one that does not", async () => {
    const planned = async (config: Record<string, unknown>) => {
      const stack = await engine.stack("foundation", "prod", { policyPacks: [import.meta.dirname], config });
      const { ok, policies } = await stack.preview();
      return { ok, policies };
    };
    const dear = await planned({ databaseClass: "db.r6g.4xlarge" });
    expect(dear.ok).toBe(false);
    expect(dear.policies.map(({ policy, level }) => `${policy} ${level}`)).toEqual(["cost-ceiling mandatory"]);
    expect(dear.policies[0]?.message).toMatch(/\n\d+(?:\.\d+)? dollars a month, not 1170\. The dearest:\n.*docdb/);
    // Not as a hint either: a rule that gives up at the preview passes everything.
    expect(await planned({ databaseClass: "db.r6g.large" })).toEqual({ ok: true, policies: [] });
  });
});
