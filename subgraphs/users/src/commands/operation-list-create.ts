import { conflict, notFound } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { actorOf, outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { Types } from "mongoose";
import { type OperationListCreateInput } from "../generated/resolvers.ts";
import { listNamePattern, mostLists, type OperationListDocument } from "../models/operation-list.ts";
import { type OperationListResult, type OperationListTools, refusedList } from "../operation-list-tools.ts";
import { invalidInput, limitReached } from "../user-errors.ts";
import { isDuplicate, pickFree } from "./membership-add.ts";

/** Rounds against others who begin lists of the same partner. */
const rounds = 10;

type Place = Pick<OperationListDocument, "_id" | "name" | "slot" | "status" | "createdAt">;

/**
 * Begins a list, pending and empty. Unique places keep a partner at 20 lists, however many are begun at once.
 *
 * @throws PublicError NOT_FOUND for the partner, CONFLICT when others begin lists over and over
 */
export async function operationListCreate(
  tools: OperationListTools,
  input: OperationListCreateInput,
): Promise<OperationListResult> {
  const { models, viewer, requestId } = tools;
  const partnerId = toObjectId(input.partnerId, "partnerId");
  const name = input.name.trim();
  if (!listNamePattern.test(name))
    return refusedList(invalidInput("name", "Give a name of 1 to 50 letters, digits, dots, dashes and underscores."));
  if (!(await models.Partner.exists({ _id: partnerId }))) throw notFound("There is no such partner.");
  for (let round = 0; round < rounds; round += 1) {
    const lists = await models.OperationList.find({ partnerId }, { name: 1, slot: 1, status: 1, createdAt: 1 })
      .hint({ tenantId: 1, partnerId: 1, slot: 1 })
      .lean<Place[]>();
    if (lists.some((list) => list.name === name))
      return refusedList(invalidInput("name", "The partner has a list of this name already."));
    const left = lists.length < mostLists ? lists : await withoutOldestRetired(tools, lists);
    const slot = pickFree(mostLists, new Set(left.map((list) => list.slot)));
    if (slot === undefined) {
      const message = `The partner has ${mostLists} lists that are pending or active: retire one first.`;
      return refusedList(limitReached(mostLists, message, "partnerId"));
    }
    try {
      const list = await models.OperationList.create({
        ...{ partnerId, name, slot, createdBy: new Types.ObjectId(viewer.userId) },
        ...withOutbox(outboxEntry("operationList.created", actorOf(viewer, requestId), dataOf(partnerId, name))),
      });
      return { operationList: list.toObject(), userErrors: [] };
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  throw conflict("Lists of the partner are being made by others; try again.");
}

const dataOf = (partnerId: Types.ObjectId, name: string) => ({ partnerId: partnerId.toHexString(), name });

/** @returns the lists that are left */
async function withoutOldestRetired({ models }: OperationListTools, lists: readonly Place[]): Promise<Place[]> {
  const [oldest] = lists
    .filter(({ status }) => status === "retired")
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  if (!oldest) return [...lists];
  await models.OperationList.deleteOne({ _id: oldest._id, status: "retired" });
  await models.OperationUse.deleteMany({ listId: oldest._id });
  return lists.filter((list) => list !== oldest);
}
