// GraphQL's names ↔ stored values (ruling 4).

export type StoredUserRole = "admin" | "customer" | "supplier";
export type StoredCompanyStatus = "pending" | "active" | "suspended";
export type StoredPaymentTerms = "prepaid" | "net_14" | "net_30" | "net_60";
export type StoredCompanyRole = "buyer" | "approver" | "company_admin";
export type StoredSpendingPeriod = "order" | "month" | "year";

/** A permission in a company; not stored, inside it goes by the name of the scope that carries it in a token. */
export type CompanyPermission =
  "orders:place" | "orders:read-all" | "orders:approve" | "members:manage" | "company:manage";

const userRole = { ADMIN: "admin", CUSTOMER: "customer", SUPPLIER: "supplier" } satisfies Record<
  string,
  StoredUserRole
>;
const companyStatus = { PENDING: "pending", ACTIVE: "active", SUSPENDED: "suspended" } satisfies Record<
  string,
  StoredCompanyStatus
>;
const paymentTerms = { PREPAID: "prepaid", NET_14: "net_14", NET_30: "net_30", NET_60: "net_60" } satisfies Record<
  string,
  StoredPaymentTerms
>;
const companyRole = { BUYER: "buyer", APPROVER: "approver", COMPANY_ADMIN: "company_admin" } satisfies Record<
  string,
  StoredCompanyRole
>;
const spendingPeriod = { ORDER: "order", MONTH: "month", YEAR: "year" } satisfies Record<string, StoredSpendingPeriod>;

const companyPermission = {
  ORDER_PLACE: "orders:place",
  ORDER_READ_ALL: "orders:read-all",
  ORDER_APPROVE: "orders:approve",
  MEMBER_MANAGE: "members:manage",
  COMPANY_MANAGE: "company:manage",
} satisfies Record<string, CompanyPermission>;

/** Resolver map to spread: the executor translates in both directions. */
export const enumResolvers = {
  CompanyPermission: companyPermission,
  CompanyRole: companyRole,
  CompanyStatus: companyStatus,
  CompanyStatusFilter: companyStatus,
  PaymentTerms: paymentTerms,
  SpendingPeriod: spendingPeriod,
  UserRole: userRole,
  UserRoleFilter: userRole,
};
