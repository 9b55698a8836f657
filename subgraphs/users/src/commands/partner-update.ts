import { notFound } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { actorOf, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { mongo } from "mongoose";
import { type PartnerUpdateInput } from "../generated/resolvers.ts";
import { type PartnerDocument } from "../models/partner.ts";
import { nameTaken, partnerProblems } from "../partner-input.ts";
import { type PartnerTools } from "../partner-tools.ts";
import { type PartnerResult } from "./partner-create.ts";

/**
 * Changes what is given. Switching a partner off or on is told to gateways at once.
 *
 * @throws PublicError NOT_FOUND
 */
export async function partnerUpdate(tools: PartnerTools, input: PartnerUpdateInput): Promise<PartnerResult> {
  const { models, viewer, requestId, signalKeys } = tools;
  const id = toObjectId(input.id);
  const name = input.name?.trim();
  const contactEmail = input.contactEmail?.trim();
  const isActive = input.isActive ?? undefined;
  const userErrors = partnerProblems({ name, contactEmail });
  if (userErrors.length > 0) return { partner: null, userErrors };
  const changed = {
    ...(name !== undefined && { name, nameSort: name.toLowerCase() }),
    ...(contactEmail !== undefined && { contactEmail }),
    ...(isActive !== undefined && { isActive }),
  };
  const changes = Object.keys(changed).filter((key) => key !== "nameSort");
  const data = { changes, ...(isActive !== undefined && { isActive }) };
  const { $push, $set } = pushOutbox(outboxEntry("partner.updated", actorOf(viewer, requestId), data));
  try {
    const partner = await (
      changes.length === 0
        ? models.Partner.findOne({ _id: id })
        : models.Partner.findOneAndUpdate(
            { _id: id },
            { $set: { ...changed, ...$set }, $push, $inc: { version: 1 } },
            { returnDocument: "after" },
          )
    )
      .select("+apiKeys.keyHash")
      .lean<PartnerDocument>();
    if (!partner) throw notFound("There is no such partner.");
    if (isActive !== undefined) await signalKeys(partner.apiKeys.map(({ keyHash }) => keyHash));
    return { partner, userErrors: [] };
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === 11000)
      return { partner: null, userErrors: [nameTaken()] };
    throw error;
  }
}
