// Where something was taken out of an operation, and whether a request asks for it at all.
import { type DirectiveNode, Kind } from "graphql";
import { conditionOf, verdictOf } from "../selection-condition.ts";

/** A variable that decides by `@skip` or `@include`, and the value with which the field is asked for. */
interface Condition {
  variable: string;
  expected: boolean;
}

export interface Refusal {
  /** Response names from the root; "@" stands for every item of a list. */
  path: readonly string[];
  conditions: readonly Condition[];
}

/** Fragments can repeat one field a million times, and lists have many items; more than this helps nobody. */
export const maxRefusals = 100;

/** What the directives make a selection depend on; undefined when it is never asked for. */
function conditionsOf(directives: readonly DirectiveNode[] | undefined): Condition[] | undefined {
  const conditions: Condition[] = [];
  for (const directive of directives ?? []) {
    const value = conditionOf(directive);
    if (value?.kind === Kind.VARIABLE) {
      conditions.push({ variable: value.name.value, expected: directive.name.value === "include" });
    } else if (verdictOf(directive, {}) === false) return undefined;
  }
  return conditions;
}

/** Refusals inside a selection, as seen from outside of it. */
export function refusalsUnder(
  { directives }: { directives?: readonly DirectiveNode[] | undefined },
  refusals: readonly Refusal[],
  path: readonly string[] = [],
): Refusal[] {
  const conditions = conditionsOf(directives);
  if (!conditions) return [];
  return refusals.map((refusal) => ({
    path: [...path, ...refusal.path],
    conditions: [...conditions, ...refusal.conditions],
  }));
}

/** Whether a request with these variables asks for what was refused. */
export const isAskedFor = ({ conditions }: Refusal, variables: Readonly<Record<string, unknown>>): boolean =>
  conditions.every(({ variable, expected }) => variables[variable] === expected);
