// An answer as an operation gets it, made up from the schema: nobody's data, and there without asking any subgraph.
import {
  type DocumentNode,
  executeSync,
  type ExecutionResult,
  getNamedType,
  getNullableType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isLeafType,
  isListType,
} from "graphql";
import { exampleLeaf } from "./example-values.ts";

/** Deep enough for every list in it to have one element. */
const exampleOf: GraphQLFieldResolver<unknown, unknown> = (
  _source,
  _arguments,
  _context,
  { returnType, fieldName },
) => {
  const type = getNullableType(returnType);
  const one = isLeafType(getNamedType(type)) ? exampleLeaf(type, fieldName) : {};
  return isListType(type) ? [one] : one;
};

/** The first type that the operation says something about, or of all. */
const firstType: GraphQLTypeResolver<unknown, unknown> = (_value, _context, { schema, fieldNodes }, abstract) => {
  const possible = schema.getPossibleTypes(abstract).map(({ name }) => name);
  const asked = fieldNodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  const named = asked.flatMap((selection) =>
    selection.kind === "InlineFragment" && selection.typeCondition ? [selection.typeCondition.name.value] : [],
  );
  return named.find((name) => possible.includes(name)) ?? possible[0];
};

/** @param variables that the operation takes, see exampleVariables. @returns data, with errors where the document does not fit the schema */
export const exampleAnswer = (
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Record<string, unknown>,
): Pick<ExecutionResult, "data" | "errors"> =>
  executeSync({
    ...{ schema, document, variableValues, rootValue: {} },
    ...{ fieldResolver: exampleOf, typeResolver: firstType },
  });
