// A membership holds in the companies below, unless there is a nearer one.
import { runForTenant } from "@tradegraph/kit/tenancy";
import { serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { beforeAll, describe, expect, it } from "vitest";
import { effectiveMembership, effectiveMemberships } from "../src/effective-memberships.ts";
import { type CompanyDocument } from "../src/models/company.ts";
import { type MembershipDocument } from "../src/models/membership.ts";
import { type UserDocument } from "../src/models/user.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, newId, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

/** Above, then below it two: one further down, and one beside. */
let top: CompanyDocument;
let middle: CompanyDocument;
let bottom: CompanyDocument;
let beside: CompanyDocument;
let boss: UserDocument;
let ofBoss: MembershipDocument;
let nearer: UserDocument;
let lower: UserDocument;

beforeAll(async () => {
  const { models } = users;
  top = await fakeCompany(models, { name: "Top" });
  middle = await fakeCompany(models, { name: "Middle", parentId: top._id, path: [top._id] });
  bottom = await fakeCompany(models, { name: "Bottom", parentId: middle._id, path: [top._id, middle._id] });
  beside = await fakeCompany(models, { name: "Beside", parentId: top._id, path: [top._id] });
  [boss, nearer, lower] = [await fakeUser(models), await fakeUser(models), await fakeUser(models)];
  ofBoss = await fakeMembership(models, { user: boss, company: top, role: "company_admin" });
  await fakeMembership(models, { user: nearer, company: top, role: "company_admin" });
  await fakeMembership(models, { user: nearer, company: middle, role: "buyer" });
  await fakeMembership(models, { user: lower, company: middle, role: "company_admin" });
});

const inTenant = <T>(work: () => Promise<T>, tenantId = testTenant) => runForTenant(tenantId, work);
const effective = (user: UserDocument, company: { _id: Types.ObjectId }, tenantId = testTenant) =>
  inTenant(() => effectiveMembership(users.models, user._id, company._id), tenantId);

describe("effectiveMembership", () => {
  it("is the nearest: one's own there, or the first above", async () => {
    expect(await effective(boss, top)).toEqual(ofBoss);
    for (const company of [middle, bottom, beside])
      expect(await effective(boss, company)).toMatchObject({
        ...{ _id: ofBoss._id, role: "company_admin", companyId: company._id, inheritedFrom: top._id },
      });
    expect(await effective(nearer, top)).toMatchObject({ role: "company_admin" });
    expect(await effective(nearer, middle)).toMatchObject({ role: "buyer" });
    expect(await effective(nearer, bottom)).toMatchObject({ role: "buyer", inheritedFrom: middle._id });
    expect(await effective(nearer, beside)).toMatchObject({ role: "company_admin", inheritedFrom: top._id });
  });

  it("never goes up or sideways, to other shops, or to companies that are not there", async () => {
    for (const company of [top, beside]) expect(await effective(lower, company)).toBeUndefined();
    expect(await effective(boss, await fakeCompany(users.models))).toBeUndefined();
    expect(await effective(boss, { _id: newId() })).toBeUndefined();
    expect(await effective(boss, top, "other")).toBeUndefined();
    expect(await effective(await fakeUser(users.models), top)).toBeUndefined();
  });
});

describe("effectiveMemberships", () => {
  it("are one's own, then those that come down, each company once", async () => {
    const found = await inTenant(() => effectiveMemberships(users.models, nearer._id));
    expect(found.map(({ companyId, role }) => [String(companyId), role])).toEqual([
      [hex(top), "company_admin"],
      [hex(middle), "buyer"],
      ...[bottom, beside]
        .map((company): [string, string] => [hex(company), company === bottom ? "buyer" : "company_admin"])
        .sort(([a], [b]) => a.localeCompare(b)),
    ]);
    await expect(inTenant(() => effectiveMemberships(users.models, newId()))).resolves.toEqual([]);
  });

  it("are read from indexes, by two commands", async () => {
    const client = users.resources.mongo.connection.getClient();
    const { commands } = await captureQueries(client, async () => {
      await inTenant(() => effectiveMemberships(users.models, boss._id));
      await effective(boss, bottom);
    });
    const own = commands.filter(
      (command) => JSON.stringify(command).includes("memberships") || JSON.stringify(command).includes("companies"),
    );
    expect(own.length).toBeGreaterThanOrEqual(4);
    await expect(explainProblems(client, own)).resolves.toEqual([]);
  });
});

describe("in the graph", () => {
  const memberships = `memberships { id nodeId role company { name } inheritedFrom { name } }`;
  interface Shown {
    id: string;
    nodeId: string;
    role: string;
    company: { name: string };
    inheritedFrom: { name: string } | null;
  }
  const own = async (viewer: Viewer) =>
    (await users.subgraph.expectData<{ me: { memberships: Shown[] } }>({ query: `{ me { ${memberships} } }`, viewer }))
      .me.memberships;

  it("a person's memberships name the company they come down from, and have an id of their own", async () => {
    const shown = await own(viewerOf(boss));
    expect(shown.map(({ company, inheritedFrom }) => [company.name, inheritedFrom?.name ?? null]).sort()).toEqual([
      ["Beside", "Top"],
      ["Bottom", "Top"],
      ["Middle", "Top"],
      ["Top", null],
    ]);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(4);
    expect(new Set(shown.map(({ nodeId }) => nodeId)).size).toBe(4);
  });

  it("those ids are found again by the person and by staff, and by nobody else", async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on CompanyMembership { role company { name } inheritedFrom { name } } } }`;
    const ids = (await own(viewerOf(boss))).map(({ id }) => id);
    const representations = ids.map((id) => ({ __typename: "CompanyMembership", id }));
    const ask = async (viewer: Viewer, of: object[] = representations) =>
      (await users.subgraph.expectData<{ _entities: unknown[] }>({ query, variables: { representations: of }, viewer }))
        ._entities;
    const whole = await ask(viewerOf(boss));
    expect(whole).not.toContain(null);
    expect(await ask(fakeViewer("admin"))).toEqual(whole);
    expect(await ask(serviceViewer(testTenant, []))).toEqual(whole);
    for (const viewer of [viewerOf(lower), fakeViewer("customer"), fakeViewer("admin", "other")])
      expect(await ask(viewer)).toEqual(ids.map(() => null));
    const wrong = [`${hex(ofBoss)}-${hex(await fakeCompany(users.models))}`, `${hex(ofBoss)}-`, `${ids[0] ?? ""}-x-y`];
    const nearerId = (await own(viewerOf(nearer))).find(({ inheritedFrom }) => !inheritedFrom)?.id ?? "";
    const overruled = `${nearerId}-${hex(middle)}`;
    const none = [...wrong, overruled].map((id) => ({ __typename: "CompanyMembership", id }));
    expect(await ask(viewerOf(boss), none)).toEqual([null, null, null, null]);
    expect(await ask(viewerOf(nearer), none)).toEqual([null, null, null, null]);
  });

  it("companies below are seen, listed, and managed as the nearest membership says", async () => {
    const read = async (viewer: Viewer, company: CompanyDocument) => {
      const data = await users.subgraph.expectData<{
        company: { members: { nodes: { user: { id: string } }[] }; invitations: unknown } | null;
      }>({
        query: `query ($id: ID!) { company(id: $id) { invitations { id } members { nodes { user { id } inheritedFrom { name } } } } }`,
        variables: { id: hex(company) },
        viewer,
      });
      return data.company;
    };
    const everybody = [nearer, lower].map((user) => ({ user: { id: hex(user) }, inheritedFrom: null }));
    expect(await read(viewerOf(boss), middle)).toEqual({ invitations: [], members: { nodes: everybody } });
    expect(await read(viewerOf(nearer), bottom)).toEqual({
      invitations: null,
      members: { nodes: [{ user: { id: hex(nearer) }, inheritedFrom: { name: "Middle" } }] },
    });
    for (const company of [top, beside]) expect(await read(viewerOf(lower), company)).toBeNull();
    const list = async (viewer: Viewer) =>
      (
        await users.subgraph.expectData<{ companies: { nodes: { name: string }[]; totalCount: number } }>({
          query: "{ companies(first: 10) { totalCount nodes { name } } }",
          viewer,
        })
      ).companies;
    const named = (...names: string[]) => ({ totalCount: names.length, nodes: names.map((name) => ({ name })) });
    expect(await list(viewerOf(boss))).toEqual(named("Beside", "Bottom", "Middle", "Top"));
    expect(await list(viewerOf(lower))).toEqual(named("Bottom", "Middle"));
  });

  it("lists 100 memberships of a person at most, own ones first", async () => {
    const head = await fakeCompany(users.models);
    const user = await fakeUser(users.models);
    await fakeMembership(users.models, { user, company: head });
    for (let n = 0; n < 110; n += 1) await fakeCompany(users.models, { parentId: head._id, path: [head._id] });
    const shown = await own(viewerOf(user));
    expect(shown).toHaveLength(100);
    expect(shown[0]?.inheritedFrom).toBeNull();
  });
});

describe("spendingRule", () => {
  const query = `query ($userId: ID!, $companyId: ID!) { spendingRule(userId: $userId, companyId: $companyId) {
    role period companyId limit { amountMinor currencyCode } } }`;
  const spending = serviceViewer(testTenant, ["spending"]);
  const rule = (user: { _id: Types.ObjectId }, company: { _id: Types.ObjectId }, viewer: Viewer = spending) =>
    users.subgraph.execute<{ spendingRule: unknown }>({
      ...{ query, variables: { userId: hex(user), companyId: hex(company) }, viewer },
    });

  it("is that of the nearest membership", async () => {
    const user = await fakeUser(users.models);
    const spendingLimit = { amount: 7_700, currency: "EUR" };
    await fakeMembership(users.models, { user, company: top, spendingLimit, spendingPeriod: "year" });
    const limited = {
      companyId: hex(top),
      role: "BUYER",
      period: "YEAR",
      limit: { amountMinor: 7_700, currencyCode: "EUR" },
    };
    for (const company of [top, bottom]) expect((await rule(user, company)).data?.spendingRule).toEqual(limited);
    expect((await rule(boss, bottom)).data?.spendingRule).toEqual({
      companyId: hex(top),
      role: "COMPANY_ADMIN",
      period: "MONTH",
      limit: null,
    });
  });

  it("is null for who does not act there, for closed accounts, and for companies that may not trade", async () => {
    const closed = await fakeUser(users.models, { isActive: false });
    await fakeMembership(users.models, { user: closed, company: top });
    const pairs: [{ _id: Types.ObjectId }, { _id: Types.ObjectId }][] = [
      [lower, top],
      [closed, top],
      [{ _id: newId() }, top],
      [boss, { _id: newId() }],
    ];
    for (const status of ["pending", "suspended"] as const) {
      const company = await fakeCompany(users.models, { status });
      await fakeMembership(users.models, { user: boss, company });
      pairs.push([boss, company]);
    }
    for (const [user, company] of pairs) expect((await rule(user, company)).data?.spendingRule).toBeNull();
  });

  it("is told to our own programs with the scope alone", async () => {
    const scopes = ["spending", "admin"];
    const others: [Viewer, string][] = [
      [serviceViewer(testTenant, ["stock"]), "FORBIDDEN"],
      [{ ...fakeViewer("admin"), scopes }, "FORBIDDEN"],
      [{ ...viewerOf(boss), scopes }, "FORBIDDEN"],
      [{ tenantId: testTenant, role: "anonymous", scopes }, "UNAUTHENTICATED"],
    ];
    for (const [viewer, code] of others)
      expect((await rule(boss, top, viewer)).errors?.[0]?.extensions.code).toBe(code);
    expect((await rule(boss, top, serviceViewer("other", ["spending"]))).data?.spendingRule).toBeNull();
  });

  it("refuses what are no ids", async () => {
    const variables = { userId: "nonsense", companyId: hex(top) };
    const answer = await users.subgraph.execute({ query, variables, viewer: spending });
    expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});
