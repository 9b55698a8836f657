// What keyset-walk.integration.ts walks through: people, companies, memberships, partners and audit entries whose sort
// keys are mostly equal, and every list of them.
import { seedRandom } from "@tradegraph/kit/seed-random";
import { ordersBy, type Walk, type WalkedOrder } from "@tradegraph/testkit/keyset-walk";
import { type WalkedCollection, type WalkedDocument } from "@tradegraph/testkit/walked-documents";
import { Types } from "mongoose";
import { partnerFields, partnerStaff } from "./fake-partner.ts";
import { companyFields, fakeViewer, newId, userFields } from "./fakes.ts";

export type Collection = "users" | "companies" | "memberships" | "partners" | "auditLog";

const random = seedRandom("keyset-walk", "users", 1);
const admin = fakeViewer("admin");
const manager = fakeViewer("customer");
/** Acts for some of the companies, which come out of memory. */
const customer = fakeViewer("customer");
const group = newId();
const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));

/** Companies of the customer: those that are there, and those that will be. */
const own = Array.from({ length: 400 }, newId);
const ownIds = new Set(own.map(String));
/** What models fill in by themselves; walked documents go past them. */
const noOutbox = { outbox: [], hasOutbox: false };
const settled = { ...noOutbox, openChanges: [], isUnsettled: false };
const membershipOf = (userId: Types.ObjectId | string | undefined, companyId: Types.ObjectId) => ({
  userId: new Types.ObjectId(userId),
  companyId,
  role: "buyer",
  spendingPeriod: "month",
  hasSlots: false,
  ...noOutbox,
});

const passwordHash = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2g";
let comingOwn = 0;

/** Many ties: a handful of values for every sort key but the address, which is unique. */
export const collections: Record<Collection, Omit<WalkedCollection, "model">> = {
  users: {
    size: 5_000,
    make: () => ({
      ...userFields({
        email: `${random.pick(["Anna", "anna", "Zoe"])}.${newId().toHexString()}@Example.com`,
        role: random.pick(["admin", "customer", "customer", "supplier"]),
        isActive: random.chance(80),
        createdAt: day(random.below(10)),
      }),
      passwordHash,
      ...noOutbox,
    }),
  },
  companies: {
    size: 5_000,
    lasting: [{ ...companyFields(), ...settled, _id: group, parentId: null }],
    make: () => ({
      ...companyFields({
        name: `${random.pick(["Alba", "alba", "Berg", "Ünit"])} ${random.below(4)}`,
        status: random.pick(["active", "active", "pending", "suspended"]),
        createdAt: day(random.below(10)),
        ...(random.chance(50) && { parentId: group, path: [group] }),
      }),
      ...settled,
      ...(random.chance(3) && { _id: own[(comingOwn += 1)] ?? newId() }),
    }),
  },
  memberships: {
    size: 5_000,
    lasting: [
      ...own.map((companyId) => membershipOf(customer.userId, companyId)),
      { ...membershipOf(manager.userId, group), role: "company_admin" },
    ],
    make: () => membershipOf(newId(), random.chance(50) ? group : newId()),
  },
  partners: {
    size: 300,
    make: () => ({
      ...partnerFields({ name: `${random.pick(["Alba", "alba", "Berg", "Ünit"])} ${newId().toHexString()}` }),
      ...{ isActive: true, ...noOutbox },
    }),
  },
  auditLog: {
    size: 3_000,
    make: () => ({
      ...{ eventId: newId().toHexString(), at: day(random.below(10)), expiresAt: day(4_000), source: "users" },
      ...{ category: random.pick(["write", "access", "security"]), outcome: random.pick(["success", "refused"]) },
      ...{ action: random.pick(["login", "company.created"]), entityTypes: [], changes: [] },
      actor: { role: "customer", userId: random.chance(30) ? customer.userId : newId().toHexString() },
      subject: { type: "Company", id: random.chance(30) ? group.toHexString() : newId().toHexString() },
    }),
  },
};

interface Part {
  name: string;
  filter?: Record<string, unknown>;
  matches: (document: WalkedDocument) => boolean;
}
interface Sorted {
  by: string;
  sort?: { key: string; direction: "ASC" | "DESC" };
  order: WalkedOrder;
}

const byDate: WalkedOrder["key"] = ({ createdAt }) => createdAt;
const byName: WalkedOrder["key"] = ({ nameSort }) => nameSort as string;

const userSorts: Sorted[] = [
  { by: "as they come", order: { key: byDate, direction: -1 } },
  ...ordersBy({ CREATED_AT: byDate, EMAIL: ({ emailLower }) => emailLower as string }),
];
const userParts: Part[] = [
  { name: "users", matches: () => true },
  { name: "suppliers", filter: { role: "SUPPLIER" }, matches: ({ role }) => role === "supplier" },
  { name: "users of closed accounts", filter: { isActive: false }, matches: ({ isActive }) => isActive === false },
  {
    name: "active customers",
    filter: { role: "CUSTOMER", isActive: true },
    matches: ({ role, isActive }) => role === "customer" && isActive === true,
  },
];

