// What an operation must be before a partner may send it.
import { documentShape } from "@tradegraph/kit/document-shape";
import {
  bareOperationId,
  claimsHash,
  operationHash,
  operationIdPattern,
  operationIdRule,
  readOperation,
} from "@tradegraph/kit/operation-text";
import { shapeSettings } from "@tradegraph/kit/shape-limit-settings";
import { defaultShapeLimits, shapeExcesses, type ShapeLimits } from "@tradegraph/kit/shape-limits";
import { type GraphQLSchema, type OperationTypeNode, validate } from "graphql";
import { type ApiSchema } from "./api-schema.ts";
import { longestBody, type StoredOperation } from "./models/operation-list.ts";

/** Faults that are told of one operation. */
const mostMessages = 3;

interface GivenOperation {
  operationId: string;
  body: string;
  clientName?: string | null | undefined;
}

/**
 * Checks one operation against the public schema, and against what the gateway would refuse each time.
 *
 * @param limits null where the gateway only measures
 * @returns the operation as it is stored, or a sentence for people that begins with its name
 */
export function checkOperation(
  schema: GraphQLSchema,
  given: GivenOperation,
  limits: ShapeLimits | null = defaultShapeLimits,
): StoredOperation | string {
  const { body } = given;
  const operationId = bareOperationId(given.operationId);
  const clientName = given.clientName?.trim() ?? "";
  const label = operationId.slice(0, 80);
  if (!operationIdPattern.test(operationId)) return `${label}: ${operationIdRule}`;
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
    const [excess] = limits ? shapeExcesses(documentShape(document, undefined), limits) : [];
    // Before it is validated, which takes long for large ones.
    if (excess) return `${name}: ${excess.message} It has ${excess.value} (${shapeSettings[excess.limit]}).`;
    const errors = validate(schema, document, undefined, { maxErrors: mostMessages });
    if (errors.length > 0) return `${name}: ${errors.map(({ message }) => message).join(" ")}`;
    return { operationId, name, type, body, ...(clientName !== "" && { clientName }) };
  } catch (error) {
    return `${label}: ${(error as Error).message}`;
  }
}

const typeOf = (operation: OperationTypeNode): StoredOperation["type"] | undefined =>
  operation === "subscription" ? undefined : operation;

/** Checks many, in the order given. */
export type CheckOperations = (given: readonly GivenOperation[]) => Promise<(StoredOperation | string)[]>;

/** Lets other requests have their turn: a large list takes a second. */
export const createOperationCheck =
  (apiSchema: ApiSchema, limits: ShapeLimits | null = defaultShapeLimits): CheckOperations =>
  async (given) => {
    const schema = apiSchema();
    const checked: (StoredOperation | string)[] = [];
    for (const one of given) {
      checked.push(checkOperation(schema, one, limits));
      await new Promise((resolve) => void setImmediate(resolve));
    }
    return checked;
  };
