// What an operation must be before a partner may send it.
import { bareOperationId, claimsHash, operationHash, readOperation } from "@tradegraph/kit/operation-text";
import { type GraphQLSchema, type OperationTypeNode, validate } from "graphql";
import { longestBody, operationIdPattern, type StoredOperation } from "./models/operation-list.ts";

/** Faults that are told of one operation. */
const mostMessages = 3;

interface GivenOperation {
  operationId: string;
  body: string;
  clientName?: string | null | undefined;
}

/**
 * Checks one operation against the public schema.
 *
 * @returns the operation as it is stored, or a sentence for people that begins with its name
 */
export function checkOperation(schema: GraphQLSchema, given: GivenOperation): StoredOperation | string {
  const { body } = given;
  const operationId = bareOperationId(given.operationId);
  const clientName = given.clientName?.trim() ?? "";
  const label = operationId.slice(0, 80);
  if (!operationIdPattern.test(operationId)) return `${label}: ids have 1 to 128 letters, digits or any of - . _ ~ :`;
  if (Buffer.byteLength(body) > longestBody) return `${label}: the text has more than ${longestBody} bytes`;
  if (clientName.length > 100) return `${label}: the client's name has more than 100 characters`;
  if (claimsHash(given.operationId) && operationId !== operationHash(body))
    return `${label}: is not the SHA-256 of its text`;
  try {
    const { document, definition, name } = readOperation(body);
    if (name === undefined) return `${label}: the operation has no name`;
    if (name.length > 200) return `${label}: the operation's name has more than 200 characters`;
    const type = typeOf(definition.operation);
    if (!type) return `${name}: is a subscription; there are none here`;
    const errors = validate(schema, document, undefined, { maxErrors: mostMessages });
    if (errors.length > 0) return `${name}: ${errors.map(({ message }) => message).join(" ")}`;
    return { operationId, name, type, body, ...(clientName !== "" && { clientName }) };
  } catch (error) {
    return `${label}: ${(error as Error).message}`;
  }
}

const typeOf = (operation: OperationTypeNode): StoredOperation["type"] | undefined =>
  operation === "subscription" ? undefined : operation;

/** Checks many, letting other requests have their turn: a large list takes a second. @returns in the order of the given */
export async function checkOperations(
  schema: GraphQLSchema,
  given: readonly GivenOperation[],
): Promise<(StoredOperation | string)[]> {
  const checked: (StoredOperation | string)[] = [];
  for (const one of given) {
    checked.push(checkOperation(schema, one));
    await new Promise((resolve) => void setImmediate(resolve));
  }
  return checked;
}
