import { GraphQLError, type ValidationRule } from "graphql";

/**
 * Validation rule: the schema has a root type for each operation of the document. graphql-js leaves this to execution,
 * where @apollo/gateway answers 500.
 */
export const knownRootTypes: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    const kinds = node.operation === "query" ? "queries" : `${node.operation}s`;
    context.reportError(new GraphQLError(`The schema has no ${kinds}.`, { nodes: node }));
  },
});
