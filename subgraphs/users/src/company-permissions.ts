// What a company role allows: one table, for `CompanyMembership.permissions`, for the scopes of a token, and for
// docs/PERMISSIONS.md.
import { adminScope } from "@tradegraph/kit/viewer";
import {
  type CompanyPermission,
  type StoredCompanyRole,
  type StoredCompanyStatus,
  type StoredStaffScope,
  type StoredUserRole,
} from "./enums.ts";

export const permissionsOfRole: Readonly<Record<StoredCompanyRole, readonly CompanyPermission[]>> = {
  buyer: ["orders:place"],
  approver: ["orders:place", "orders:read-all", "orders:approve"],
  company_admin: ["orders:place", "orders:read-all", "orders:approve", "members:manage", "company:manage"],
};

const ranks: readonly StoredCompanyRole[] = ["buyer", "approver", "company_admin"];

/** Whether somebody with `own` may give away `given`: nobody makes others more than they are themselves. */
export const mayGiveRole = (own: StoredCompanyRole, given: StoredCompanyRole): boolean =>
  ranks.indexOf(given) <= ranks.indexOf(own);

/** Only a company that trades orders; people of others still read, and manage their company. */
const tradeScopes: readonly string[] = ["orders:place", "orders:approve"] satisfies CompanyPermission[];

/** The company a session acts for, and as what. */
export interface ActingFor {
  role: StoredCompanyRole;
  status: StoredCompanyStatus;
}

/**
 * Scopes of a token: the areas of staff, or `admin` for staff without limits, and what the role in the company allows for
 * those who act for one.
 *
 * @example tokenScopes("customer", { role: "buyer", status: "active" }) // ["orders:place"]
 */
export function tokenScopes(
  role: StoredUserRole,
  company?: ActingFor,
  staffScopes: readonly StoredStaffScope[] = [adminScope],
): string[] {
  const allowed = company ? permissionsOfRole[company.role] : [];
  return [
    ...(role === "admin" ? staffScopes : []),
    ...allowed.filter((scope) => company?.status === "active" || !tradeScopes.includes(scope)),
  ];
}
