// Dollars a month of a plan, from what is planned: kinds and inputs, no call to AWS.
import { type CostLine, type Planned, priceOf } from "./cost-rules.ts";
import { type StackName } from "./stack-name.ts";

/** Warnings at 80 and 100 % go out by these, and no plan may go above: dollars a month of a whole environment. */
export const budgets: Record<StackName, number> = { dev: 150, staging: 300, prod: 2000 };

/**
 * What of it each program may take: a policy sees one program at a time, so these shares are what keeps their sum in. A test
 * holds them to the budget.
 */
export const budgetShares: Record<StackName, Record<string, number>> = {
  dev: { bootstrap: 3, foundation: 97, application: 50, recovery: 0 },
  staging: { bootstrap: 3, foundation: 160, application: 137, recovery: 0 },
  prod: { bootstrap: 5, foundation: 1170, application: 425, recovery: 400 },
};

export interface Estimate {
  /** What costs something, the dearest first. */
  lines: CostLine[];
  /** Dollars a month. */
  total: number;
}

/**
 * The estimate of the resources of one or more programs of an environment.
 * @param resources unknown inputs are left out or undefined: sizes come from what is known
 */
export function monthlyCost(stack: StackName, resources: Planned[]): Estimate {
  const lines = resources
    .map((resource) => priceOf(stack, resource, resources))
    .filter((line) => line !== undefined && line.usd > 0) as CostLine[];
  lines.sort((one, other) => other.usd - one.usd);
  return { lines, total: Math.round(lines.reduce((sum, { usd }) => sum + usd, 0) * 100) / 100 };
}

/** What is wrong with the programs of an environment together, or undefined where its budget pays for them. */
export function overBudget(stack: StackName, resources: Planned[]): string | undefined {
  const { total } = monthlyCost(stack, resources);
  if (total <= budgets[stack]) return undefined;
  return `${total} dollars a month for all programs of ${stack}, but its budget is ${budgets[stack]} (lib/cost.ts)`;
}

/** The lines as text, for `infra:plan`. */
export const costTable = ({ lines, total }: Estimate): string =>
  [
    ...lines.map(({ usd, kind, name, why }) => `${usd.toFixed(2).padStart(9)}  ${kind} ${name}  ${why}`),
    `${total.toFixed(2).padStart(9)}  dollars a month`,
  ].join("\n");
