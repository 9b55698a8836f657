// The types whose things an operation reads or writes: every object type with an id that its selections pass.
import {
  type DocumentNode,
  getNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isObjectType,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

const memory = new WeakMap<DocumentNode, Map<string, readonly string[]>>();

/**
 * @param operationName of the operation that runs; empty for one without a name
 * @returns names in alphabetical order; computed once for each document and operation
 */
export function entityTypesOf(schema: GraphQLSchema, document: DocumentNode, operationName: string): readonly string[] {
  const known = memory.get(document) ?? new Map<string, readonly string[]>();
  memory.set(document, known);
  const types = known.get(operationName) ?? compute(schema, document, operationName);
  known.set(operationName, types);
  return types;
}

/** More than this many are no list to read; the database refuses more. */
const mostTypes = 100;

function compute(schema: GraphQLSchema, document: DocumentNode, operationName: string): readonly string[] {
  const own = separateOperations(document)[operationName];
  if (!own) return [];
  const names = new Set<string>();
  const info = new TypeInfo(schema);
  const add = (type: GraphQLOutputType | null | undefined) => {
    const named = type ? getNamedType(type) : undefined;
    if (isObjectType(named) && named.getFields().id) names.add(named.name);
  };
  const enter = () => {
    add(info.getType());
  };
  visit(own, visitWithTypeInfo(info, { Field: enter, InlineFragment: enter, FragmentDefinition: enter }));
  return [...names].sort().slice(0, mostTypes);
}
