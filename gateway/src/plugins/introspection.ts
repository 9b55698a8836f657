// Questions about the schema, for those who may ask them. Apollo's own switch is for everybody alike, and its message names
// the program and how to open it.
import { type ApolloServerPlugin } from "@apollo/server";
import { BREAK, type DocumentNode, GraphQLError, visit } from "graphql";
import { clientClassOf } from "@tradegraph/kit/client-class";
import { type GraphContext } from "../request-scope.ts";

/** Who may ask: everybody, nobody, or those of client-class.ts who develop. */
export type Introspection = boolean | "developers";

/** Kept for as long as Apollo keeps the document: it is the same object for each request. */
const known = new WeakMap<DocumentNode, boolean>();

/** `__typename` tells nothing that an answer does not. Operations that do not run count too: they are looked at once. */
function asksAboutSchema(document: DocumentNode): boolean {
  const before = known.get(document);
  if (before !== undefined) return before;
  let found = false;
  visit(document, {
    Field({ name }) {
      if (name.value !== "__schema" && name.value !== "__type") return undefined;
      found = true;
      return BREAK;
    },
  });
  known.set(document, found);
  return found;
}

/**
 * Refuses introspection before anything is executed. What developers are told is kept by no cache, so that it is shown to
 * nobody else, beside data neither.
 */
export function introspectionFor(allowed: Introspection): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ document, overallCachePolicy, contextValue: { scope } }) {
          if (!asksAboutSchema(document)) return Promise.resolve();
          const mayAsk = allowed === "developers" ? clientClassOf(scope) === "developer" : allowed;
          if (!mayAsk) {
            throw new GraphQLError(
              allowed === "developers"
                ? "Only developers may ask about the schema: leave out `__schema` and `__type`, or sign in as one."
                : "Questions about the schema are not answered: leave out `__schema` and `__type`.",
              {
                extensions: {
                  code: "GRAPHQL_VALIDATION_FAILED",
                  validationErrorCode: "INTROSPECTION_DISABLED",
                  http: { status: 400 },
                },
              },
            );
          }
          overallCachePolicy.restrict({ maxAge: 0 });
          if (scope.cacheUse) scope.cacheUse.isUncacheable = true;
          return Promise.resolve();
        },
      }),
  };
}
