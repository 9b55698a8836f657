import { anonymousViewer, serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { type CompanyDocument } from "../src/models/company.ts";
import { type MembershipDocument } from "../src/models/membership.ts";
import { type UserDocument } from "../src/models/user.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, newId, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

// Commands are counted here: nobody looks for mail to send meanwhile.
const users = startUsers({ mailIntervalMs: 60_000 });
const admin = fakeViewer("admin");

let company: CompanyDocument;
let boss: UserDocument;
let approver: UserDocument;
let buyer: UserDocument;
let rival: UserDocument;
let membership: MembershipDocument;

beforeAll(async () => {
  const { models } = users;
  company = await fakeCompany(models);
  [boss, approver, buyer, rival] = [
    await fakeUser(models),
    await fakeUser(models),
    await fakeUser(models),
    await fakeUser(models),
  ];
  await fakeMembership(models, { user: boss, company, role: "company_admin" });
  await fakeMembership(models, { user: approver, company, role: "approver" });
  const spendingLimit = { amount: 100_000, currency: "EUR" };
  membership = await fakeMembership(models, { user: buyer, company, spendingLimit });
  await fakeMembership(models, { user: rival, company: await fakeCompany(models), role: "company_admin" });
});

const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on CompanyMembership { id nodeId role permissions spendingPeriod spendingLimit { amount } user { id } company { id } } } }`;

const reference = (id: string) => ({ __typename: "CompanyMembership", id });

const entityFor = async (viewer: Viewer) => {
  const variables = { representations: [reference(hex(membership))] };
  const data = await users.subgraph.expectData<{ _entities: unknown[] }>({ query, variables, viewer });
  return data._entities[0];
};

describe("CompanyMembership", () => {
  it("is seen by the person, by who manages members, by staff and by our own programs", async () => {
    for (const viewer of [viewerOf(buyer), viewerOf(boss), admin, serviceViewer(testTenant, [])]) {
      await expect(entityFor(viewer)).resolves.toEqual({
        id: hex(membership),
        nodeId: Buffer.from(`CompanyMembership:${hex(membership)}`).toString("base64url"),
        role: "BUYER",
        permissions: ["ORDER_PLACE"],
        spendingPeriod: "MONTH",
        spendingLimit: { amount: "1000.00" },
        user: { id: hex(buyer) },
        company: { id: hex(company) },
      });
    }
  });

  it("is nothing for other members, for who manages another company, for visitors and in another shop", async () => {
    const visitor = anonymousViewer(testTenant);
    for (const viewer of [viewerOf(approver), viewerOf(rival), visitor, fakeViewer("admin", "other")]) {
      await expect(entityFor(viewer)).resolves.toBeNull();
    }
  });

  it("believes the stored role, not the scopes of a token", async () => {
    const viewer = { ...viewerOf(approver), companyId: hex(company), scopes: ["members:manage"] };
    await expect(entityFor(viewer)).resolves.toBeNull();
  });

  it("shows what each role allows", async () => {
    const data = await users.subgraph.expectData({
      query: "query ($id: ID!) { company(id: $id) { members { nodes { role permissions } } } }",
      variables: { id: hex(company) },
      viewer: viewerOf(boss),
    });
    expect(data).toEqual({
      company: {
        members: {
          nodes: [
            {
              role: "COMPANY_ADMIN",
              permissions: ["ORDER_PLACE", "ORDER_READ_ALL", "ORDER_APPROVE", "MEMBER_MANAGE", "COMPANY_MANAGE"],
            },
            { role: "APPROVER", permissions: ["ORDER_PLACE", "ORDER_READ_ALL", "ORDER_APPROVE"] },
            { role: "BUYER", permissions: ["ORDER_PLACE"] },
          ],
        },
      },
    });
  });

  it("resolves 100 references with one database command, and one for whose they are", async () => {
    const many: MembershipDocument[] = [];
    for (let n = 0; n < 100; n += 1)
      many.push(await fakeMembership(users.models, { user: { _id: newId() }, company: { _id: company._id } }));
    const run = (viewer: Viewer) =>
      commandsOf(users.resources.mongo, () =>
        users.subgraph.expectData<{ _entities: { id: string }[] }>({
          query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on CompanyMembership { id } } }`,
          variables: { representations: many.map((one) => reference(hex(one))) },
          viewer,
        }),
      );
    const find = { name: "find", collection: "memberships" };
    const managed = await run(viewerOf(boss));
    expect(managed.result._entities.map(({ id }) => id)).toEqual(many.map(hex));
    expect(managed.commands).toEqual([find, find]);
    expect((await run(admin)).commands).toEqual([find]);
    expect((await run(anonymousViewer(testTenant))).commands).toEqual([]);
  });

  it("is null for references that are no ids or name nothing", async () => {
    const variables = { representations: [reference("nonsense"), reference(newId().toHexString())] };
    await expect(users.subgraph.expectData({ query, variables, viewer: admin })).resolves.toEqual({
      _entities: [null, null],
    });
  });

  it("is read from an index, and a list of people costs no more commands when it is longer", async () => {
    const client = users.resources.mongo.connection.getClient();
    const deep = `query ($first: Int) { users(first: $first) { nodes { memberships { company { name } user { email } } } } }`;
    const { commands } = await captureQueries(client, async () => {
      await entityFor(viewerOf(boss));
      await users.subgraph.expectData({ query: deep, variables: { first: 2 }, viewer: admin });
    });
    await expect(explainProblems(client, commands)).resolves.toEqual([]);
    const lengths: number[] = [];
    for (const first of [2, 4]) {
      const run = () => users.subgraph.expectData({ query: deep, variables: { first }, viewer: admin });
      lengths.push((await commandsOf(users.resources.mongo, run)).commands.length);
    }
    // Users, memberships, companies below, companies, and the users of the memberships.
    expect(lengths).toEqual([5, 5]);
  });
});
