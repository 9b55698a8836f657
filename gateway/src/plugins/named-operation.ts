import { type ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import { type GraphContext } from "../request-scope.ts";

/** Names go to the log and may be as long as a body. */
const maxNameLength = 64;

/**
 * Tells log and metrics which operation of the document runs. Without this check a document with several operations and
 * no `operationName` would reach @apollo/gateway, which answers 500.
 */
export function namedOperation(): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ operation, contextValue, request }) {
          if (!operation) {
            const message =
              typeof request.operationName === "string"
                ? `The document has no operation called "${request.operationName}".`
                : "The document has several operations: say with `operationName` which one to run.";
            throw new GraphQLError(message, {
              extensions: { code: "OPERATION_RESOLUTION_FAILURE", http: { status: 400 } },
            });
          }
          contextValue.scope.operationName = operation.name?.value.slice(0, maxNameLength);
          contextValue.scope.operationType = operation.operation;
          return Promise.resolve();
        },
      }),
  };
}
