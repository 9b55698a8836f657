// What login and registration end with: a token, and the person as whom the rest of the request goes on.
import { tokenScopes } from "./company-permissions.ts";
import { type Models } from "./models.ts";
import { type MembershipDocument } from "./models/membership.ts";
import { type UserDocument } from "./models/user.ts";
import { type Passwords } from "./password.ts";
import { type AccessToken, type SignedInViewer, type TokenIssuer } from "./token-issuer.ts";
import { type UserErrorRecord } from "./user-errors.ts";

/** What signing in works with. */
export interface SignInTools {
  models: Models;
  passwords: Passwords;
  tokens: TokenIssuer;
}

export interface SignInResult extends Partial<AccessToken> {
  /** Absent when there are errors. */
  viewer?: SignedInViewer;
  userErrors: UserErrorRecord[];
}

export const refused = (...userErrors: UserErrorRecord[]): SignInResult => ({ userErrors });

/** @param membership the company the session acts for */
export async function signIn(
  { models, tokens }: SignInTools,
  { _id, tenantId, role }: Pick<UserDocument, "_id" | "tenantId" | "role">,
  membership?: MembershipDocument,
): Promise<SignInResult> {
  const company = membership && (await models.Company.findById(membership.companyId, { status: 1 }).lean());
  const actingFor = membership && company ? { role: membership.role, status: company.status } : undefined;
  const viewer: SignedInViewer = {
    tenantId,
    role,
    userId: _id.toHexString(),
    companyId: company?._id.toHexString(),
    scopes: tokenScopes(role, actingFor),
  };
  return { viewer, ...(await tokens.issue(viewer)), userErrors: [] };
}
