import { notFound } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { actorOf, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type PartnerDocument } from "../models/partner.ts";
import { type PartnerTools } from "../partner-tools.ts";
import { type ApiKeyResult } from "./api-key-create.ts";

/**
 * Ends a key and tells gateways at once. Ending it again changes nothing, but tells gateways again.
 *
 * @throws PublicError NOT_FOUND
 */
export async function apiKeyRevoke(tools: PartnerTools, id: string): Promise<ApiKeyResult> {
  const { models, viewer, requestId, signalKeys } = tools;
  const keyId = toObjectId(id);
  const read = async () => {
    const partner = await models.Partner.findOne({ "apiKeys._id": keyId })
      .select("+apiKeys.keyHash")
      .lean<PartnerDocument>();
    return partner?.apiKeys.find((key) => key._id.equals(keyId));
  };
  const found = await read();
  if (!found) throw notFound("There is no such API key.");
  const data = { keyId: id, prefix: found.prefix };
  const { $push, $set } = pushOutbox(outboxEntry("apiKey.revoked", actorOf(viewer, requestId), data));
  await models.Partner.updateOne(
    { apiKeys: { $elemMatch: { _id: keyId, revokedAt: null } } },
    { $set: { "apiKeys.$.revokedAt": new Date(), ...$set }, $push, $inc: { version: 1 } },
  );
  await signalKeys([found.keyHash]);
  return { apiKey: (await read()) ?? found, userErrors: [] };
}
