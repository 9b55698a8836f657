// The people and companies of the matrix: in the tenant of everybody who asks a company with one above and one below,
// another company, and somebody without; and another tenant.
import { anonymousViewer, serviceViewer, type StaffArea, type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { tokenScopes } from "@tradegraph/users/company-permissions";
import { type CompanyDocument } from "@tradegraph/users/models/company";
import { type MembershipDocument } from "@tradegraph/users/models/membership";
import { type UserDocument } from "@tradegraph/users/models/user";
import { fakeCompany, fakeMembership, fakeUser, newId } from "../../subgraphs/users/test/fakes.ts";
import { type InProcessGraph } from "./in-process-graph.ts";
import { type Relation, type Role } from "./roles.ts";

/** The tenant of everybody who asks, and the other one. */
export const homeTenant = testTenant;
export const otherTenant = "umbra";

/** Companies by how they stand to who acts for `company`. */
export type Companies = Record<Exclude<Relation, "own" | "other">, CompanyDocument>;

/** Somebody who has things. */
export interface Owner {
  tenantId: string;
  user: UserDocument;
  company?: CompanyDocument;
  membership?: MembershipDocument;
}

/** Somebody who asks. */
export interface Actor extends Partial<Owner> {
  role: Role;
  viewer: Viewer;
}

type UserModels = InProcessGraph["models"]["users"];

/** Every company has one below and is below another or at the top, so that no field of a tree is empty for all. */
export async function createCompanies(models: UserModels): Promise<Companies> {
  const below = (parent: CompanyDocument, tenantId = homeTenant) =>
    fakeCompany(models, { parentId: parent._id, path: [...parent.path, parent._id] }, tenantId);
  const parent = await fakeCompany(models);
  const company = await below(parent);
  const child = await below(company);
  const otherCompany = await below(await fakeCompany(models));
  const foreign = await below(await fakeCompany(models, {}, otherTenant), otherTenant);
  await Promise.all([below(child), below(otherCompany), below(foreign, otherTenant)]);
  return { company, parent, child, otherCompany, otherTenant: foreign };
}

type CompanyRole = MembershipDocument["role"];

export async function createMember(
  models: UserModels,
  company: CompanyDocument,
  role: CompanyRole = "buyer",
  overrides: Parameters<typeof fakeUser>[1] = {},
): Promise<Owner & { membership: MembershipDocument }> {
  const { tenantId } = company;
  const user = await fakeUser(models, { ...complete, ...overrides }, tenantId);
  const spendingLimit = { amount: 1_000_000, currency: "EUR" };
  const membership = await fakeMembership(models, { user, company, role, spendingLimit }, tenantId);
  return { tenantId, user, company, membership };
}

/** Fields that not everybody has, so that an empty field always means "not for you". */
const complete = {
  emailVerifiedAt: new Date(),
  staffScopes: ["staff:content" as const],
  sellerProfile: { shopName: "Bolts and more", description: "Bolts.", logo: "/logo.png", since: new Date() },
};

async function createPerson(models: UserModels, overrides: Parameters<typeof fakeUser>[1] = {}): Promise<Owner> {
  const user = await fakeUser(models, { ...complete, ...overrides });
  return { tenantId: homeTenant, user };
}

/** Somebody who stands so to who asks, with an account of their own. */
export function createOwner(
  models: UserModels,
  companies: Companies,
  relation: Relation,
  actor: Actor,
): Promise<Owner> {
  if (relation === "own") return Promise.resolve(actor as Owner);
  if (relation === "other") return createPerson(models);
  return createMember(models, companies[relation]);
}

const companyRoles: Partial<Record<Role, CompanyRole>> = {
  buyer: "buyer",
  approver: "approver",
  companyAdmin: "company_admin",
  parentAdmin: "company_admin",
};

const areas: Partial<Record<Role, StaffArea>> = {
  staffCatalogue: "catalogue",
  staffOrders: "orders",
  staffUsers: "users",
  staffContent: "content",
  staffPartners: "partners",
  staffAudit: "audit",
};

const serviceScopes: Partial<Record<Role, string>> = {
  serviceStock: "stock",
  serviceSpending: "spending",
  serviceSessions: "sessions",
  serviceApiKeys: "api-keys",
  serviceAudit: "audit",
};

/** A new person of this role, with a session; for roles that are no person what the gateway would make of them. */
export async function createActor(models: UserModels, companies: Companies, role: Role): Promise<Actor> {
  const tenantId = homeTenant;
  if (role === "anonymous") return { role, viewer: anonymousViewer(tenantId) };
  if (role.startsWith("service")) {
    const scope = serviceScopes[role];
    return { role, viewer: serviceViewer(tenantId, scope === undefined ? [] : [scope]) };
  }
  const sessionId = newId().toHexString();
  if (role === "partnerCatalogue" || role === "partnerOrders") {
    const scopes = [role === "partnerOrders" ? "orders:read-all" : "catalogue:read"];
    const companyId = companies.company._id.toHexString();
    return { role, viewer: { tenantId, role: "partner", partnerId: newId().toHexString(), companyId, scopes } };
  }
  const companyRole = companyRoles[role];
  if (companyRole) {
    const member = await createMember(
      models,
      role === "parentAdmin" ? companies.parent : companies.company,
      companyRole,
    );
    // Acts for the company in both cases: what somebody is above comes down.
    const companyId = companies.company._id.toHexString();
    const scopes = tokenScopes("customer", { role: companyRole, status: "active" });
    const viewer = { tenantId, role: "customer", companyId, scopes, sessionId } as const;
    return { ...member, role, company: companies.company, viewer: { ...viewer, userId: idOf(member.user) } };
  }
  if (role === "customer" || role === "supplier") {
    const person = await createPerson(models, { role });
    return { ...person, role, viewer: { tenantId, role, userId: idOf(person.user), scopes: [], sessionId } };
  }
  const area = areas[role];
  const scopes = area === undefined ? ["admin"] : [`staff:${area}`];
  // Staff without limits have none by name.
  const person = await createPerson(models, { role: "admin", staffScopes: area && [`staff:${area}`] });
  return { ...person, role, viewer: { tenantId, role: "admin", userId: idOf(person.user), scopes, sessionId } };
}

export const idOf = ({ _id }: { _id: { toHexString: () => string } }): string => _id.toHexString();
