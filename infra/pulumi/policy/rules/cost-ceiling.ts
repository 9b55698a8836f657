import { type StackValidationPolicy } from "@pulumi/policy";
import { budgets, budgetShares, costTable, monthlyCost } from "../../lib/cost.ts";
import { type Planned } from "../../lib/cost-rules.ts";
import { floorSet, stackOf } from "../floors.ts";
import { known } from "../unknown.ts";

const floors = floorSet({
  dollars: { about: "Dollars a month at most, for all programs of a stack together (AWS-8)", ...budgets },
});

/**
 * A slip in a size shows before it is made, not on the bill. The budget is the environment's: each program has its share of
 * it, so that all of them together stay below; a program without a share has the whole to itself.
 */
export const costCeiling: StackValidationPolicy = {
  name: "cost-ceiling",
  description: "The estimated cost of a program stays below its share of the budget of its environment.",
  enforcementLevel: "mandatory",
  severity: "medium",
  configSchema: floors.schema,
  validateStack({ resources, getConfig }, report) {
    const urn = resources[0]?.urn ?? "";
    const whole = floors.of("dollars", urn, getConfig());
    const ceiling = Math.round(whole * shareOf(urn));
    const planned = resources.map(({ type, name, props }): Planned => ({ type, name, inputs: readable(props) }));
    const estimate = monthlyCost(stackOf(urn), planned);
    if (estimate.total <= ceiling) return;
    const dearest = costTable({ ...estimate, lines: estimate.lines.slice(0, 5) });
    report(`${estimate.total} dollars a month, not ${ceiling}. The dearest:\n${dearest}`);
  },
};

/** The part of the budget that the program of an URN may take: urn:pulumi:<stack>::tradegraph-<program>::… */
function shareOf(urn: string): number {
  const stack = stackOf(urn);
  const program = urn.split("::")[1]?.replace(/^tradegraph-/, "") ?? "";
  return (budgetShares[stack][program] ?? budgets[stack]) / budgets[stack];
}

/** Values that are known by now, all the way down. */
function readable(props: Record<string, unknown>): Record<string, unknown> {
  const copy = (from: object): unknown =>
    Array.isArray(from)
      ? // By their places: whoever goes through a list reads its members, and one that is not known yet ends the rule.
        Array.from({ length: from.length }, (_, index) =>
          value(from as unknown as Record<string, unknown>, String(index)),
        )
      : Object.fromEntries(Object.keys(from).map((key) => [key, value(from as Record<string, unknown>, key)]));
  const value = (from: Record<string, unknown>, key: string): unknown => {
    const found = known(() => from[key]);
    return typeof found === "object" && found ? copy(found) : found;
  };
  return copy(props) as Record<string, unknown>;
}
