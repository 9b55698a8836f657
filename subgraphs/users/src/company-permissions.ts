// What a company role allows: one table, for `CompanyMembership.permissions` and for the scopes of a token.
import {
  type CompanyPermission,
  type StoredCompanyRole,
  type StoredCompanyStatus,
  type StoredUserRole,
} from "./enums.ts";

export const permissionsOfRole: Readonly<Record<StoredCompanyRole, readonly CompanyPermission[]>> = {
  buyer: ["orders:place"],
  approver: ["orders:place", "orders:read-all", "orders:approve"],
  company_admin: ["orders:place", "orders:read-all", "orders:approve", "members:manage", "company:manage"],
};

/** Scope of staff; it stands for everything in the tenant. */
export const staffScope = "admin";

/** Only a company that trades orders; people of others still read, and manage their company. */
const tradeScopes: readonly string[] = ["orders:place", "orders:approve"] satisfies CompanyPermission[];

/** The company a session acts for, and as what. */
export interface ActingFor {
  role: StoredCompanyRole;
  status: StoredCompanyStatus;
}

/**
 * Scopes of a token: `admin` for staff, and what the role in the company allows for those who act for one.
 *
 * @example tokenScopes("customer", { role: "buyer", status: "active" }) // ["orders:place"]
 */
export function tokenScopes(role: StoredUserRole, company?: ActingFor): string[] {
  const allowed = company ? permissionsOfRole[company.role] : [];
  return [
    ...(role === "admin" ? [staffScope] : []),
    ...allowed.filter((scope) => company?.status === "active" || !tradeScopes.includes(scope)),
  ];
}
