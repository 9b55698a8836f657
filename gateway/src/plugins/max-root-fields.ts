import { type ApolloServerPlugin } from "@apollo/server";
import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import { type GraphContext } from "../request-scope.ts";

/** A rate limit counts requests: with aliases one request could try a hundred passwords. */
const maxMutationFields = 10;

/** Response names at the top of an operation. Each fragment is read once, as equal names answer once. */
function rootNames(operation: OperationDefinitionNode, { definitions }: DocumentNode): Set<string> {
  const fragments = new Map(
    definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d.selectionSet] as const] : [])),
  );
  const names = new Set<string>();
  const collect = (selectionSet: SelectionSetNode | undefined) => {
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Kind.FIELD) names.add(selection.alias?.value ?? selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else {
        const spread = fragments.get(selection.name.value);
        fragments.delete(selection.name.value);
        collect(spread);
      }
    }
  };
  collect(operation.selectionSet);
  return names;
}

/** Refuses mutations with many root fields before any subgraph is asked. */
export function maxRootFields(): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ operation, document }) {
          if (operation?.operation === "mutation" && rootNames(operation, document).size > maxMutationFields) {
            throw new GraphQLError(
              `A mutation may have at most ${maxMutationFields} root fields; send the others in requests of their own.`,
              { extensions: { code: "MAX_ROOT_FIELDS_LIMIT", http: { status: 400 } } },
            );
          }
          return Promise.resolve();
        },
      }),
  };
}
