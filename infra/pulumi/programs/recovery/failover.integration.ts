// After a failover on the real engine: what the plan and people have changed, Pulumi leaves as it is.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findCli, HOW_TO_GET } from "../../testing/engine/cli.ts";
import { type Engine, openEngine } from "../../testing/engine/open-engine.ts";
import { changing } from "../../testing/engine/outcome.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

const program = join(import.meta.dirname, "../../testing/programs/switched");

describe.skipIf(!cli)("a region that has taken over", { timeout: 300_000 }, () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine.close());

  it("stays so: neither refresh nor up sends visitors or data back, or stops tasks", async () => {
    const stack = await engine.stack(program, "prod");
    const first = await stack.up();
    expect(first.errors).toEqual([]);
    await engine.inject({
      drift: {
        // Promoted, and on its own; started by the plan; written by people.
        "docdb.Cluster database": { globalClusterIdentifier: "" },
        "ecs.Service gateway": { desiredCount: 4 },
        "cloudfront.KeyvaluestoreKey edge": { value: "us-west-2" },
        // Nobody's business: that drift is seen at all.
        "docdb.ClusterInstance database-0": { instanceClass: "db.r6g.xlarge" },
      },
    });
    const refreshed = await stack.refresh();
    expect(refreshed.errors).toEqual([]);
    const after = await stack.preview();
    expect(after.errors).toEqual([]);
    expect(changing(after).map(({ op, name }) => `${op} ${name}`)).toEqual(["update database-0"]);
  });
});
