// What commands on companies and their members work with, and the question they all begin with: may the viewer?
import { conflict, forbidden, notFound, unauthenticated } from "@tradegraph/kit/errors";
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type Actor, actorOf } from "@tradegraph/kit/outbox";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type Types } from "mongoose";
import { seesEverything } from "../access.ts";
import { permissionsOfRole } from "../company-permissions.ts";
import { effectiveMembership, type EffectiveMembership, membershipFromAbove } from "../effective-memberships.ts";
import { type CompanyPermission } from "../enums.ts";
import { type Models } from "../models.ts";
import { type CompanyDocument } from "../models/company.ts";
import { type MembershipDocument } from "../models/membership.ts";
import { type SessionTools } from "./end-sessions.ts";

export interface CompanyTools extends SessionTools {
  cipher: FieldCipher;
  viewer: Viewer;
  requestId: string;
}

/** A company with what the viewer may do there. */
export interface ManagedCompany {
  company: CompanyDocument;
  /** Absent for staff. */
  membership?: EffectiveMembership | undefined;
}

/** The actor of events about this. */
export const actorIn = ({ viewer, requestId }: Pick<CompanyTools, "viewer" | "requestId">): Actor =>
  actorOf(viewer, requestId);

/** The viewer's account. @throws PublicError UNAUTHENTICATED without one */
export function ownUserId({ userId }: Viewer): Types.ObjectId {
  if (userId === undefined) throw unauthenticated();
  return toObjectId(userId, "userId");
}

/**
 * The company, when the viewer is staff for people and companies, or has this permission in it by a membership there or
 * above. What counts is the stored membership, not the scopes of a token.
 *
 * @throws PublicError NOT_FOUND for a company that the viewer does not act for, FORBIDDEN without the permission
 */
export async function managedCompany(
  { models, viewer }: CompanyTools,
  companyId: Types.ObjectId,
  permission: CompanyPermission,
): Promise<ManagedCompany> {
  const company = await models.Company.findById(companyId).lean<CompanyDocument | null>();
  const unknown = "There is no such company, or you do not act for it.";
  if (!company) throw notFound(unknown);
  if (seesEverything(viewer)) return { company };
  const membership = await effectiveMembership(models, ownUserId(viewer), companyId);
  if (!membership) throw notFound(unknown);
  if (!permissionsOfRole[membership.role].includes(permission))
    throw forbidden("Your role in the company does not allow this; ask its administrator.");
  return { company, membership };
}

/**
 * Whether what comes down to a person in a company, without the own membership there, would make the person manage its
 * members.
 *
 * @returns undefined when nothing comes down
 */
export async function managesFromAbove(models: Models, own: MembershipDocument): Promise<boolean | undefined> {
  const above = await membershipFromAbove(models, own);
  return above && permissionsOfRole[above.role].includes("members:manage");
}

/** What was read has changed meanwhile. */
export const changedMeanwhile = () => conflict("Somebody changed this meanwhile; look at it again, then repeat.");
