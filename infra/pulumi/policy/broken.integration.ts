// Each security property of the real programs, broken on purpose: the policy of that name refuses it, through the CLI. Many at
// once, for each is looked for by its resource and its message; that whole programs pass is programs.integration.ts's proof.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { programs } from "../programs/order.ts";
import { breaks } from "../testing/broken/breaks.ts";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { type Engine, openEngine } from "../testing/engine/open-engine.ts";
import { type Outcome } from "../testing/engine/outcome.ts";
import { programFolder } from "../testing/engine/stack-settings.ts";
import { rules } from "./rules.ts";

const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

/** Rules that no break of a program's own resources can show: pack.integration.ts breaks them by settings. */
const BY_SETTINGS = ["cost-ceiling"];

const numbered = breaks.map((one, index) => ({ ...one, index }));
const broken = [...new Set(breaks.map(({ program }) => program))];

/** Two breaks of the same field hide each other: they go into different runs. */
function batches(program: string): number[][] {
  const runs: (typeof numbered)[] = [];
  for (const one of numbered.filter((candidate) => candidate.program === program)) {
    const free = runs.find((run) => !run.some((other) => other.resource === one.resource && other.says === one.says));
    if (free) free.push(one);
    else runs.push([one]);
  }
  return runs.map((run) => run.map(({ index }) => index));
}

describe("the breaks", () => {
  it("miss no rule of the pack", () => {
    const covered = [...breaks.map(({ policy }) => policy), ...BY_SETTINGS];
    expect(rules.map(({ name }) => name).filter((name) => !covered.includes(name))).toEqual([]);
  });
});

describe.skipIf(!cli)("security properties broken on purpose", { timeout: 300_000 }, () => {
  let engine: Engine;
  const outcomes = new Map<string, Outcome[]>();
  beforeAll(async () => {
    engine = await openEngine();
    const order = programs.filter((name) => broken.includes(name));
    for (const program of order) {
      const runs: Outcome[] = [];
      for (const indices of batches(program)) {
        const config = {
          "tradegraph-broken:program": join(programFolder(program), "index.ts"),
          "tradegraph-broken:breaks": indices,
        };
        const main = join(import.meta.dirname, "../testing/broken/program.ts");
        const options = { config, policyPacks: [import.meta.dirname], main };
        // Previews show all findings, where an `up` stops at the first.
        runs.push(await (await engine.stack(program, "prod", options)).preview());
      }
      outcomes.set(program, runs);
      // The programs after it read the outputs of the whole one.
      if (program !== order.at(-1)) expect((await (await engine.stack(program, "prod")).up()).errors).toEqual([]);
    }
  }, 600_000);
  afterAll(() => engine.close());

  it("are all looked for at the preview: no rule gives up over what is not known before an `up`", () => {
    const all = [...outcomes.values()].flat().flatMap(gaveUp);
    expect(all.map(({ policy, message }) => `${policy}: ${message}`)).toEqual([]);
  });

  it.each(numbered)("$program: $what → $policy", ({ program, policy, resource, says }) => {
    const found = (outcomes.get(program) ?? []).flatMap(({ policies }) => policies);
    const name = resource.split(" ").slice(1).join(" ");
    const mine = found.filter(
      (one) => one.policy === policy && one.message.includes(says) && one.level === "mandatory",
    );
    expect(
      mine.length,
      `policies said: ${found.map((one) => `${one.policy} ${one.urn}: ${one.message}`).join("\n")}`,
    ).toBeGreaterThan(0);
    expect(mine.some(({ urn }) => ABOUT[resource]?.test(urn) ?? urn.endsWith(`::${name}`))).toBe(true);
  });
});

/** Findings of a rule that gave up: the CLI then says so as a hint, and lets the plan pass. */
const gaveUp = ({ policies }: Outcome) => policies.filter(({ message }) => message.startsWith("can't run policy"));

/** Rules on several resources name another one than the one that was changed: what misses something. */
const ABOUT: Record<string, RegExp> = {
  "ec2.FlowLog flow-logs": /::network$/,
  "ec2.Subnet network-isolated-0": /::(?:database|cache)$/,
  "ec2.RouteTable network-isolated": /::(?:database|cache)/,
  "backup.Selection backup": /::(?:database|files)$/,
  "appautoscaling.Policy orders-forecast": /::orders$/,
  "docdb.ClusterInstance database-2": /::database$/,
};
