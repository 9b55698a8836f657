// Every program in every environment, on the real engine: previews and goes up in the order a person would, a second time puts
// right what somebody changed by hand and nothing else, keeps to the policies, stays within the budget, and looks as its golden
// file says (`pnpm test:integration infra/pulumi/programs -u` writes it anew). At the end it is destroyed, but for what is protected.
// Environments know nothing of each other, so they go side by side.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kindOf } from "../lib/cost-rules.ts";
import { overBudget } from "../lib/cost.ts";
import { type StackName, stackNames } from "../lib/stack-name.ts";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { type Engine, openEngine } from "../testing/engine/open-engine.ts";
import { changing, type Outcome, type Step } from "../testing/engine/outcome.ts";
import { type StackRun } from "../testing/engine/stack-run.ts";
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

interface Brought {
  stack: StackRun;
  preview: Outcome;
  up: Outcome;
}
interface Lived {
  /** A preview of what is up already. */
  second: Outcome;
  /** An update after somebody changed things by hand. */
  repair: Outcome;
}
interface Gone {
  destroy: Outcome;
  left: string[];
}

/** What happened to every program of every environment. */
function results<Result>() {
  const all = new Map<string, Result>();
  return {
    set: (stackName: StackName, program: Program, result: Result) => all.set(`${stackName} ${program}`, result),
    of: (stackName: StackName, program: Program): Result => {
      const result = all.get(`${stackName} ${program}`);
      if (result === undefined) throw new Error(`${program} ${stackName} did not get so far`);
      return result;
    },
  };
}

const forbidden = ({ policies }: Outcome) => policies.filter(({ level }) => level === "mandatory");
const everywhere = (work: (stackName: StackName) => Promise<void>) => Promise.all(stackNames.map(work));
const all = stackNames.flatMap((stackName) => programs.map((program) => ({ stackName, program })));

describe.skipIf(!cli)("all programs in all environments", () => {
  const engines = new Map<StackName, Engine>();
  const brought = results<Brought>();
  afterAll(async () => {
    for (const engine of engines.values()) await engine.close();
  });

  describe("preview and go up", () => {
    beforeAll(async () => {
      const started = performance.now();
      await everywhere(async (stackName) => {
        const engine = await openEngine();
        engines.set(stackName, engine);
        for (const program of programs) {
          const stack = await engine.stack(program, stackName, { policyPacks });
          brought.set(stackName, program, { stack, preview: await stack.preview(), up: await stack.up() });
        }
      });
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      process.stdout.write(`preview and up of ${all.length} stacks: ${seconds} s\n`);
    }, 600_000);

    it.each(all)("$stackName $program does, within the policies", ({ stackName, program }) => {
      const { preview, up } = brought.of(stackName, program);
      for (const outcome of [preview, up]) {
        expect(outcome.errors).toEqual([]);
        expect(forbidden(outcome)).toEqual([]);
        expect(outcome.warnings).toEqual([]);
      }
      expect(up.changes).toEqual(preview.changes);
    });

    it.each(all)("$stackName $program is what its golden file says", async ({ stackName, program }) => {
      const { up } = brought.of(stackName, program);
      await expect(treeOf(up)).toMatchFileSnapshot(goldenFile(program, stackName));
    });

    it.each(stackNames)("%s costs less than its budget, all programs together", (stackName) => {
      const steps = programs.flatMap((program) => brought.of(stackName, program).up.steps);
      expect(overBudget(stackName, steps)).toBeUndefined();
    });

    it.each(stackNames)(
      "%s protects data where it is prod's, and nothing elsewhere that would keep a stack from going",
      (stackName) => {
        const kept = brought
          .of(stackName, "foundation")
          .up.steps.filter(({ protect }) => protect)
          .map(labelOf);
        const data = [
          "docdb.Cluster database",
          "efs.FileSystem files",
          "backup.Vault vault",
          "s3.Bucket assets",
          "kms.Key data",
        ];
        expect(data.filter((label) => kept.includes(label))).toEqual(stackName === "prod" ? data : []);
      },
    );
  });

  describe("have nothing to do a second time", () => {
    const lived = results<Lived>();
    beforeAll(
      () =>
        everywhere(async (stackName) => {
          for (const program of programs) {
            const { stack } = brought.of(stackName, program);
            const second = await stack.preview();
            await engines.get(stackName)?.inject({ drift: drift[program] });
            const repair = await stack.up({ refresh: true });
            await engines.get(stackName)?.inject();
            lived.set(stackName, program, { second, repair });
          }
        }),
      600_000,
    );

    it.each(all)("$stackName $program: but what drifted", ({ stackName, program }) => {
      const { second, repair } = lived.of(stackName, program);
      expect(second.errors).toEqual([]);
      expect(changing(second)).toEqual([]);
      expect(repair.errors).toEqual([]);
      const { up } = brought.of(stackName, program);
      const drifted = up.steps.map(labelOf).filter((label) => label in drift[program]);
      expect([...new Set(changing(repair).map((step) => `${step.op} ${labelOf(step)}`))].sort()).toEqual(
        drifted.map((label) => `update ${label}`).sort(),
      );
    });
  });

  describe("leave nothing behind when they are destroyed", () => {
    const gone = results<Gone>();
    beforeAll(
      () =>
        everywhere(async (stackName) => {
          for (const program of programs.toReversed()) {
            const { stack } = brought.of(stackName, program);
            const destroy = await stack.destroy();
            gone.set(stackName, program, { destroy, left: resourcesOf(await stack.exportState()) });
          }
        }),
      600_000,
    );

    it.each(all)("$stackName $program: but what is protected", ({ stackName, program }) => {
      const { up } = brought.of(stackName, program);
      const { destroy, left } = gone.of(stackName, program);
      const kept = up.steps.filter(({ protect, type }) => protect && type.startsWith("aws:"));
      if (kept.length === 0) {
        expect(destroy.errors).toEqual([]);
        expect(left).toEqual([]);
        return;
      }
      expect(destroy.ok).toBe(false);
      expect(destroy.errors.join("\n")).toContain("protected");
      expect(left).toEqual(expect.arrayContaining(kept.map(({ urn }) => urn)));
    });
  });
});

const resourcesOf = (state: unknown) =>
  ((state as { deployment: { resources?: { urn: string; type: string }[] } }).deployment.resources ?? [])
    .filter(({ type }) => type.startsWith("aws:"))
    .map(({ urn }) => urn);
