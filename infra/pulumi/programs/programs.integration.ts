// Every program in every environment, on the real engine: goes up in the order a person would, a second time puts right what
// somebody changed by hand and nothing else, keeps to the policies, stays within the budget, and looks as its golden file says
// (`pnpm test:integration infra/pulumi/programs -u` writes it anew). At the end it is destroyed, but for what is protected.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kindOf } from "../lib/cost-rules.ts";
import { overBudget } from "../lib/cost.ts";
import { stackNames } from "../lib/stack-name.ts";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { type Engine, openEngine } from "../testing/engine/open-engine.ts";
import { changing, type Step } from "../testing/engine/outcome.ts";
import { treeOf } from "../testing/engine/tree.ts";
import { goldenFile, type Program, programs } from "./order.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

const policyPacks = [join(import.meta.dirname, "../policy")];

/** What somebody changes by hand, where the stack has it. */
const drift: Record<Program, Record<string, Record<string, unknown>>> = {
  bootstrap: { "kms.Key secrets": { enableKeyRotation: false } },
  foundation: {
    "kms.Key data": { enableKeyRotation: false },
    "s3.BucketPublicAccessBlock exports": { blockPublicPolicy: false },
  },
  application: { "lb.Listener alb": { sslPolicy: "ELBSecurityPolicy-2016-08" } },
  recovery: { "lb.Listener alb": { sslPolicy: "ELBSecurityPolicy-2016-08" } },
};
const labelOf = ({ type, name }: Step) => `${kindOf(type)} ${name}`;

describe.skipIf(!cli).each(stackNames)("stack %s", { timeout: 300_000 }, (stackName) => {
  let engine: Engine;
  const resources = new Map<Program, Step[]>();
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine.close());

  it.each(programs)(
    "%s goes up within the policies, and a second time there is nothing to do but what drifted",
    async (program) => {
      const stack = await engine.stack(program, stackName, { policyPacks });
      const up = await stack.up();
      expect(up.errors).toEqual([]);
      expect(up.policies.filter(({ level }) => level === "mandatory")).toEqual([]);
      expect(up.warnings).toEqual([]);
      resources.set(program, up.steps);
      const preview = await stack.preview();
      expect(preview.errors).toEqual([]);
      expect(changing(preview)).toEqual([]);
      await engine.inject({ drift: drift[program] });
      const again = await stack.up({ refresh: true });
      await engine.inject();
      expect(again.errors).toEqual([]);
      const drifted = up.steps.map(labelOf).filter((label) => label in drift[program]);
      expect([...new Set(changing(again).map((step) => `${step.op} ${labelOf(step)}`))].sort()).toEqual(
        drifted.map((label) => `update ${label}`).sort(),
      );
      await expect(treeOf(up)).toMatchFileSnapshot(goldenFile(program, stackName));
    },
  );

  it("costs less than its budget, all programs together", () => {
    expect(overBudget(stackName, [...resources.values()].flat())).toBeUndefined();
  });

  it.each(programs.toReversed())(
    "%s leaves nothing behind when it is destroyed, but what is protected",
    async (program) => {
      const stack = await engine.stack(program, stackName);
      const kept = (resources.get(program) ?? []).filter(({ protect, type }) => protect && type.startsWith("aws:"));
      const destroy = await stack.destroy();
      const left = resourcesOf(await stack.exportState());
      if (kept.length === 0) {
        expect(destroy.errors).toEqual([]);
        expect(left).toEqual([]);
        return;
      }
      expect(destroy.ok).toBe(false);
      expect(destroy.errors.join("\n")).toContain("protected");
      expect(left).toEqual(expect.arrayContaining(kept.map(({ urn }) => urn)));
    },
  );

  it("protects data where it is prod's, and nothing elsewhere that would keep a stack from going", () => {
    const kept = (resources.get("foundation") ?? []).filter(({ protect }) => protect).map(labelOf);
    const data = [
      "docdb.Cluster database",
      "efs.FileSystem files",
      "backup.Vault vault",
      "s3.Bucket assets",
      "kms.Key data",
    ];
    expect(data.filter((label) => kept.includes(label))).toEqual(stackName === "prod" ? data : []);
  });
});

const resourcesOf = (state: unknown) =>
  ((state as { deployment: { resources?: { urn: string; type: string }[] } }).deployment.resources ?? [])
    .filter(({ type }) => type.startsWith("aws:"))
    .map(({ urn }) => urn);
