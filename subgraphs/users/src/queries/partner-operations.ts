import { createHash } from "node:crypto";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type PartnerOperations } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { type OperationListDocument } from "../models/operation-list.ts";

/**
 * What a partner may send now. Lists do not change once they are active, so which ones there are says everything.
 *
 * @param knownVersion what the caller has; it is spared the texts when nothing has changed
 * @throws PublicError BAD_USER_INPUT when the text is no id
 */
export async function partnerOperations(
  models: Models,
  partnerId: string,
  knownVersion?: string | null,
): Promise<PartnerOperations> {
  const filter = { partnerId: toObjectId(partnerId, "partnerId"), isActive: true };
  const hint = { tenantId: 1, partnerId: 1, activeSlot: 1 } as const;
  const heads = await models.OperationList.find(filter, { activatedAt: 1 }).hint(hint).lean<OperationListDocument[]>();
  const version = versionOf(heads);
  if (version === knownVersion) return { version, lists: null };
  const lists = await models.OperationList.find(filter, { outbox: 0 }).hint(hint).lean<OperationListDocument[]>();
  const newestFirst = lists.sort((a, b) => timeOf(b) - timeOf(a));
  return {
    // Of what is handed out: another list may have been activated in between.
    version: versionOf(lists),
    lists: newestFirst.map(({ _id, name, operations }) => ({ id: _id.toHexString(), name, operations })),
  };
}

type Head = Pick<OperationListDocument, "_id" | "activatedAt">;

const timeOf = ({ activatedAt }: Head) => activatedAt?.getTime() ?? 0;

const versionOf = (lists: readonly Head[]): string => {
  const parts = lists.map((list) => `${list._id.toHexString()} ${timeOf(list)}`).sort();
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
};
