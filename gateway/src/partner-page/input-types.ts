// What stands behind the types of an operation's variables.
import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
  printType,
  typeFromAST,
} from "graphql";

/** Inputs may name each other without end, or most of the schema. */
const mostTypes = 40;

/** Inputs, enums and scalars in GraphQL's own words, those of variables before those inside of them; empty for none. */
export function inputTypesOf(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): string {
  const found = new Set<GraphQLNamedType>();
  const add = (type: unknown) => {
    const named = isInputType(type) ? getNamedType(type) : undefined;
    if (named && !isSpecifiedScalarType(named) && found.size < mostTypes) found.add(named);
  };
  for (const { type } of variableDefinitions) add(typeFromAST(schema, type as never));
  // A set goes on with what is added on the way.
  for (const type of found) {
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) add(field.type);
  }
  return [...found].map(printType).join("\n\n");
}
