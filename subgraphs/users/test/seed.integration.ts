import { createSeedPlan } from "@tradegraph/kit/seed-plan";
import { cleanSeed, type SeedTask } from "@tradegraph/kit/seed-writer";
import { type Viewer } from "@tradegraph/kit/viewer";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { demoLogins } from "../src/demo-accounts.ts";
import { schemas } from "../src/models.ts";
import { hashDemoPassword } from "../src/password.ts";
import { seed } from "../src/seed.ts";
import { fakePassword, fakeUser } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

const today = new Date("2026-06-01T00:00:00Z");
const plans = ["alpenmarkt", "harborline"].map((tenantId) => createSeedPlan({ tenantId, today }));
const [plan] = plans as [(typeof plans)[number]];
const reports: { collection: string; done: number; total: number }[] = [];
let demoPasswordHash: string;

const connection = () => users.resources.mongo.connection;
const rows = (name: keyof typeof schemas, filter: object = {}) => connection().collection(name).find(filter).toArray();

const task = (each = plan): SeedTask => ({
  connection: connection(),
  plan: each,
  demoPasswordHash,
  cipher: testCipher,
  report: (collection, done, total) => reports.push({ collection, done, total }),
});

const seedAll = async () => {
  let written = 0;
  for (const each of plans) written += await seed(task(each));
  return written;
};

const digests = async () =>
  ((await connection().db?.command({ dbHash: 1 })) as { collections: Record<string, string> }).collections;

const admin = (): Viewer => ({
  tenantId: plan.tenantId,
  role: "admin",
  userId: plan.id("user", 0).toHexString(),
  scopes: ["admin"],
});

let written = 0;
beforeAll(async () => {
  demoPasswordHash = await hashDemoPassword(fakePassword);
  written = await seedAll();
});

