// P9: whatever changes an answer tells one of the tags that the answer said it has read, at once and in the outbox.
import { outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { seedRandom, type SeedRandom } from "@tradegraph/kit/seed-random";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { expectToldOf } from "@tradegraph/testkit/tag-completeness";
import { type Execution } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { type Models } from "../src/models.ts";
import { companyFields, fakeCompany, fakeMembership, fakeUser, hex, userFields, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

type World = Awaited<ReturnType<typeof createWorld>>;

const roles = ["buyer", "approver", "company_admin"] as const;

/** A group of firms with its people, in a tenant of its own. */
async function createWorld(models: Models, tenantId: string, random: SeedRandom) {
  const company = (fields = {}) => fakeCompany(models, fields, tenantId);
  const top = await company({ name: "Top" });
  const below = await company({ name: "Below", parentId: top._id, path: [top._id] });
  const lowest = await company({ name: "Lowest", parentId: below._id, path: [top._id, below._id] });
  const companies = [top, below, lowest, await company({ name: "Other" })] as const;
  const people = await Promise.all(
    [0, 1, 2, 3].map((n) =>
      fakeUser(
        models,
        {
          ...(n === 3 && { role: "admin" as const }),
          ...(n === 2 && { sellerProfile: { shopName: "Shop", since: new Date() } as never }),
        },
        tenantId,
      ),
    ),
  );
  const memberships = await Promise.all(
    people.map((user, n) =>
      fakeMembership(models, { user, company: companies[n % 3] ?? top, role: random.pick(roles) }, tenantId),
    ),
  );
  return { models, tenantId, companies, people, memberships };
}

function questions({ tenantId, companies, people, memberships }: World, random: SeedRandom): Execution[] {
  const viewer = random.pick([anonymousViewer(tenantId), ...people.map(viewerOf), ...people.map(viewerOf)]);
  const [company, person] = [random.pick(companies), random.pick(people)];
  const membership =
    "id held: role permissions user { id firstName } company { id name } inheritedFrom { id name } spendingLimit { amountMinor } spendingPeriod";
  const shown = "id name status parent { name } paymentTerms creditLimit { amountMinor }";
  const account =
    "id email firstName lastName role isActive lastLogin emailVerifiedAt sellerProfile { shopName } phone address { city }";
  const direction = random.pick(["ASC", "DESC"]);
  const admin = viewerOf(people[3] ?? person);
  return [
    { viewer, query: `{ me { ${account} memberships { ${membership} } } }` },
    {
      viewer,
      query: `{ companies(first: 2, sort: { key: ${random.pick(["NAME", "CREATED_AT"])}, direction: ${direction} }) { nodes { ${shown} } totalCount } company(id: "${hex(company)}") { ${shown} children(first: 2) { nodes { name } totalCount } members(first: 2) { nodes { ${membership} } totalCount } invitations { email } } }`,
    },
    {
      viewer: admin,
      query: `{ users(first: 2, filter: { ${random.pick(["role: CUSTOMER", "isActive: true", `email: "${person.email}"`])} }, sort: { key: ${random.pick(["EMAIL", "CREATED_AT"])}, direction: ${direction} }) { nodes { ${account} } totalCount } companies(filter: { status: ACTIVE }, first: 2) { nodes { name } totalCount } }`,
    },
    {
      viewer,
      query: `query ($r: [_Any!]!) { _entities(representations: $r) {
        ... on User { ${account.replace(/ phone.*/, "")} } ... on Company { ${shown} children(first: 1) { nodes { name } totalCount } members(first: 1) { nodes { held: role } totalCount } }
        ... on CompanyMembership { ${membership} } } }`,
      variables: {
        r: [
          ...people.map((one) => ({ __typename: "User", id: hex(one) })),
          ...companies.map((one) => ({ __typename: "Company", id: hex(one) })),
          ...memberships.map((one) => ({ __typename: "CompanyMembership", id: hex(one) })),
          ...companies.map((one) => ({
            __typename: "CompanyMembership",
            id: `${hex(memberships[0] ?? one)}-${hex(one)}`,
          })),
        ],
      },
    },
  ];
}

function change({ models, tenantId, companies, people, memberships }: World, random: SeedRandom): Promise<unknown> {
  const one = { _id: random.pick(people)._id };
  const firm = { _id: random.pick(companies)._id };
  const bond = { _id: random.pick(memberships)._id };
  const [above, below] = [random.pick(companies), random.pick(companies)];
  const entry = () => withOutbox(outboxEntry("account.changed", { role: "service" }));
  const quiet = { timestamps: random.chance(50) };
  const name = `N${random.below(99)}`;
  const changes: (() => PromiseLike<unknown>)[] = [
    () => models.User.updateOne(one, { $set: { firstName: name } }, quiet),
    () => models.User.updateOne(one, { $set: { lastLogin: new Date(random.below(1e9)) } }, quiet),
    () => models.User.updateOne(one, { $set: { isActive: random.chance(50), leavingUntil: new Date() } }, quiet),
    () => models.User.updateOne(one, { $set: { role: random.pick(["customer", "supplier", "admin"]) } }, quiet),
    () => models.User.updateMany({ isActive: true }, { $set: { lastName: name } }, quiet),
    () => models.User.updateOne(one, { $set: { "sellerProfile.shopName": name } }, quiet),
    () => models.User.updateOne(one, { $unset: { phone: 1 } }, quiet),
    () => models.User.updateOne(one, { $set: { emailLower: `${name}@x.example`.toLowerCase() } }, quiet),
    () => models.User.create({ ...userFields({}, tenantId), passwordHash: people[0]?.passwordHash, ...entry() }),
    () => models.User.deleteOne(one),
    () => models.Company.updateOne(firm, { $set: { name, nameSort: name.toLowerCase() } }, quiet),
    () => models.Company.updateOne(firm, { $set: { status: random.pick(["active", "suspended"]) } }, quiet),
    () => models.Company.updateOne(firm, { $set: { parentId: above._id, path: [above._id] } }, quiet),
    () => models.Company.updateOne(firm, { $set: { parentId: null, path: [] } }, quiet),
    () => models.Company.create({ ...companyFields({ parentId: above._id, path: [above._id] }, tenantId), ...entry() }),
    () => models.Company.deleteOne(firm),
    () => models.Membership.updateOne(bond, { $set: { role: random.pick(roles) } }, quiet),
    () => models.Membership.updateOne(bond, { $set: { companyId: below._id } }, quiet),
    () => models.Membership.updateOne(bond, { $set: { spendingLimit: { amount: 5, currency: "EUR" } } }, quiet),
    () => models.Membership.create({ userId: one._id, companyId: firm._id, role: "company_admin", ...entry() }),
    () => models.Membership.deleteOne(bond),
    () => models.Membership.deleteMany({ userId: one._id }),
    () =>
      models.Membership.updateOne(
        { userId: one._id, companyId: firm._id },
        { $setOnInsert: { role: "buyer" } },
        { upsert: true },
      ),
  ];
  return Promise.resolve(random.pick(changes)());
}

describe("a change of people and firms", () => {
  it("tells every answer that it changes, at once and in the outbox", { timeout: 60_000 }, async () => {
    let changed = 0;
    for (let round = 0; round < 8; round += 1) {
      const tenantId = `shop-${round}`;
      const random = seedRandom(tenantId, "cache tags", 1);
      const world = await createWorld(users.models, tenantId, random);
      const asked = questions(world, random);
      for (let step = 0; step < 5; step += 1) {
        const { connection } = users.resources.mongo;
        const trial = { subgraph: users.subgraph, connection, tenantId, questions: asked };
        const counts = await expectToldOf({ ...trial, change: () => change(world, random) });
        changed += counts.changed;
      }
    }
    expect(changed).toBeGreaterThan(25);
  });
});
