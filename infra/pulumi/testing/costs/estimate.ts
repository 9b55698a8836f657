// What an environment costs by the settings of its stack file, or by others: programs run in this process, in their order.
import { type CostLine } from "../../lib/cost-rules.ts";
import { monthlyCost } from "../../lib/cost.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { type Program, programs } from "../../programs/order.ts";
import { type Config, settingsOfStack } from "../in-process/declared-settings.ts";
import { type OtherStacks, runProgram } from "../in-process/run-program.ts";

/** Settings other than those of the stack file, by program. */
export type Changes = Partial<Record<Program, Config>>;

export interface EnvironmentCost {
  lines: (CostLine & { program: Program })[];
  /** Dollars a month. */
  total: number;
  /** Outputs of its stacks. */
  outputs: OtherStacks;
}

/** One program beside the others as they are. @throws what the program throws, for settings that it refuses */
async function estimateProgram(program: Program, stack: StackName, changes: Config, others: OtherStacks) {
  const config = { ...settingsOfStack(program, stack), ...changes };
  const { resources, outputs } = await runProgram(program, stack, config, others);
  return { lines: monthlyCost(stack, resources).lines.map((line) => ({ ...line, program })), outputs };
}

const totalOf = (lines: CostLine[]) => lines.reduce((sum, { usd }) => sum + usd, 0);

/** All programs. @throws what a program throws, for settings that it refuses */
export async function estimate(stack: StackName, changes: Changes = {}): Promise<EnvironmentCost> {
  const outputs: OtherStacks = {};
  const lines: EnvironmentCost["lines"] = [];
  for (const program of programs) {
    const own = await estimateProgram(program, stack, changes[program] ?? {}, outputs);
    outputs[`organization/tradegraph-${program}/${stack}`] = own.outputs;
    lines.push(...own.lines);
  }
  return { lines, total: totalOf(lines), outputs };
}

/** Dollars a month that other settings make more or less, the other programs being as they are. */
export async function difference(stack: StackName, cost: EnvironmentCost, changes: Changes): Promise<number> {
  let usd = 0;
  for (const [program, config] of Object.entries(changes) as [Program, Config][]) {
    const { lines } = await estimateProgram(program, stack, config, cost.outputs);
    usd += totalOf(lines) - totalOf(cost.lines.filter((line) => line.program === program));
  }
  return usd;
}
