import { type Types } from "mongoose";
import { type ActingFor } from "../company-permissions.ts";
import { effectiveMembership } from "../effective-memberships.ts";
import { type Models } from "../models.ts";
import { type CompanyDocument } from "../models/company.ts";
import { type SessionDocument } from "../models/session.ts";
import { type UserDocument } from "../models/user.ts";
import { isOutlived } from "../sessions-valid-from.ts";

export interface SessionHolder {
  /** Absent for an account that is closed or gone, or has changed so that the session is over. */
  user?: Pick<UserDocument, "_id" | "role" | "staffScopes" | "tokensNotBefore"> | undefined;
  /** Absent when the session acts for no company, or the person does not act for it any more. */
  actingFor?: (ActingFor & { companyId: Types.ObjectId }) | undefined;
}

/** What the tokens of a session say of person and company, as it is now. */
export async function readSessionHolder(
  models: Models,
  { userId, companyId, validFrom }: Pick<SessionDocument, "userId" | "companyId" | "validFrom">,
): Promise<SessionHolder> {
  const [user, actingFor] = await Promise.all([
    models.User.findOne({ _id: userId, isActive: true }, "role staffScopes sessionsValidFrom tokensNotBefore").lean<
      (NonNullable<SessionHolder["user"]> & Pick<UserDocument, "sessionsValidFrom">) | null
    >(),
    companyId && readActingFor(models, userId, companyId),
  ]);
  return { user: user && !isOutlived({ validFrom }, user) ? user : undefined, actingFor };
}

/** @returns undefined when the person does not act for the company */
export async function readActingFor(
  models: Models,
  userId: Types.ObjectId,
  companyId: Types.ObjectId,
): Promise<SessionHolder["actingFor"]> {
  const membership = await effectiveMembership(models, userId, companyId);
  if (!membership) return undefined;
  const company = await models.Company.findById(companyId, { status: 1 }).lean<CompanyDocument | null>();
  return company ? { companyId, role: membership.role, status: company.status } : undefined;
}
