import { toObjectId } from "@tradegraph/kit/node-id";
import { actorOf, outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { mongo } from "mongoose";
import { type PartnerCreateInput } from "../generated/resolvers.ts";
import { type PartnerDocument } from "../models/partner.ts";
import { nameTaken, partnerProblems } from "../partner-input.ts";
import { type PartnerTools } from "../partner-tools.ts";
import { invalidInput, type UserErrorRecord } from "../user-errors.ts";

export interface PartnerResult {
  partner: PartnerDocument | null;
  userErrors: UserErrorRecord[];
}

/** Adds a partner, active and without keys. Of two of one name at once the unique index lets one through. */
export async function partnerCreate(tools: PartnerTools, input: PartnerCreateInput): Promise<PartnerResult> {
  const { models, viewer, requestId } = tools;
  const name = input.name.trim();
  const contactEmail = input.contactEmail.trim();
  const companyId = input.companyId == null ? undefined : toObjectId(input.companyId, "companyId");
  const userErrors = partnerProblems({ name, contactEmail });
  if (companyId && !(await models.Company.exists({ _id: companyId })))
    userErrors.push(invalidInput("companyId", "There is no such company."));
  if (userErrors.length > 0) return { partner: null, userErrors };
  try {
    const partner = await models.Partner.create({
      ...{ name, nameSort: name.toLowerCase(), contactEmail },
      ...(companyId && { companyId }),
      ...withOutbox(outboxEntry("partner.created", actorOf(viewer, requestId))),
    });
    return { partner: partner.toObject(), userErrors: [] };
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === 11000)
      return { partner: null, userErrors: [nameTaken()] };
    throw error;
  }
}
