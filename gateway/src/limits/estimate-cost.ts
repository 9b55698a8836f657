// What an operation may cost at most, before it runs, as IBM's specification of GraphQL cost and Apollo's demand control
// count: https://ibm.github.io/graphql-specs/cost-spec.html
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { plus, times } from "@tradegraph/kit/saturating";
import { type AskedValues, elementCount, isLeftOut } from "./asked-values.ts";
import { type CostModel, type FieldCost } from "./cost-model.ts";

/** Lists that the field around has told the size of: how many elements, and where they are. */
interface SizedLists {
  size: number;
  paths: readonly (readonly string[])[];
  /** The same for the same. */
  key: string;
}

const sizedLists = (size: number, paths: SizedLists["paths"]): SizedLists | undefined =>
  paths.length === 0 ? undefined : { size, paths, key: `${size} ${paths.map((path) => path.join(".")).join()}` };

export interface Asked {
  model: CostModel;
  asked: AskedValues;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/**
 * Cost of selections in an object. Each selection set is counted once per type that it can be applied to, so fragments
 * that double in each step cost nothing to count; cycles, which validation refuses, count as nothing.
 */
export function estimateSelections(
  { model, asked, fragments }: Asked,
  selections: SelectionSetNode,
  type: GraphQLObjectType,
): number {
  const known = new Map<SelectionSetNode, Map<string, number>>();

  const fieldCost = (node: FieldNode, field: FieldCost, sized: SizedLists | undefined): number => {
    const name = node.name.value;
    const inner = (sized?.paths ?? []).filter(([first]) => first === name);
    const own = field.listSize;
    const size = own || field.lists > 0 ? asked.listSize(node, field) : 0;
    const isSized = sized && inner.some((path) => path.length === 1);
    const count = elementCount(field.lists, isSized ? sized.size : own?.sizedFields ? model.listSize : size);
    const handedOn = own?.sizedFields
      ? sizedLists(size, own.sizedFields)
      : sized &&
        sizedLists(
          sized.size,
          inner.map((path) => path.slice(1)).filter(({ length }) => length > 0),
        );
    let element = field.weightOf();
    for (const possible of field.possibleTypes) {
      const inside = node.selectionSet ? selectionsCost(node.selectionSet, possible, handedOn) : 0;
      element = Math.max(element, plus(field.weightOf(possible), inside));
    }
    return plus(times(count, element), asked.argumentsCost(node, field));
  };

  const countSelections = (set: SelectionSetNode, on: GraphQLObjectType, sized: SizedLists | undefined): number => {
    let cost = 0;
    for (const selection of set.selections) {
      if (isLeftOut(selection, asked.values)) continue;
      if (selection.kind === Kind.FIELD) {
        const field = model.fieldOf(on, selection.name.value);
        if (field) cost = plus(cost, fieldCost(selection, field, sized));
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment || !model.applies(fragment.typeCondition?.name.value, on)) continue;
      cost = plus(cost, selectionsCost(fragment.selectionSet, on, sized));
    }
    return cost;
  };

  function selectionsCost(set: SelectionSetNode, on: GraphQLObjectType, sized: SizedLists | undefined): number {
    const key = `${on.name} ${sized?.key ?? ""}`;
    let costs = known.get(set);
    if (!costs) known.set(set, (costs = new Map()));
    const counted = costs.get(key);
    if (counted !== undefined) return counted;
    // Whoever comes here again on the way is a cycle.
    costs.set(key, 0);
    const cost = countSelections(set, on, sized);
    costs.set(key, cost);
    return cost;
  }

  return selectionsCost(selections, type, undefined);
}
