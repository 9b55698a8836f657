import { createApiKey } from "@tradegraph/kit/api-key";
import { conflict, notFound } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { actorOf, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { Types } from "mongoose";
import { type ApiKeyCreateInput } from "../generated/resolvers.ts";
import { type ApiKeyDocument, isLive, mostKeys, mostLiveKeys } from "../models/api-key.ts";
import { type PartnerDocument } from "../models/partner.ts";
import { apiKeyProblems, defaultExpiry } from "../partner-input.ts";
import { type PartnerTools } from "../partner-tools.ts";
import { invalidInput, limitReached, type UserErrorRecord } from "../user-errors.ts";

export interface ApiKeyResult {
  apiKey: ApiKeyDocument | null;
  /** The whole key, this once. */
  secret?: string;
  userErrors: UserErrorRecord[];
}

/** Rounds against others who change the same partner; each of them gets one through. */
const rounds = 10;

/**
 * Makes a key. Of many at once no more come through than may be live, because each is written on top of the version that
 * was counted.
 *
 * @throws PublicError NOT_FOUND for the partner, CONFLICT when it is changed over and over
 */
export async function apiKeyCreate(tools: PartnerTools, input: ApiKeyCreateInput): Promise<ApiKeyResult> {
  const { models, viewer, requestId, signalKeys } = tools;
  const partnerId = toObjectId(input.partnerId, "partnerId");
  const now = new Date();
  const wanted = {
    name: input.name.trim(),
    scopes: [...new Set(input.scopes)],
    expiresAt: input.expiresAt ?? defaultExpiry(now),
    allowedAddresses: [...new Set((input.allowedAddresses ?? []).map((text) => text.trim().toLowerCase()))],
  };
  const userErrors = apiKeyProblems(wanted, now);
  if (userErrors.length > 0) return { apiKey: null, userErrors };
  const { secret, prefix, keyHash } = createApiKey();
  const createdBy = new Types.ObjectId(viewer.userId);
  const apiKey = { ...wanted, _id: new Types.ObjectId(), prefix, keyHash, createdBy, createdAt: now };
  const data = { keyId: apiKey._id.toHexString(), prefix, scopes: wanted.scopes };
  const { $push, $set } = pushOutbox(outboxEntry("apiKey.created", actorOf(viewer, requestId), data));
  for (let round = 0; round < rounds; round += 1) {
    const partner = await models.Partner.findOne({ _id: partnerId }).lean<PartnerDocument>();
    if (!partner) throw notFound("There is no such partner.");
    const problem = problemWith(partner, wanted.scopes, now);
    if (problem) return { apiKey: null, userErrors: [problem] };
    await makeRoom(tools, partner, now);
    const { modifiedCount } = await models.Partner.updateOne(
      { _id: partnerId, version: partner.version },
      { $push: { ...$push, apiKeys: apiKey }, $set, $inc: { version: 1 } },
    );
    if (modifiedCount === 0) continue;
    // Somebody may have tried the key's hash before, however unlikely: gateways forget the refusal.
    await signalKeys([keyHash]);
    return { apiKey, secret, userErrors: [] };
  }
  throw conflict("The partner is being changed by others; try again.");
}

function problemWith(partner: PartnerDocument, scopes: readonly string[], now: Date): UserErrorRecord | undefined {
  if (scopes.includes("orders:read-all") && !partner.companyId)
    return invalidInput("scopes", "A partner without a company has no orders to read: leave ORDERS_READ out.");
  if (partner.apiKeys.filter((key) => isLive(key, now)).length < mostLiveKeys) return undefined;
  const message = `The partner has ${mostLiveKeys} keys that count already: end one first.`;
  return limitReached(mostLiveKeys, message, "partnerId");
}

/** Drops the oldest ended keys, so that one more fits in. They are over: nobody minds if the new one is not made. */
async function makeRoom({ models }: PartnerTools, { _id, apiKeys }: PartnerDocument, now: Date): Promise<void> {
  const surplus = apiKeys.filter((key) => !isLive(key, now)).slice(0, Math.max(0, apiKeys.length - mostKeys + 1));
  if (surplus.length === 0) return;
  await models.Partner.updateOne({ _id }, { $pull: { apiKeys: { _id: { $in: surplus.map((key) => key._id) } } } });
}
