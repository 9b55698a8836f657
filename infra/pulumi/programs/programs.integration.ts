// Every program in every environment, on the real engine: goes up in the order a person would, does nothing the second time,
// keeps to the policies, and looks as its golden file says (`pnpm test:integration infra/pulumi/programs -u` writes it anew).
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stackNames } from "../lib/stack-name.ts";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { type Engine, openEngine } from "../testing/engine/open-engine.ts";
import { changing } from "../testing/engine/outcome.ts";
import { treeOf } from "../testing/engine/tree.ts";
import { goldenFile, programs } from "./order.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

const policyPacks = [join(import.meta.dirname, "../policy")];

describe.skipIf(!cli).each(stackNames)("stack %s", { timeout: 120_000 }, (stackName) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine.close());

  it.each(programs)("%s goes up within the policies, and a second time there is nothing to do", async (program) => {
    const stack = await engine.stack(program, stackName, { policyPacks });
    const up = await stack.up();
    expect(up.errors).toEqual([]);
    expect(up.policies.filter(({ level }) => level === "mandatory")).toEqual([]);
    expect(up.warnings).toEqual([]);
    const again = await stack.preview();
    expect(again.errors).toEqual([]);
    expect(changing(again)).toEqual([]);
    await expect(treeOf(up)).toMatchFileSnapshot(goldenFile(program, stackName));
  });
});
