// Loaders of what belongs to operation lists. Texts are read for themselves: a partner's lists may have 80 MB of them.
import { groupByKey, type LoaderFactory, orderByKey } from "@tradegraph/kit/loader";
import { type Types } from "mongoose";
import { type Models } from "./models.ts";
import { mostLists, type OperationListDocument } from "./models/operation-list.ts";
import { type OperationUseDocument } from "./models/operation-use.ts";

type Id = Types.ObjectId;

const idOf = ({ _id }: { _id: Id }) => _id.toHexString();

export function operationListLoaders(models: Models, createLoader: LoaderFactory) {
  const operationListById = createLoader("operationListById", async (ids: readonly Id[]) => {
    const rows = await models.OperationList.find({ _id: { $in: ids } }, { outbox: 0, "operations.body": 0 })
      .hint({ _id: 1 })
      .lean<OperationListDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  const operationListsByPartner = createLoader("operationListsByPartner", async (partnerIds: readonly Id[]) => {
    const rows = await models.OperationList.find(
      { partnerId: { $in: partnerIds } },
      { outbox: 0, "operations.body": 0 },
    ).lean<OperationListDocument[]>();
    rows.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (idOf(a) < idOf(b) ? 1 : -1));
    return groupByKey(partnerIds, rows, ({ partnerId }) => partnerId.toHexString()).map((lists) =>
      lists.slice(0, mostLists),
    );
  });
  /** Finds the text of an operation. */
  const bodiesByList = createLoader("bodiesByList", async (ids: readonly Id[]) => {
    const rows = await models.OperationList.find(
      { _id: { $in: ids } },
      { "operations.operationId": 1, "operations.body": 1 },
    )
      .hint({ _id: 1 })
      .lean<OperationListDocument[]>();
    return orderByKey(ids, rows, idOf).map((row) => {
      const bodies = new Map(row?.operations.map(({ operationId, body }) => [operationId, body]));
      return (operationId: string) => bodies.get(operationId) ?? "";
    });
  });
  const usesByList = createLoader("usesByList", async (ids: readonly Id[]) => {
    const rows = await models.OperationUse.find({ listId: { $in: ids } }).lean<OperationUseDocument[]>();
    return groupByKey(ids, rows, ({ listId }) => listId.toHexString()).map(
      (uses) => new Map(uses.map((use) => [use.operationId, use])),
    );
  });
  return { operationListById, operationListsByPartner, bodiesByList, usesByList };
}
