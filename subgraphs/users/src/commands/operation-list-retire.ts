import { conflict, notFound } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { actorOf, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { Types } from "mongoose";
import { type OperationListDocument } from "../models/operation-list.ts";
import { type OperationUseDocument } from "../models/operation-use.ts";
import { type OperationListResult, type OperationListTools, refusedList } from "../operation-list-tools.ts";

/** Rounds against others who change the same list. */
const rounds = 10;
/** An operation that was used within this time is in use. */
const inUseMs = 86_400_000;
const mostNamed = 10;

const withoutBodies = { outbox: 0, "operations.body": 0 } as const;

/**
 * Ends a list, pending or active. Ending it again changes nothing, but tells gateways again.
 *
 * @param force although operations are in use that no other active list has
 * @throws PublicError NOT_FOUND, CONFLICT when others change the list over and over
 */
export async function operationListRetire(
  tools: OperationListTools,
  id: string,
  force: boolean,
): Promise<OperationListResult> {
  const { models, viewer, requestId, signalOperations } = tools;
  const _id = toObjectId(id);
  for (let round = 0; round < rounds; round += 1) {
    const list = await models.OperationList.findOne({ _id }, withoutBodies).lean<OperationListDocument>();
    if (!list) throw notFound("There is no such operation list.");
    const partnerId = list.partnerId.toHexString();
    if (list.status === "retired") {
      await signalOperations(list);
      return { operationList: list, userErrors: [] };
    }
    const inUse = list.status === "active" && !force ? await usedOnlyHere(tools, list) : [];
    if (inUse.length > 0)
      return refusedList({ __typename: "InvalidInputError", message: refusal(list, inUse), field: ["id"] });
    const data = { partnerId, name: list.name, ...(force && { force }) };
    const { $push, $set } = pushOutbox(outboxEntry("operationList.retired", actorOf(viewer, requestId), data));
    const who = { retiredBy: new Types.ObjectId(viewer.userId), retiredAt: new Date() };
    const operationList = await models.OperationList.findOneAndUpdate(
      { _id, version: list.version },
      {
        $set: { status: "retired", isActive: false, ...who, ...$set },
        $unset: { activeSlot: 1 },
        $push,
        $inc: { version: 1 },
      },
      { returnDocument: "after", projection: withoutBodies },
    ).lean<OperationListDocument>();
    if (!operationList) continue;
    await signalOperations(list);
    return { operationList, userErrors: [] };
  }
  throw conflict("The list is being changed by others; try again.");
}

type Use = Pick<OperationUseDocument, "operationId" | "lastUsedAt">;

/** Operations whose users would get errors, the last used first. */
async function usedOnlyHere(
  { models }: OperationListTools,
  { _id: listId, partnerId }: OperationListDocument,
): Promise<Use[]> {
  const since = new Date(Date.now() - inUseMs);
  const [uses, others] = await Promise.all([
    models.OperationUse.find({ listId, lastUsedAt: { $gte: since } }, { operationId: 1, lastUsedAt: 1 }).lean<Use[]>(),
    models.OperationList.find(
      { partnerId, isActive: true, _id: { $ne: listId } },
      { "operations.operationId": 1 },
    ).lean<OperationListDocument[]>(),
  ]);
  const served = new Set(others.flatMap(({ operations }) => operations.map(({ operationId }) => operationId)));
  return uses.filter(({ operationId }) => !served.has(operationId)).sort((a, b) => timeOf(b) - timeOf(a));
}

const timeOf = ({ lastUsedAt }: Use) => lastUsedAt?.getTime() ?? 0;

function refusal({ operations }: OperationListDocument, inUse: readonly Use[]): string {
  const names = new Map(operations.map(({ operationId, name }) => [operationId, name]));
  const named = inUse
    .slice(0, mostNamed)
    .map((use) => `${names.get(use.operationId) ?? use.operationId} (${use.lastUsedAt?.toISOString()})`);
  const more = inUse.length > mostNamed ? ` and ${inUse.length - mostNamed} more` : "";
  return `Still in use, and in no other active list: ${named.join(", ")}${more}. Retire it by force if that is meant.`;
}
