// @skip and @include are settled before an operation is planned, by the values of this request. The planner handles them
// wrongly (query-planner 2.14.4): it puts fields with and without a condition into one fetch, which is left out when
// the condition takes away what only some of them require; under a condition with a variable it forgets literal ones; and
// of an object whose fields are all left out it does not learn whether it is there. So each combination has a plan of its
// own, which also asks subgraphs for less.
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";

/** Of variables that stand in conditions. */
export type ConditionValues = Readonly<Record<string, unknown>>;

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

function conditionOf({ name, arguments: given }: DirectiveNode) {
  if (name.value !== "skip" && name.value !== "include") return undefined;
  return given?.find((one) => one.name.value === "if")?.value;
}

/** Whether a directive lets its selection stay; undefined where it is no condition, or its value is not known. */
function verdictOf(directive: DirectiveNode, values: ConditionValues): boolean | undefined {
  const condition = conditionOf(directive);
  const value =
    condition?.kind === Kind.BOOLEAN
      ? condition.value
      : condition?.kind === Kind.VARIABLE && Object.hasOwn(values, condition.name.value)
        ? values[condition.name.value]
        : undefined;
  return typeof value === "boolean" ? value === (directive.name.value === "include") : undefined;
}

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
