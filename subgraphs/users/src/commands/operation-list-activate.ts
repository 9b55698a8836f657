import { conflict, notFound } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { actorOf, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { Types } from "mongoose";
import { mostActiveLists, type OperationListDocument } from "../models/operation-list.ts";
import { type OperationListResult, type OperationListTools, refusedList } from "../operation-list-tools.ts";
import { limitReached, type UserErrorRecord } from "../user-errors.ts";
import { isDuplicate, pickFree } from "./membership-add.ts";

/** Rounds against others who change the same list, or other lists of the partner. */
const rounds = 10;
/** Faults that are told at once. */
const mostFaults = 50;

/**
 * Lets the partner send the operations of a pending list. What counts is what was checked: the list is written on top of
 * the version that was read. Activating it again changes nothing, but tells gateways again.
 *
 * @throws PublicError NOT_FOUND, CONFLICT when others change the list over and over
 */
export async function operationListActivate(tools: OperationListTools, id: string): Promise<OperationListResult> {
  const { models, signalOperations } = tools;
  const _id = toObjectId(id);
  for (let round = 0; round < rounds; round += 1) {
    const list = await models.OperationList.findOne({ _id }, { outbox: 0 }).lean<OperationListDocument>();
    if (!list) throw notFound("There is no such operation list.");
    if (list.status !== "pending") {
      if (list.status === "retired") return refusedList(aboutId("The list is retired: begin a new one."));
      await signalOperations(list);
      return { operationList: list, userErrors: [] };
    }
    const faults = await faultsOf(tools, list);
    if (faults.length > 0) return refusedList(...faults);
    const slot = await freeActiveSlot(tools, list);
    if (slot === undefined) {
      const message = `The partner has ${mostActiveLists} active lists already: retire one first.`;
      return refusedList({ ...limitReached(mostActiveLists, message), field: ["id"] });
    }
    await beginCounting(tools, list);
    const operationList = await activate(tools, list, slot);
    if (!operationList) continue;
    await signalOperations(list);
    return { operationList, userErrors: [] };
  }
  throw conflict("The list is being changed by others; try again.");
}

const aboutId = (message: string): UserErrorRecord => ({ __typename: "InvalidInputError", message, field: ["id"] });

/** The schema may have changed since the operations were added. */
async function faultsOf({ checkOperations }: OperationListTools, { operations }: OperationListDocument) {
  if (operations.length === 0) return [aboutId("The list is empty: add operations first.")];
  const checked = await checkOperations(operations);
  return checked
    .filter((one) => typeof one === "string")
    .slice(0, mostFaults)
    .map(aboutId);
}

async function freeActiveSlot({ models }: OperationListTools, { partnerId }: OperationListDocument) {
  const active = await models.OperationList.find({ partnerId, isActive: true }, { activeSlot: 1 })
    .hint({ tenantId: 1, partnerId: 1, activeSlot: 1 })
    .lean<Pick<OperationListDocument, "activeSlot">[]>();
  return pickFree(mostActiveLists, new Set(active.map(({ activeSlot }) => activeSlot)));
}

/** Uses are counted only where there is a place for them, so that no report makes documents. */
async function beginCounting({ models }: OperationListTools, { _id: listId, operations }: OperationListDocument) {
  try {
    await models.OperationUse.insertMany(
      operations.map(({ operationId }) => ({ listId, operationId, uses: 0, days: [] })),
      { ordered: false, throwOnValidationError: true },
    );
  } catch (error) {
    // Somebody activates it at the same time.
    if (!isDuplicate(error)) throw error;
  }
}

/** @returns null when the list, or its place, is no longer what was read */
async function activate(
  { models, viewer, requestId }: OperationListTools,
  { _id, version, partnerId, name, operations }: OperationListDocument,
  activeSlot: number,
): Promise<OperationListDocument | null> {
  const data = { partnerId: partnerId.toHexString(), name, count: operations.length };
  const { $push, $set } = pushOutbox(outboxEntry("operationList.activated", actorOf(viewer, requestId), data));
  const who = { activatedBy: new Types.ObjectId(viewer.userId), activatedAt: new Date() };
  try {
    return await models.OperationList.findOneAndUpdate(
      { _id, status: "pending", version },
      { $set: { status: "active", isActive: true, activeSlot, ...who, ...$set }, $push, $inc: { version: 1 } },
      { returnDocument: "after", projection: { outbox: 0 } },
    ).lean<OperationListDocument>();
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}
