// Literal conditions are settled before an operation is planned: under a condition with a variable the planner
// (query-planner 2.14.4, conditions.js) forgets them and asks for fields that nobody wants; and of an object whose fields
// are all left out it does not learn whether it is there.
import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** Of `@skip(if: true)` and the like; undefined where the condition is a variable, or there is none. */
function literalOf({ name, arguments: given }: DirectiveNode | ConstDirectiveNode): boolean | undefined {
  if (name.value !== "skip" && name.value !== "include") return undefined;
  const value = given?.find((one) => one.name.value === "if")?.value;
  return value?.kind === Kind.BOOLEAN ? value.value === (name.value === "include") : undefined;
}

function settled<T extends SelectionNode>(selection: T): T | null {
  const { directives = [] } = selection;
  const literals = directives.map(literalOf);
  if (literals.includes(false)) return null;
  if (!literals.includes(true)) return selection;
  return { ...selection, directives: directives.filter((_one, at) => literals[at] === undefined) };
}

/** The planner knows no empty selections. */
const notEmpty = (set: SelectionSetNode): SelectionSetNode | undefined =>
  set.selections.length === 0 ? { ...set, selections: [typename] } : undefined;

/**
 * The same operation without selections that are never included. Where nothing is left, `__typename` is asked for, which
 * the answer leaves out, because it is made from the operation as it came.
 */
export function withoutLiteralConditions(document: DocumentNode): DocumentNode {
  const change = (selection: SelectionNode) => {
    const kept = settled(selection);
    return kept === selection ? undefined : kept;
  };
  return visit(document, {
    Field: change,
    InlineFragment: change,
    FragmentSpread: change,
    SelectionSet: { leave: notEmpty },
  });
}
