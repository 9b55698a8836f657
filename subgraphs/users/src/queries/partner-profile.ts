import { toObjectId } from "@tradegraph/kit/node-id";
import { operationHash } from "@tradegraph/kit/operation-text";
import { type OperationVersion, type PartnerProfile } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { type OperationListDocument } from "../models/operation-list.ts";
import { type PartnerDocument } from "../models/partner.ts";

/**
 * A partner with the versions of its operations, of which 20 are kept. Texts may have 80 MB together, so they are read
 * one list after the other, and only their hashes are held.
 *
 * @throws PublicError BAD_USER_INPUT when the text is no id
 */
export async function partnerProfile(models: Models, id: string): Promise<PartnerProfile | null> {
  const partnerId = toObjectId(id, "partnerId");
  const partner = await models.Partner.findOne({ _id: partnerId }, { name: 1 }).lean<Pick<PartnerDocument, "name">>();
  if (!partner) return null;
  const versions: (OperationVersion & { createdAt: Date })[] = [];
  const lists = models.OperationList.find({ partnerId }, { outbox: 0 })
    .lean<OperationListDocument>()
    .cursor({ batchSize: 1 });
  for await (const list of lists) if (list.status !== "retired" || list.activatedAt) versions.push(versionOf(list));
  return { name: partner.name, versions: versions.sort(latestFirst) };
}

const versionOf = ({ _id, name, activatedAt, retiredAt, createdAt, operations }: OperationListDocument) => ({
  ...{ id: _id.toHexString(), name, activatedAt, retiredAt, createdAt },
  operations: operations.map(({ operationId, name: operation, body }) => ({
    ...{ operationId, name: operation, textHash: operationHash(body) },
  })),
});

interface Timed {
  activatedAt?: Date | null;
  createdAt: Date;
}

/** Pending ones are later than all others. */
const latestFirst = (a: Timed, b: Timed): number =>
  Number(!b.activatedAt) - Number(!a.activatedAt) ||
  (b.activatedAt ?? b.createdAt).getTime() - (a.activatedAt ?? a.createdAt).getTime();
