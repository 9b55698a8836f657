// Who asks, and how what is asked for stands to who asks: the two sides of every cell of the matrix. Plain data, so that
// the page in docs/ is written from it without anything running.

/** Everybody who may send a request: people by what they are, partners by what their key allows, our own programs. */
export const roles = {
  anonymous: "visitor",
  customer: "customer without company",
  buyer: "buyer of a company",
  approver: "approver of a company",
  companyAdmin: "administrator of a company",
  parentAdmin: "administrator of the company above, acting for the company",
  supplier: "supplier",
  admin: "staff without limits",
  staffCatalogue: "staff, catalogue",
  staffOrders: "staff, orders",
  staffUsers: "staff, users",
  staffContent: "staff, content",
  staffPartners: "staff, partners",
  staffAudit: "staff, audit",
  partnerCatalogue: "partner whose key reads the catalogue",
  partnerOrders: "partner whose key reads orders",
  service: "program of ours without a scope",
  serviceStock: "program of ours that reserves stock",
  serviceSpending: "program of ours that asks for limits",
  serviceSessions: "program of ours that asks for sessions",
  serviceApiKeys: "program of ours that asks for keys",
  serviceAudit: "program of ours that writes audit entries",
} as const;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as Role[];

const members = "buyer approver companyAdmin parentAdmin";
const customers = `customer ${members}`;
const staff = "admin staffCatalogue staffOrders staffUsers staffContent staffPartners staffAudit";
const partners = "partnerCatalogue partnerOrders";
const services = "service serviceStock serviceSpending serviceSessions serviceApiKeys serviceAudit";

/** Names for several roles at once. */
const groups: Readonly<Record<string, string>> = {
  members,
  customers,
  managers: "companyAdmin parentAdmin",
  readers: "approver companyAdmin parentAdmin",
  staff,
  accounts: `${customers} supplier ${staff}`,
  partners,
  services,
  everybody: roleNames.join(" "),
};

/** @throws Error for a name that is neither a role nor a group */
export function rolesOf(names: string): Role[] {
  return names.split(" ").flatMap((name) => {
    if (Object.hasOwn(roles, name)) return [name as Role];
    const group = Object.hasOwn(groups, name) ? groups[name] : undefined;
    if (group === undefined) throw new Error(`There is no role or group "${name}".`);
    return rolesOf(group);
  });
}

/** How a thing stands to who asks for it; the letter stands for it in the page. */
export const relations = {
  own: { letter: "O", text: "one's own" },
  company: { letter: "C", text: "of another person of the company acted for" },
  child: { letter: "D", text: "of a company below" },
  parent: { letter: "U", text: "of the company above" },
  otherCompany: { letter: "X", text: "of another company" },
  other: { letter: "S", text: "of somebody else, or of the shop" },
  otherTenant: { letter: "T", text: "of another tenant" },
} as const;

export type Relation = keyof typeof relations;

/** Roles for which there is something of one's own, of each kind. */
interface Kind {
  relations: readonly Relation[];
  /** Who has one of their own; everybody else has no such cell. */
  owners?: string;
}

const company = ["company", "child", "parent", "otherCompany"] as const;
const ofBuyers: Kind = { relations: ["own", ...company, "other", "otherTenant"], owners: customers };
const ofShop: Kind = { relations: ["other", "otherTenant"] };
const ofAccounts: Kind = { relations: ["own", "other", "otherTenant"], owners: "accounts" };
const ofCompanies: Kind = { relations: [...company, "otherTenant"] };

/** Kinds of things, and how they may stand to who asks. */
export const kinds = {
  /** Operations that are about no thing in particular. */
  nothing: { relations: ["other"] },
  self: { relations: ["own"] },
  cart: ofBuyers,
  cartLine: ofBuyers,
  quote: ofBuyers,
  order: { ...ofBuyers, owners: `${customers} supplier` },
  waitingOrder: ofBuyers,
  payment: { ...ofBuyers, owners: `${customers} supplier` },
  product: { relations: ["own", "other", "otherTenant"], owners: "supplier" },
  inventory: { relations: ["own", "other", "otherTenant"], owners: "supplier" },
  category: ofShop,
  store: ofShop,
  priceList: ofShop,
  reservation: ofShop,
  slide: ofShop,
  hiddenSlide: ofShop,
  page: ofShop,
  review: ofShop,
  pendingReview: ofAccounts,
  user: { relations: ["own", ...company, "otherCompany", "other", "otherTenant"], owners: "accounts" },
  account: ofShop,
  closedUser: ofShop,
  staffAccount: ofShop,
  closedStaffAccount: ofShop,
  session: ofAccounts,
  link: ofAccounts,
  resetLink: ofAccounts,
  company: ofCompanies,
  membership: { relations: ["own", ...company, "otherTenant"], owners: members },
  inheritedMembership: { relations: ["own", "child", "otherCompany", "otherTenant"], owners: members },
  invitation: ofCompanies,
  ownInvitation: ofAccounts,
  partner: ofShop,
  apiKey: ofShop,
  operationList: ofShop,
  pendingOperationList: ofShop,
  auditEntry: ofShop,
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;

/** The relations that a cell of this role may have. */
export function relationsFor(name: KindName, role: Role): Relation[] {
  const kind: Kind = kinds[name];
  const owners = kind.owners === undefined ? roleNames : rolesOf(kind.owners);
  return [...new Set(kind.relations)].filter((relation) => relation !== "own" || owners.includes(role));
}
