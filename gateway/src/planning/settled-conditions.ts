// @skip and @include are settled before an operation is planned, by the values of this request. The planner handles them
// wrongly (query-planner 2.14.4): it puts fields with and without a condition into one fetch, which is left out when
// the condition takes away what only some of them require; under a condition with a variable it forgets literal ones; and
// of an object whose fields are all left out it does not learn whether it is there. So each combination has a plan of its
// own, which also asks subgraphs for less.
import { type DocumentNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode, visit } from "graphql";
import { conditionOf, type ConditionValues, verdictOf } from "../selection-condition.ts";

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** @returns the variables that conditions of a document have, sorted; undefined where there are no conditions */
export function conditionVariables(document: DocumentNode): readonly string[] | undefined {
  const names = new Set<string>();
  let hasConditions = false;
  visit(document, {
    Directive(directive) {
      const condition = conditionOf(directive);
      if (!condition) return;
      hasConditions = true;
      if (condition.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  return hasConditions ? [...names].sort() : undefined;
}

/** The planner knows no empty selections. */
const notEmpty = (set: SelectionSetNode): SelectionSetNode | undefined =>
  set.selections.length === 0 ? { ...set, selections: [typename] } : undefined;

/**
 * The same operation without selections that are not included, and without conditions on the others. Where nothing is
 * left, `__typename` is asked for; answers do not show it, because they are made by the operation as it came.
 *
 * @param values conditions with other variables stay
 */
export function withSettledConditions(document: DocumentNode, values: ConditionValues): DocumentNode {
  const change = (selection: SelectionNode): SelectionNode | null | undefined => {
    const { directives = [] } = selection;
    const verdicts = directives.map((directive) => verdictOf(directive, values));
    if (verdicts.includes(false)) return null;
    if (!verdicts.includes(true)) return undefined;
    return { ...selection, directives: directives.filter((_one, at) => verdicts[at] === undefined) };
  };
  return visit(document, {
    Field: change,
    InlineFragment: change,
    FragmentSpread: change,
    SelectionSet: { leave: notEmpty },
  });
}
