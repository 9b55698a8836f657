// Takes out of an operation what its caller may not read, before anything is planned or fetched.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  visit,
} from "graphql";
import { type AccessRules, type Grants } from "./access-rules.ts";
import { maxRefusals, type Refusal, refusalsUnder } from "./refusal.ts";

export interface FilteredDocument {
  /** What is left, with only the fragments and variables it uses; undefined when nothing is. */
  document: DocumentNode | undefined;
  /** Under this name each object of an abstract type tells its type; clients never see it. */
  typenameKey: string;
  /** Where something was taken out, at most `maxRefusals`. */
  refusals: readonly Refusal[];
}

export interface FilterInput {
  schema: GraphQLSchema;
  rules: AccessRules;
  grants: Grants;
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

interface Part<T> {
  left: T;
  refusals: readonly Refusal[];
}

const nothing = { left: undefined, refusals: [] };

function itemsOf(type: GraphQLOutputType): string[] {
  if (isNonNullType(type)) return itemsOf(type.ofType);
  return isListType(type) ? ["@", ...itemsOf(type.ofType)] : [];
}

/** A response name that the document does not use. */
function freeName(document: DocumentNode): string {
  const taken = new Set<string>();
  visit(document, { Field: ({ alias, name }) => void taken.add(alias?.value ?? name.value) });
  let name = "typenameForAuthorization";
  while (taken.has(name)) name += "_";
  return name;
}

const selectionSetOf = (selections: SelectionNode[]) => ({ kind: Kind.SELECTION_SET as const, selections });

const asksForData = (selection: SelectionNode) =>
  selection.kind === Kind.FIELD && selection.name.value !== "__typename";

/** The operation with only the variables that are left. */
function withUsedVariables(operation: OperationDefinitionNode, fragments: FragmentDefinitionNode[]): DocumentNode {
  const used = new Set<string>();
  const { variableDefinitions, ...rest } = operation;
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [rest, ...fragments] };
  visit(document, { Variable: ({ name }) => void used.add(name.value) });
  const left = variableDefinitions?.filter(({ variable }) => used.has(variable.name.value));
  return { ...document, definitions: [{ ...rest, ...(left && { variableDefinitions: left }) }, ...fragments] };
}

/**
 * The operation without what these grants do not open. Works on valid documents only: they have no fragment cycles and
 * no unknown names.
 *
 * @returns undefined when the caller may read all of it
 */
export function filterDocument(input: FilterInput): FilteredDocument | undefined {
  const { schema, rules, grants, document, operation } = input;
  const typenameKey = freeName(document);
  const typename: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: typenameKey },
    name: { kind: Kind.NAME, value: "__typename" },
  };
  const definitions = new Map(
    document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])),
  );
  const fragments = new Map<string, Part<FragmentDefinitionNode | undefined>>();
  let hidden = false;

  const typeNamed = (name: string): GraphQLCompositeType => {
    const type = schema.getType(name);
    // Would be a fault of ours after validation; passing over it would be an open door.
    if (!isCompositeType(type)) throw new Error(`The schema has no type ${name} with fields.`);
    return type;
  };

  const mayRead = (node: FieldNode, parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): boolean => {
    if (!rules.mayRead(grants, parent, field)) return false;
    const given = getNamedType(field.type);
    // Fields of an interface itself may come from any of its types.
    return (
      !isInterfaceType(given) ||
      rules.mayReadAny(grants, given) ||
      !(node.selectionSet?.selections ?? []).some(asksForData)
    );
  };

  const filterField = (node: FieldNode, parent: GraphQLCompositeType): Part<FieldNode | undefined> => {
    const name = node.name.value;
    // Introspection shows the schema, not data.
    if (name.startsWith("__")) return { left: node, refusals: [] };
    const field = "getFields" in parent ? parent.getFields()[name] : undefined;
    if (!field) throw new Error(`The schema has no field ${parent.name}.${name}.`);
    const key = node.alias?.value ?? name;
    if (!mayRead(node, parent, field)) {
      hidden = true;
      return { left: undefined, refusals: refusalsUnder(node, [{ path: [key], conditions: [] }]) };
    }
    const given = getNamedType(field.type);
    if (!isCompositeType(given)) return { left: node, refusals: [] };
    const inside = filterSelections(node.selectionSet?.selections ?? [], given);
    // That there is an object may be told even if nothing of it may; and the answer's shape depends on its type.
    const left = isAbstractType(given) || inside.left.length === 0 ? [typename, ...inside.left] : inside.left;
    return {
      left: { ...node, selectionSet: selectionSetOf(left) },
      refusals: refusalsUnder(node, inside.refusals, [key, ...itemsOf(field.type)]),
    };
  };

  // Filtered by its own type condition, not by where it is spread: once, however often it is used.
  const filterFragment = (name: string): Part<FragmentDefinitionNode | undefined> => {
    const known = fragments.get(name);
    const definition = definitions.get(name);
    if (known || !definition) return known ?? nothing;
    const inside = filterSelections(definition.selectionSet.selections, typeNamed(definition.typeCondition.name.value));
    const left = inside.left.length > 0 ? { ...definition, selectionSet: selectionSetOf(inside.left) } : undefined;
    const part = { left, refusals: inside.refusals };
    fragments.set(name, part);
    return part;
  };

  const filterSelection = (node: SelectionNode, parent: GraphQLCompositeType): Part<SelectionNode | undefined> => {
    if (node.kind === Kind.FIELD) return filterField(node, parent);
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const { left, refusals } = filterFragment(node.name.value);
      return { left: left && node, refusals: refusalsUnder(node, refusals) };
    }
    const type = node.typeCondition ? typeNamed(node.typeCondition.name.value) : parent;
    const inside = filterSelections(node.selectionSet.selections, type);
    const left = inside.left.length > 0 ? { ...node, selectionSet: selectionSetOf(inside.left) } : undefined;
    return { left, refusals: refusalsUnder(node, inside.refusals) };
  };

  function filterSelections(nodes: readonly SelectionNode[], parent: GraphQLCompositeType): Part<SelectionNode[]> {
    const left: SelectionNode[] = [];
    const refusals: Refusal[] = [];
    for (const node of nodes) {
      const part = filterSelection(node, parent);
      if (part.left) left.push(part.left);
      refusals.push(...part.refusals.slice(0, maxRefusals - refusals.length));
    }
    return { left, refusals };
  }

  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no root type for a ${operation.operation}.`);
  const { left, refusals } = filterSelections(operation.selectionSet.selections, root);
  if (!hidden) return undefined;
  const leftFragments = [...fragments.values()].flatMap((part) => part.left ?? []);
  const filtered = withUsedVariables({ ...operation, selectionSet: selectionSetOf(left) }, leftFragments);
  return { document: left.length > 0 ? filtered : undefined, typenameKey, refusals };
}
