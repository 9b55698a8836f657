// What an operation has cost, from the shape of its answer: the same weights, with lists as long as they are.
import { plus } from "@tradegraph/kit/saturating";
import { type FieldNode, type GraphQLObjectType, Kind, type SelectionSetNode } from "graphql";
import { isLeftOut } from "./asked-values.ts";
import { type FieldCost } from "./cost-model.ts";
import { type Asked } from "./estimate-cost.ts";

type Data = Record<string, unknown>;

/** A field of the answer, which several selections may ask for. */
interface AnsweredField {
  field: FieldCost;
  argumentsCost: number;
  selections: SelectionSetNode[];
}

/** @param data as clients get it, with names of selections; fields that were left out cost nothing */
export function actualSelections(
  { model, asked, fragments }: Asked,
  selections: SelectionSetNode,
  type: GraphQLObjectType,
  data: Data,
): number {
  const collected = new Map<readonly SelectionSetNode[], Map<string, ReadonlyMap<string, AnsweredField>>>();

  const collect = (sets: readonly SelectionSetNode[], on: GraphQLObjectType): ReadonlyMap<string, AnsweredField> => {
    const fields = new Map<string, AnsweredField>();
    const seen = new Set<string>();
    const addField = (node: FieldNode) => {
      const field = model.fieldOf(on, node.name.value);
      const name = node.alias?.value ?? node.name.value;
      if (!field) return;
      const known = fields.get(name) ?? { field, argumentsCost: asked.argumentsCost(node, field), selections: [] };
      if (node.selectionSet) known.selections.push(node.selectionSet);
      fields.set(name, known);
    };
    const add = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (isLeftOut(selection, asked.values)) continue;
        if (selection.kind === Kind.FIELD) addField(selection);
        else if (selection.kind === Kind.INLINE_FRAGMENT) {
          if (model.applies(selection.typeCondition?.name.value, on)) add(selection.selectionSet);
        } else if (!seen.has(selection.name.value)) {
          seen.add(selection.name.value);
          const fragment = fragments.get(selection.name.value);
          if (fragment && model.applies(fragment.typeCondition.name.value, on)) add(fragment.selectionSet);
        }
      }
    };
    for (const set of sets) add(set);
    return fields;
  };
  const fieldsOf = (sets: readonly SelectionSetNode[], on: GraphQLObjectType) => {
    let byType = collected.get(sets);
    if (!byType) collected.set(sets, (byType = new Map()));
    const fields = byType.get(on.name) ?? collect(sets, on);
    byType.set(on.name, fields);
    return fields;
  };

  /** Which type an object is of: as it says, or the most expensive one whose fields it has. */
  const typeOf = ({ field, selections: sets }: AnsweredField, value: Data): GraphQLObjectType | undefined => {
    const { possibleTypes } = field;
    if (possibleTypes.length < 2) return possibleTypes[0];
    const named = possibleTypes.find(({ name }) => name === value.__typename);
    if (named) return named;
    const names = Object.keys(value).filter((name) => name !== "__typename");
    const fitting = possibleTypes.filter((one) => names.every((name) => fieldsOf(sets, one).has(name)));
    return (fitting.length > 0 ? fitting : possibleTypes).reduce((most, one) =>
      field.weightOf(one) > field.weightOf(most) ? one : most,
    );
  };

  const valueCost = (value: unknown, answered: AnsweredField): number => {
    if (value === null || value === undefined) return 0;
    if (answered.field.lists > 0 && Array.isArray(value)) {
      return (value as unknown[]).reduce<number>((sum, one) => plus(sum, valueCost(one, answered)), 0);
    }
    const { possibleTypes, weightOf } = answered.field;
    if (possibleTypes.length === 0 || typeof value !== "object") return weightOf();
    const on = typeOf(answered, value as Data);
    return on ? plus(weightOf(on), objectCost(answered.selections, on, value as Data)) : 0;
  };

  function objectCost(sets: readonly SelectionSetNode[], on: GraphQLObjectType, value: Data): number {
    let cost = 0;
    for (const [name, answered] of fieldsOf(sets, on)) {
      if (!Object.hasOwn(value, name)) continue;
      cost = plus(cost, plus(answered.argumentsCost, valueCost(value[name], answered)));
    }
    return cost;
  }

  return objectCost([selections], type, data);
}
