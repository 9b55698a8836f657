import { badUserInput } from "@tradegraph/kit/errors";
import { getDirectiveValues, type GraphQLResolveInfo } from "graphql";

/**
 * The key of `@idempotent(key:)` on the running field.
 *
 * @throws PublicError BAD_USER_INPUT without the directive, or for a key that is none
 */
export function idempotencyKeyOf({ fieldNodes, fieldName, schema, variableValues }: GraphQLResolveInfo): string {
  const directive = schema.getDirective("idempotent");
  const [node] = fieldNodes;
  const key = directive && node && getDirectiveValues(directive, node, variableValues)?.key;
  if (typeof key !== "string") {
    throw badUserInput(`Write \`${fieldName}(…) @idempotent(key: "…")\`, with a new key for each intent.`, ["key"]);
  }
  if (!/^[A-Za-z0-9_-]{8,64}$/.test(key)) {
    throw badUserInput("The key of `@idempotent` must be 8 to 64 letters, digits, `_` or `-`.", ["key"]);
  }
  return key;
}
