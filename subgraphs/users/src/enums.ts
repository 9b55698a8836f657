// GraphQL's names ↔ stored values (ruling 4).
import { adminScope, type StaffArea } from "@tradegraph/kit/viewer";

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

export const auditCategories = ["security", "write", "access"] as const;
export type StoredAuditCategory = (typeof auditCategories)[number];
export const auditOutcomes = ["success", "refused", "failed"] as const;
export type StoredAuditOutcome = (typeof auditOutcomes)[number];

/** What an API key allows; scopes of the viewer that a partner is. */
export type StoredPartnerScope = "catalogue:read" | "orders:read-all";
export type StoredStaffScope = typeof adminScope | `staff:${StaffArea}`;

export const operationListStatuses = ["pending", "active", "retired"] as const;
export type StoredOperationListStatus = (typeof operationListStatuses)[number];
export type StoredOperationType = "query" | "mutation";

const auditCategory = { SECURITY: "security", WRITE: "write", ACCESS: "access" } satisfies Record<
  string,
  StoredAuditCategory
>;
const auditOutcome = { SUCCESS: "success", REFUSED: "refused", FAILED: "failed" } satisfies Record<
  string,
  StoredAuditOutcome
>;
const partnerScope = { CATALOGUE_READ: "catalogue:read", ORDERS_READ: "orders:read-all" } satisfies Record<
  string,
  StoredPartnerScope
>;
const operationListStatus = { PENDING: "pending", ACTIVE: "active", RETIRED: "retired" } satisfies Record<
  string,
  StoredOperationListStatus
>;
const listedOperationType = { QUERY: "query", MUTATION: "mutation" } satisfies Record<string, StoredOperationType>;
const staffArea = {
  CATALOGUE: "staff:catalogue",
  ORDERS: "staff:orders",
  USERS: "staff:users",
  CONTENT: "staff:content",
  PARTNERS: "staff:partners",
  AUDIT: "staff:audit",
  DEVELOPMENT: "staff:development",
} as const satisfies Record<string, StoredStaffScope>;

/** Resolver map to spread: the executor translates in both directions. */
export const enumResolvers = {
  AuditCategory: auditCategory,
  AuditCategoryFilter: auditCategory,
  AuditOutcome: auditOutcome,
  AuditOutcomeFilter: auditOutcome,
  CompanyPermission: companyPermission,
  CompanyRole: companyRole,
  CompanyRoleInput: companyRole,
  CompanyStatus: companyStatus,
  CompanyStatusFilter: companyStatus,
  ListedOperationType: listedOperationType,
  OperationListStatus: operationListStatus,
  PartnerScope: partnerScope,
  PartnerScopeInput: partnerScope,
  PaymentTerms: paymentTerms,
  PaymentTermsInput: paymentTerms,
  SpendingPeriod: spendingPeriod,
  SpendingPeriodInput: spendingPeriod,
  StaffScope: { ALL: adminScope, ...staffArea } as const,
  StaffScopeInput: staffArea,
  UserRole: userRole,
  UserRoleFilter: userRole,
};
