import { conflict, notFound } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { actorOf, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type OperationListAddInput } from "../generated/resolvers.ts";
import {
  mostAddedOperations,
  mostListBytes,
  mostOperations,
  type OperationListDocument,
  type StoredOperation,
} from "../models/operation-list.ts";
import { type OperationListResult, type OperationListTools, refusedList } from "../operation-list-tools.ts";
import { invalidInput, limitReached, type UserErrorRecord } from "../user-errors.ts";

/** Rounds against others who fill the same list. */
const rounds = 10;

/**
 * Adds operations to a pending list, all or none. The same operation again changes nothing, so that a lost answer can be
 * repeated.
 *
 * @throws PublicError NOT_FOUND, CONFLICT when others fill the list over and over
 */
export async function operationListAdd(
  { models, viewer, requestId, checkOperations }: OperationListTools,
  input: OperationListAddInput,
): Promise<OperationListResult> {
  const _id = toObjectId(input.id);
  const count = input.operations.length;
  if (count < 1 || count > mostAddedOperations)
    return refusedList(invalidInput("operations", `Add 1 to ${mostAddedOperations} operations at once.`));
  const checked = await checkOperations(input.operations);
  const faults = checked.flatMap((one, index) => (typeof one === "string" ? faultOf(index, one) : []));
  if (faults.length > 0) return refusedList(...faults);
  const wanted = checked.filter((one) => typeof one !== "string");
  for (let round = 0; round < rounds; round += 1) {
    const list = await models.OperationList.findOne({ _id }, { outbox: 0 }).lean<OperationListDocument>();
    if (!list) throw notFound("There is no such operation list.");
    if (list.status !== "pending")
      return refusedList(invalidInput("id", "The list is no longer pending: begin a new one."));
    const { added, userErrors } = mergeInto(list, wanted);
    if (userErrors.length > 0) return refusedList(...userErrors);
    if (added.length === 0) return { operationList: list, userErrors: [] };
    const data = { partnerId: list.partnerId.toHexString(), name: list.name, count: added.length };
    const { $push, $set } = pushOutbox(outboxEntry("operationList.filled", actorOf(viewer, requestId), data));
    const changed = await models.OperationList.findOneAndUpdate(
      { _id, status: "pending", version: list.version },
      { $set, $push: { ...$push, operations: { $each: added } }, $inc: { version: 1, bytes: bytesOf(added) } },
      { returnDocument: "after", projection: { outbox: 0 } },
    ).lean<OperationListDocument>();
    if (changed) return { operationList: changed, userErrors: [] };
  }
  throw conflict("The list is being changed by others; try again.");
}

const bytesOf = (operations: readonly StoredOperation[]) =>
  operations.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);

function mergeInto(list: OperationListDocument, wanted: readonly StoredOperation[]) {
  const known = new Map(list.operations.map(({ operationId, body }) => [operationId, body]));
  const userErrors: UserErrorRecord[] = [];
  const added: StoredOperation[] = [];
  for (const [index, operation] of wanted.entries()) {
    const body = known.get(operation.operationId);
    if (body === operation.body) continue;
    if (body !== undefined)
      userErrors.push(faultOf(index, `${operation.name}: the list has another text under ${operation.operationId}`));
    else added.push(operation);
    known.set(operation.operationId, operation.body);
  }
  if (list.operations.length + added.length > mostOperations)
    userErrors.push(limitReached(mostOperations, `A list has ${mostOperations} operations at most.`, "operations"));
  if (list.bytes + bytesOf(added) > mostListBytes)
    userErrors.push(limitReached(mostListBytes, `A list has ${mostListBytes} bytes of text at most.`, "operations"));
  return { added, userErrors };
}

const faultOf = (index: number, message: string): UserErrorRecord => ({
  ...invalidInput("operations", message),
  field: ["input", "operations", String(index)],
});
