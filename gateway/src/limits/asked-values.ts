// Values that an operation gives to arguments: from its text, from variables, from defaults.
import {
  type ArgumentNode,
  type FieldNode,
  getNullableType,
  GraphQLInt,
  type GraphQLInputType,
  Kind,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from "graphql";
import { largest, plus, times } from "@tradegraph/kit/saturating";
import { isJsonObject, type JsonObject } from "../json-object.ts";
import { verdictOf } from "../selection-condition.ts";
import { type CostModel, type FieldCost, type InputCost } from "./cost-model.ts";

export type Values = JsonObject;

/** What variables stand for: values given, or their defaults. */
export function variableValues(operation: OperationDefinitionNode, given: Values): Values {
  const values: Values = Object.create(null) as Values;
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    if (Object.hasOwn(given, name) && given[name] !== undefined) values[name] = given[name];
    else if (defaultValue) values[name] = valueFromASTUntyped(defaultValue);
  }
  return values;
}

/** Whether @skip or @include leave it out; what cannot be told is not left out. */
export const isLeftOut = ({ directives }: Pick<FieldNode, "directives">, values: Values): boolean =>
  (directives ?? []).some((directive) => verdictOf(directive, values) === false);

const isInt = (value: unknown) => typeof value === "number" && (value | 0) === value;

/** What a slicing argument says. */
interface GivenSize {
  value: unknown;
  type: GraphQLInputType | undefined;
}

/**
 * What is no value of the type Int, such as 1.5 or 2³¹, never leaves the gateway: coercion refuses the operation, and says
 * why. A size that is none, such as −1, may mean anything to a subgraph, so it counts as the largest.
 */
function sizeOf({ value, type }: GivenSize): number {
  if (type && getNullableType(type) === GraphQLInt && !isInt(value)) return 0;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : largest;
}

/** Of one operation with its variables. */
export interface AskedValues {
  values: Values;
  /** Elements that the field returns at most, itself or in its sized fields. */
  listSize: (node: FieldNode, field: FieldCost) => number;
  /** What the arguments of the field cost. */
  argumentsCost: (node: FieldNode, field: FieldCost) => number;
}

export function createAskedValues(model: CostModel, values: Values): AskedValues {
  /** A variable may be long and used often. */
  const ofVariables = new Map<string, number>();

  const slicingValue = (
    node: FieldNode,
    field: FieldCost,
    [name = "", ...rest]: readonly string[],
  ): GivenSize | undefined => {
    const given = node.arguments?.find((one) => one.name.value === name)?.value;
    const definition = field.arguments.get(name);
    let value = given && valueFromASTUntyped(given, values);
    value ??= definition?.defaultValue;
    let type = definition?.type;
    for (const step of rest) {
      if (!isJsonObject(value)) return undefined;
      const inner: InputCost | undefined = type && model.inputFieldsOf(type)?.get(step);
      value = (Object.hasOwn(value, step) ? value[step] : undefined) ?? inner?.defaultValue;
      type = inner?.type;
    }
    return value === undefined || value === null ? undefined : { value, type };
  };
  const listSize = (node: FieldNode, field: FieldCost): number => {
    const { slicingArguments = [], assumedSize } = field.listSize ?? {};
    const given = slicingArguments.map((path) => slicingValue(node, field, path));
    const sizes = given.filter((size) => size !== undefined).map(sizeOf);
    return sizes.length > 0 ? Math.max(...sizes) : (assumedSize ?? model.listSize);
  };

  const valueCost = (value: unknown, input: InputCost): number => {
    if (value === null || value === undefined) return 0;
    if (Array.isArray(value)) {
      return (value as unknown[]).reduce<number>((sum, one) => plus(sum, valueCost(one, input)), input.weight ?? 0);
    }
    const inner = isJsonObject(value) ? model.inputFieldsOf(input.type) : undefined;
    if (!inner) return input.weight ?? 0;
    let cost = input.weight ?? 1;
    for (const [name, one] of Object.entries(value as Values)) {
      const definition = inner.get(name);
      if (definition) cost = plus(cost, valueCost(one, definition));
    }
    return cost;
  };
  const argumentCost = ({ value }: ArgumentNode, input: InputCost): number => {
    if (value.kind !== Kind.VARIABLE) return valueCost(valueFromASTUntyped(value, values), input);
    const key = `${value.name.value} ${input.coordinate}`;
    const known = ofVariables.get(key) ?? valueCost(values[value.name.value], input);
    ofVariables.set(key, known);
    return known;
  };
  const argumentsCost = (node: FieldNode, field: FieldCost): number =>
    (node.arguments ?? []).reduce((sum, one) => {
      const definition = field.arguments.get(one.name.value);
      return definition ? plus(sum, argumentCost(one, definition)) : sum;
    }, 0);

  return { values, listSize, argumentsCost };
}

/** Elements of lists in lists: each has as many. */
export const elementCount = (lists: number, size: number): number => {
  let count = 1;
  for (let one = 0; one < lists; one += 1) count = times(count, size);
  return count;
};
