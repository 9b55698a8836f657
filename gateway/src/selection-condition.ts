// What @skip and @include say about a selection.
import { type DirectiveNode, Kind, type ValueNode } from "graphql";

/** Of variables that stand in conditions. */
export type ConditionValues = Readonly<Record<string, unknown>>;

/** @returns the value of `if`; undefined for another directive */
export function conditionOf({ name, arguments: given }: DirectiveNode): ValueNode | undefined {
  if (name.value !== "skip" && name.value !== "include") return undefined;
  return given?.find((one) => one.name.value === "if")?.value;
}

/** Whether a directive lets its selection stay; undefined where it is no condition, or its value is not known. */
export function verdictOf(directive: DirectiveNode, values: ConditionValues): boolean | undefined {
  const condition = conditionOf(directive);
  const value =
    condition?.kind === Kind.BOOLEAN
      ? condition.value
      : condition?.kind === Kind.VARIABLE && Object.hasOwn(values, condition.name.value)
        ? values[condition.name.value]
        : undefined;
  return typeof value === "boolean" ? value === (directive.name.value === "include") : undefined;
}