describe("seed", () => {
  it("writes the planned users and companies of both shops", async () => {
    let found = 0;
    for (const { tenantId, counts } of plans) {
      const count = async (name: keyof typeof schemas) => (await rows(name, { tenantId })).length;
      expect(await count("users")).toBe(counts.users);
      expect(await count("companies")).toBe(counts.companies);
      expect(await count("partners")).toBe(1);
      found += counts.users + counts.companies + (await count("memberships")) + 1;
    }
    expect(written).toBe(found);
  });

  it("changes nothing when it runs again", async () => {
    const before = await digests();
    await expect(seedAll()).resolves.toBe(0);
    await expect(digests()).resolves.toEqual(before);
  });

  it("says what is missing when it has no password", async () => {
    const { demoPasswordHash: _, ...without } = task();
    await expect(seed(without)).rejects.toThrow(/demoPasswordHash/);
  });

  it("announces as many documents as it writes", () => {
    for (const name of ["companies", "users", "memberships"]) {
      const { done, total } = reports.findLast(({ collection }) => collection === name) ?? { done: 0, total: 1 };
      expect(done).toBe(total);
    }
  });

  it("puts every customer into the planned company, with one who runs it and one who approves", async () => {
    const memberships = await rows("memberships", { tenantId: plan.tenantId });
    const has = (user: number, company: number) =>
      memberships.find(
        ({ userId, companyId }) =>
          plan.id("user", user).equals(String(userId)) && plan.id("company", company).equals(String(companyId)),
      );
    const roles = new Map<number, string[]>();
    for (let n = 0; n < plan.counts.users; n += 1) {
      const company = plan.companyOf(n);
      if (company === undefined) continue;
      const membership = has(n, company);
      expect(membership?._id).toEqual(plan.id("membership", `${n}:${company}`));
      roles.set(company, [...(roles.get(company) ?? []), String(membership?.role)]);
    }
    expect(roles.size).toBe(plan.counts.companies);
    for (const [first, second, ...rest] of roles.values()) {
      expect([first, second]).toEqual(["company_admin", "approver"]);
      expect(new Set(rest)).toEqual(new Set(["buyer"]));
    }
    expect(memberships.length).toBeGreaterThan(plan.counts.users - plan.counts.admins - plan.counts.suppliers);
  });

  it("gives every supplier a profile, and nobody else", async () => {
    for (const { role, sellerProfile } of await rows("users")) {
      expect(sellerProfile === undefined).toBe(role !== "supplier");
    }
  });

  it("builds a tree of companies whose paths agree with their parents", async () => {
    const companies = await rows("companies", { tenantId: plan.tenantId });
    const paths = new Map(companies.map(({ _id, path }) => [String(_id), path as unknown[]]));
    for (const { parentId, path } of companies) {
      const expected = parentId === null ? [] : [...(paths.get(String(parentId)) ?? []), parentId];
      expect((path as unknown[]).map(String)).toEqual(expected.map(String));
    }
    expect(Math.max(...[...paths.values()].map(({ length }) => length))).toBe(2);
  });

  it("sets limits that the planned orders keep", async () => {
    const companies = await rows("companies", { tenantId: plan.tenantId });
    const open = new Map<string, number>();
    for (let n = 0; n < plan.counts.orders; n += 1) {
      const { company, status, orderDate, lines } = plan.order(n);
      if (status === "cancelled" || orderDate < plan.daysAgo(90)) continue;
      const id = plan.id("company", company).toHexString();
      const total = lines.reduce((sum, { amount, quantity }) => sum + amount * quantity, 0);
      open.set(id, (open.get(id) ?? 0) + total);
    }
    const limited = companies.filter(({ creditLimit }) => creditLimit !== undefined);
    expect(limited.length).toBeGreaterThan(companies.length / 2);
    for (const { _id, creditLimit } of limited) {
      expect((creditLimit as { amount: number }).amount).toBeGreaterThan(open.get(String(_id)) ?? 0);
    }
  });

  it.each(demoLogins(plan))("lets the $label sign in as $email", async ({ label, email }) => {
    interface Payload {
      login: { accessToken: string; user: { isActive: boolean } };
    }
    const data = await users.subgraph.expectData<Payload>({
      query: "mutation ($input: LoginInput!) { login(input: $input) { accessToken user { isActive } } }",
      variables: { input: { email, password: fakePassword } },
      viewer: { tenantId: plan.tenantId, role: "anonymous", scopes: [] },
    });
    const claims = decodeJwt(data.login.accessToken);
    expect(data.login.user.isActive).toBe(true);
    const company = plan.id("company", 0).toHexString();
    expect({ role: claims.role, scope: claims.scope, cid: claims.cid }).toEqual(
      {
        admin: { role: "admin", scope: "admin", cid: undefined },
        supplier: { role: "supplier", scope: "", cid: undefined },
        buyer: { role: "customer", scope: "orders:place", cid: company },
        approver: { role: "customer", scope: "orders:place orders:read-all orders:approve", cid: company },
        "company admin": {
          role: "customer",
          scope: "orders:place orders:read-all orders:approve members:manage company:manage",
          cid: company,
        },
      }[label],
    );
  });

  it("fills every field of the graph somewhere, and answers from indexes", async () => {
    const supplier = plan.id("user", plan.counts.admins).toHexString();
    const customer = plan.id("user", plan.counts.admins + plan.counts.suppliers + 90).toHexString();
    const user = `id nodeId email firstName lastName role phone isActive lastLogin createdAt
      address { street city state zip country }`;
    const page = "totalCount pageInfo { startCursor endCursor } edges { cursor node { id } }";
    const query = `query ($supplier: ID!, $customer: ID!, $company: ID!, $child: ID!) {
      me { ${user} }
      supplier: user(id: $supplier) { sellerProfile { shopName description logo since } }
      customer: user(id: $customer) { ${user} memberships { id nodeId role permissions spendingPeriod
        spendingLimit { amountMinor amount currencyCode } user { id } company { id } } }
      users(first: 2) { ${page} nodes { id } }
      companies(first: 2) { ${page} nodes { id } }
      company(id: $company) { id nodeId name taxId status paymentTerms createdAt creditLimit { amount }
        addresses { street city state zip country } children { ${page} nodes { id } } members { ${page} nodes { id } } }
      child: company(id: $child) { parent { id } } }`;
    const variables = {
      supplier,
      customer,
      company: plan.id("company", 0).toHexString(),
      child: plan.id("company", 1).toHexString(),
    };
    const client = connection().getClient();
    const { result, commands } = await captureQueries(client, () =>
      users.subgraph.expectData({ query, variables, viewer: admin() }),
    );
    const empty = (value: unknown, path: string): string[] => {
      if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return [path];
      if (typeof value !== "object") return [];
      return Object.entries(value).flatMap(([key, part]) => empty(part, `${path}.${key}`));
    };
    expect(empty(result, "data")).toEqual([]);
    await expect(explainProblems(client, commands, { maxKeysPerResult: 2 })).resolves.toEqual([]);
  });

  // Last, because it takes everything away.
  it("is cleaned up without touching what others wrote", async () => {
    const user = await fakeUser(users.models, {}, plan.tenantId);
    await expect(cleanSeed(connection(), Object.keys(schemas))).resolves.toBe(written);
    expect((await rows("users")).map(({ _id }) => String(_id))).toEqual([user._id.toHexString()]);
    expect(await rows("companies")).toEqual([]);
    expect(await rows("memberships")).toEqual([]);
  });
});