const companySorts: Sorted[] = [
  { by: "as they come", order: { key: byName, direction: 1 } },
  ...ordersBy({ CREATED_AT: byDate, NAME: byName }),
];
const isActive: Part["matches"] = ({ status }) => status === "active";
const isAlba: Part["matches"] = ({ nameSort }) => (nameSort as string).startsWith("alba");
const companyParts: Part[] = [
  { name: "companies", matches: () => true },
  { name: "active companies", filter: { status: "ACTIVE" }, matches: isActive },
  { name: "companies by the start of the name", filter: { namePrefix: " ALba" }, matches: isAlba },
  {
    name: "active companies by the start of the name",
    filter: { status: "ACTIVE", namePrefix: "alba" },
    matches: (company) => isActive(company) && isAlba(company),
  },
];

/** One for each index that may lead, and more conditions on what it finds. */
const auditParts: Part[] = [
  { name: "audit entries", matches: () => true },
  { name: "refusals", filter: { outcome: "REFUSED" }, matches: ({ outcome }) => outcome === "refused" },
  { name: "writes", filter: { category: "WRITE" }, matches: ({ category }) => category === "write" },
  { name: "sign-ins", filter: { action: "login" }, matches: ({ action }) => action === "login" },
  {
    name: "entries about one thing",
    filter: { subjectId: group.toHexString() },
    matches: ({ subject }) => (subject as { id: string }).id === group.toHexString(),
  },
  ...[{}, { category: "ACCESS" }].map((more): Part => ({
    name: `entries of one person ${JSON.stringify(more)}`,
    filter: { userId: customer.userId, ...more },
    matches: ({ actor, category }) =>
      (actor as { userId: string }).userId === customer.userId && (!("category" in more) || category === "access"),
  })),
  {
    name: "entries of some days",
    filter: { from: day(2).toISOString(), to: day(7).toISOString() },
    matches: ({ at }) => (at as Date) >= day(2) && (at as Date) < day(7),
  },
];

const isOwn: Part["matches"] = ({ _id }) => ownIds.has(_id.toHexString());
const inGroup: Part["matches"] = ({ parentId }) => group.equals(parentId as Types.ObjectId | null);
const forCustomer = { viewer: customer, of: "of a customer" };
const forAdmin = { viewer: admin, of: "for staff" };

const argumentsOf = ({ filter }: Part, { sort }: Sorted) => ({
  arguments: { ...(filter && { filter }), ...(sort && { sort }) },
});

export const walks: Walk<Collection>[] = [
  {
    name: "partners by name",
    connection: "Query.partners",
    viewer: partnerStaff(),
    collection: "partners",
    matches: () => true,
    key: byName,
    direction: 1,
    pageSize: 20,
  },
  ...auditParts.map((part): Walk<Collection> => ({
    ...(part.filter && { arguments: { filter: part.filter } }),
    name: part.name,
    connection: "Query.auditEntries",
    viewer: admin,
    collection: "auditLog",
    matches: part.matches,
    key: ({ at }) => at as Date,
    direction: -1,
    pageSize: 40,
  })),
  // First, while there are companies left that will be the customer's.
  ...[forCustomer, forAdmin].flatMap(({ viewer, of }): Walk<Collection>[] => [
    ...companyParts.flatMap((part) =>
      companySorts.map((sorted) => ({
        ...sorted.order,
        ...argumentsOf(part, sorted),
        name: `${part.name} ${of} ${sorted.by}`,
        connection: "Query.companies",
        viewer,
        collection: "companies" as const,
        matches: (company: WalkedDocument) => part.matches(company) && (viewer === admin || isOwn(company)),
        pageSize: viewer === admin ? 100 : 6,
      })),
    ),
    {
      name: `companies below one ${viewer === admin ? of : "of who runs it"}`,
      connection: "Company.children",
      of: group,
      viewer: viewer === admin ? admin : manager,
      collection: "companies",
      matches: inGroup,
      key: byName,
      direction: 1,
      pageSize: 100,
    },
  ]),
  ...[
    { viewer: manager, of: "for who manages them" },
    { viewer: admin, of: "for staff" },
  ].map(({ viewer, of }): Walk<Collection> => ({
    name: `members of a company ${of}`,
    connection: "Company.members",
    of: group,
    viewer,
    collection: "memberships",
    matches: ({ companyId }) => group.equals(companyId as Types.ObjectId),
    key: ({ _id }) => _id.toHexString(),
    direction: 1,
    pageSize: 100,
  })),
  ...userParts.flatMap((part) =>
    userSorts.map((sorted): Walk<Collection> => ({
      ...sorted.order,
      ...argumentsOf(part, sorted),
      name: `${part.name} ${sorted.by}`,
      connection: "Query.users",
      viewer: admin,
      collection: "users",
      matches: part.matches,
      pageSize: 100,
    })),
  ),
];
