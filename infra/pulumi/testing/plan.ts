// usage: pnpm infra:plan --stack prod
// What an environment would be, without an account: the tree of each program, what is other than in its golden file, what the
// policies say, and an estimate of its cost.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { stackOption } from "../bring-up/stack-option.ts";
import { budgets, costTable, monthlyCost, overBudget } from "../lib/cost.ts";
import { priceTable } from "../lib/price-table.ts";
import { type StackName } from "../lib/stack-name.ts";
import { goldenFile, programs } from "../programs/order.ts";
import { openEngine } from "./engine/open-engine.ts";
import { type Outcome, type Step } from "./engine/outcome.ts";
import { treeChanges } from "./engine/tree-changes.ts";
import { treeOf } from "./engine/tree.ts";

const say = (...lines: string[]): void => void process.stdout.write(`${lines.join("\n")}\n`);
const section = (title: string, lines: string[]): void =>
  say("", `${title}${lines.length === 0 ? ": none" : ":"}`, ...lines);

function report(program: string, golden: string, up: Outcome): void {
  const tree = treeOf(up);
  say("", `== ${program}: ${up.steps.length} resources`, tree.trimEnd());
  section("Other than in the golden file", treeChanges(golden, tree));
  section(
    "Policies",
    up.policies.map(({ level, policy, urn, message }) => `${level} ${policy} ${urn}: ${message}`),
  );
}

const command = new Command("infra:plan")
  .description("What an environment would be, without an account: resources, changes, policies, cost.")
  .addOption(stackOption())
  .parse();
const { stack } = command.opts<{ stack: StackName }>();

const engine = await openEngine().catch(({ message }: Error) => command.error(`error: ${message}`));
// ^C and the like end it after the run of the CLI that goes on, which hears ^C itself: nothing stays in the temporary folder.
let isStopped = false;
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void (isStopped = true));
const resources: Step[] = [];
try {
  for (const program of programs) {
    // Goes up, for the programs after it read its outputs; it is the stub that is changed, and nothing else.
    const run = await engine.stack(program, stack, { policyPacks: [join(import.meta.dirname, "../policy")] });
    const up = await run.up();
    if (isStopped) break;
    report(program, await readFile(goldenFile(program, stack), "utf8").catch(() => ""), up);
    resources.push(...up.steps);
    if (up.ok) continue;
    section(`${program} did not go up`, up.errors);
    process.exitCode = 1;
    break;
  }
} catch (error) {
  if (!isStopped) throw error;
} finally {
  await engine.close();
}
// What shells make of ^C.
if (isStopped) process.exit(130);
say("", "== Prices in dollars, as lib/prices.ts has them", priceTable(stack));
say("", "== Cost, as lib/prices.ts estimates it", costTable(monthlyCost(stack, resources)));
const tooDear = overBudget(stack, resources);
say(tooDear ?? `${budgets[stack].toFixed(2).padStart(9)}  dollars a month is the budget`);
if (tooDear) process.exitCode = 1;
