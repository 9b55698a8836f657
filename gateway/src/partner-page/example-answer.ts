// An answer as an operation gets it, made up from the schema: nobody's data, and there without asking any subgraph.
import {
  type DocumentNode,
  executeSync,
  type ExecutionResult,
  getNamedType,
  getNullableType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isLeafType,
  isListType,
  Kind,
  visit,
} from "graphql";
import { exampleLeaf } from "./example-values.ts";

type ExampleField = (args: unknown, context: unknown, info: GraphQLResolveInfo) => unknown;

/**
 * Stands for every object of the answer: it has all fields that are asked for. Not a field resolver, because Apollo
 * Server gives each field of a live schema one that would go first, as soon as it answers its first request.
 */
function everyObject(document: DocumentNode): object {
  const object: Record<string, ExampleField> = {};
  /** Deep enough for every list in it to have one element. */
  const exampleOf: ExampleField = (_args, _context, { returnType, fieldName }) => {
    const type = getNullableType(returnType);
    const one = isLeafType(getNamedType(type)) ? exampleLeaf(type, fieldName) : object;
    return isListType(type) ? [one] : one;
  };
  visit(document, {
    Field({ name }) {
      object[name.value] = exampleOf;
    },
  });
  return object;
}

/** The first type that the operation says something about, or of all. */
const firstType: GraphQLTypeResolver<unknown, unknown> = (_value, _context, info, abstract) => {
  const possible = info.schema.getPossibleTypes(abstract).map(({ name }) => name);
  const asked = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  const named = asked.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [];
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection;
    return fragment?.typeCondition ? [fragment.typeCondition.name.value] : [];
  });
  return named.find((name) => possible.includes(name)) ?? possible[0];
};

/** @param variables that the operation takes, see exampleVariables. @returns data, with errors where the document does not fit the schema */
export const exampleAnswer = (
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Record<string, unknown>,
): Pick<ExecutionResult, "data" | "errors"> =>
  executeSync({ schema, document, variableValues, rootValue: everyObject(document), typeResolver: firstType });
