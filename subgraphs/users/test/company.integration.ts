import { anonymousViewer, serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { type CompanyDocument } from "../src/models/company.ts";
import { type UserDocument } from "../src/models/user.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, newId, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

// Commands are counted here: nobody looks for mail to send meanwhile.
const users = startUsers({ mailIntervalMs: 60_000 });
const admin = fakeViewer("admin");

let top: CompanyDocument;
let child: CompanyDocument;
let secondChild: CompanyDocument;
let boss: UserDocument;
let buyer: UserDocument;
let outsider: UserDocument;
let supplier: UserDocument;

beforeAll(async () => {
  const { models } = users;
  top = await fakeCompany(models, { name: "Alpha Top", taxId: "CH 100" });
  const below = { parentId: top._id, path: [top._id] };
  child = await fakeCompany(models, { name: "Beta Child", ...below });
  secondChild = await fakeCompany(models, { name: "Gamma Child", ...below });
  boss = await fakeUser(models);
  buyer = await fakeUser(models);
  outsider = await fakeUser(models);
  supplier = await fakeUser(models, { role: "supplier" });
  await fakeMembership(models, { user: boss, company: top, role: "company_admin" });
  await fakeMembership(models, { user: boss, company: child, role: "buyer" });
  await fakeMembership(models, { user: buyer, company: top });
  await fakeMembership(models, { user: outsider, company: await fakeCompany(models), role: "company_admin" });
  await fakeMembership(models, { user: supplier, company: await fakeCompany(models), role: "company_admin" });
});

const fields = `id nodeId name taxId status paymentTerms createdAt addresses { city } creditLimit { amount currencyCode }`;
const byId = `query ($id: ID!) { company(id: $id) { ${fields} } }`;
const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Company { ${fields} } } }`;

const read = async (viewer: Viewer, company = top) => {
  const representations = [{ __typename: "Company", id: hex(company) }];
  const [direct, entity] = await Promise.all([
    users.subgraph.execute({ query: byId, variables: { id: hex(company) }, viewer }),
    users.subgraph.execute<{ _entities: unknown[] }>({ query: entities, variables: { representations }, viewer }),
  ]);
  return {
    direct: direct.data?.company,
    entity: entity.data?._entities[0],
    codes: [direct, entity].map(({ errors }) => errors?.[0]?.extensions.code),
  };
};

const whole = () => ({
  id: hex(top),
  nodeId: Buffer.from(`Company:${hex(top)}`).toString("base64url"),
  name: "Alpha Top",
  taxId: "CH 100",
  status: "ACTIVE",
  paymentTerms: "NET_30",
  createdAt: top.createdAt.toISOString(),
  addresses: [{ city: "Vienna" }],
  creditLimit: { amount: "50000.00", currencyCode: "EUR" },
});

describe("company", () => {
  it("is whole for members, staff and our own programs, directly and as an entity", async () => {
    for (const viewer of [viewerOf(boss), viewerOf(buyer), admin, serviceViewer(testTenant, [])]) {
      await expect(read(viewer)).resolves.toEqual({ direct: whole(), entity: whole(), codes: [undefined, undefined] });
    }
  });

  it("is nothing for members of other companies, suppliers, and staff of another shop", async () => {
    for (const viewer of [viewerOf(outsider), viewerOf(supplier), fakeViewer("admin", "other")]) {
      await expect(read(viewer)).resolves.toEqual({ direct: null, entity: null, codes: [undefined, undefined] });
    }
  });

  it("is nothing for visitors, who are asked to sign in", async () => {
    await expect(read(anonymousViewer(testTenant))).resolves.toEqual({
      direct: null,
      entity: null,
      codes: ["UNAUTHENTICATED", undefined],
    });
  });

  it("believes memberships, not the company that a token names", async () => {
    const viewer = { ...viewerOf(outsider), companyId: hex(top), scopes: ["company:manage"] };
    await expect(read(viewer)).resolves.toMatchObject({ direct: null, entity: null });
  });

  it("refuses what is no id, and is null as an entity", async () => {
    const answer = await users.subgraph.execute({ query: byId, variables: { id: "nonsense" }, viewer: admin });
    expect(answer).toMatchObject({ data: { company: null }, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    const representations = ["nonsense", newId().toHexString()].map((id) => ({ __typename: "Company", id }));
    await expect(
      users.subgraph.expectData({ query: entities, variables: { representations }, viewer: admin }),
    ).resolves.toEqual({ _entities: [null, null] });
  });

  it("resolves 100 references with one database command, and one for whose they are", async () => {
    const many = await Promise.all(Array.from({ length: 100 }, () => fakeCompany(users.models)));
    for (const company of many) await fakeMembership(users.models, { user: outsider, company });
    const representations = many.map((company) => ({ __typename: "Company", id: hex(company) }));
    const run = (viewer: Viewer) =>
      commandsOf(users.resources.mongo, () =>
        users.subgraph.expectData<{ _entities: { name: string }[] }>({
          query: entities,
          variables: { representations },
          viewer,
        }),
      );
    const names = many.map(({ name }) => name);
    const own = await run(viewerOf(outsider));
    expect(own.result._entities.map(({ name }) => name)).toEqual(names);
    expect(own.commands).toEqual([
      { name: "find", collection: "memberships" },
      { name: "find", collection: "companies" },
    ]);
    const staff = await run(admin);
    expect(staff.result._entities.map(({ name }) => name)).toEqual(names);
    expect(staff.commands).toEqual([{ name: "find", collection: "companies" }]);
    const visitor = await run(anonymousViewer(testTenant));
    expect(visitor.commands).toEqual([]);
  });
});

describe("parent and children", () => {
  const query = `query ($id: ID!, $first: Int, $after: String) { company(id: $id) { parent { name }
    children(first: $first, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } } }`;
  const family = async (viewer: Viewer, company: CompanyDocument, page: object = {}) => {
    const variables = { id: hex(company), ...page };
    const data = await users.subgraph.expectData<{ company: Record<string, unknown> }>({ query, variables, viewer });
    return data.company;
  };
  const names = (...list: string[]) => ({ totalCount: list.length, nodes: list.map((name) => ({ name })) });

  it("are all there for staff, by name", async () => {
    await expect(family(admin, top)).resolves.toMatchObject({
      parent: null,
      children: names("Beta Child", "Gamma Child"),
    });
    await expect(family(admin, secondChild)).resolves.toMatchObject({
      parent: { name: "Alpha Top" },
      children: names(),
    });
  });

  it("are all there for who acts for the company, because memberships come down", async () => {
    for (const person of [boss, buyer]) {
      await expect(family(viewerOf(person), top)).resolves.toMatchObject({
        children: names("Beta Child", "Gamma Child"),
      });
      await expect(family(viewerOf(person), secondChild)).resolves.toMatchObject({ parent: { name: "Alpha Top" } });
    }
  });

  it("do not go up: who acts for a child alone sees no parent, and no other child", async () => {
    const person = await fakeUser(users.models);
    await fakeMembership(users.models, { user: person, company: child, role: "company_admin" });
    await expect(family(viewerOf(person), child)).resolves.toMatchObject({ parent: null, children: names() });
    for (const hidden of [top, secondChild]) await expect(family(viewerOf(person), hidden)).resolves.toBeNull();
  });

  it("are paged", async () => {
    const first = await family(admin, top, { first: 1 });
    expect(first.children).toMatchObject({ nodes: [{ name: "Beta Child" }], pageInfo: { hasNextPage: true } });
    const { endCursor } = (first.children as { pageInfo: { endCursor: string } }).pageInfo;
    await expect(family(admin, top, { first: 1, after: endCursor })).resolves.toMatchObject({
      children: { nodes: [{ name: "Gamma Child" }], pageInfo: { hasNextPage: false } },
    });
  });
});

describe("members", () => {
  const query = `query ($id: ID!) { company(id: $id) { members { totalCount nodes { role user { id } } } } }`;
  const membersFor = async (viewer: Viewer) => {
    interface Answer {
      company: { members: { totalCount: number; nodes: { role: string; user: { id: string } }[] } };
    }
    const data = await users.subgraph.expectData<Answer>({ query, variables: { id: hex(top) }, viewer });
    expect(data.company.members.totalCount).toBe(data.company.members.nodes.length);
    return data.company.members.nodes;
  };
  const bossMember = () => ({ role: "COMPANY_ADMIN", user: { id: hex(boss) } });
  const buyerMember = () => ({ role: "BUYER", user: { id: hex(buyer) } });

  it("are all there for staff and for who manages members", async () => {
    for (const viewer of [admin, viewerOf(boss)]) {
      await expect(membersFor(viewer)).resolves.toEqual([bossMember(), buyerMember()]);
    }
  });

  it("are the viewer alone for other members", async () => {
    await expect(membersFor(viewerOf(buyer))).resolves.toEqual([buyerMember()]);
  });

  it("takes a page of at most ten inside a list", async () => {
    const nested = "{ companies(first: 2) { nodes { members(first: 11) { nodes { id } } } } }";
    const answer = await users.subgraph.execute({ query: nested, viewer: admin });
    expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});
