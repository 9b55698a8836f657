import { anonymousViewer, serviceViewer } from "@tradegraph/kit/viewer";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { type UserDocument } from "../src/models/user.ts";
import { fakeUser, fakeViewer } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const admin = fakeViewer("admin");
const all: UserDocument[] = [];

interface Page {
  nodes: { email: string }[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount: number;
}

const query = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $sort: UserSort) {
  users(first: $first, after: $after, last: $last, before: $before, filter: $filter, sort: $sort) {
    totalCount nodes { email } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

const list = async (variables: Record<string, unknown> = {}) =>
  (await users.subgraph.expectData<{ users: Page }>({ query, variables, viewer: admin })).users;
const emails = async (variables: Record<string, unknown> = {}) =>
  (await list(variables)).nodes.map(({ email }) => email);

beforeAll(async () => {
  const roles = ["admin", "customer", "supplier"] as const;
  for (let n = 0; n < 24; n += 1) {
    const overrides = {
      email: `User${String((n * 7) % 24).padStart(2, "0")}@example.com`,
      role: roles[n % 3] ?? "admin",
      isActive: n % 4 !== 0,
      // Two at a time, so that pages must tell equal instants apart.
      createdAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(n / 2))),
    };
    all.push(await fakeUser(users.models, overrides));
  }
  await fakeUser(users.models, {}, "other");
});

const newestFirst = () =>
  [...all]
    .sort(
      (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a._id.toHexString() < b._id.toHexString() ? 1 : -1),
    )
    .map(({ email }) => email);

describe("users", () => {
  it("lists the shop's users for its staff, newest first", async () => {
    const page = await list({ first: 100 });
    expect(page.nodes.map(({ email }) => email)).toEqual(newestFirst());
    expect(page.totalCount).toBe(24);
  });

  it("refuses everybody else", async () => {
    for (const [viewer, code] of [
      [anonymousViewer(testTenant), "UNAUTHENTICATED"],
      [fakeViewer("customer"), "FORBIDDEN"],
      [fakeViewer("supplier"), "FORBIDDEN"],
    ] as const) {
      const answer = await users.subgraph.execute({ query, viewer });
      expect(answer).toMatchObject({ data: { users: null }, errors: [{ extensions: { code } }] });
    }
    await expect(users.subgraph.expectData({ query, viewer: serviceViewer(testTenant, []) })).resolves.toMatchObject({
      users: { totalCount: 24 },
    });
  });

  it("sorts by address, both ways", async () => {
    const sorted = all.map(({ email }) => email).sort();
    await expect(emails({ first: 100, sort: { key: "EMAIL" } })).resolves.toEqual(sorted);
    await expect(emails({ first: 100, sort: { key: "EMAIL", direction: "DESC" } })).resolves.toEqual(sorted.reverse());
  });

  it("filters by role, by state, by both and by address", async () => {
    const where = (matches: (user: UserDocument) => boolean) =>
      newestFirst().filter((email) => all.some((user) => user.email === email && matches(user)));
    await expect(emails({ filter: { role: "SUPPLIER" } })).resolves.toEqual(where(({ role }) => role === "supplier"));
    await expect(emails({ filter: { isActive: false } })).resolves.toEqual(where(({ isActive }) => !isActive));
    await expect(emails({ filter: { role: "ADMIN", isActive: true } })).resolves.toEqual(
      where(({ role, isActive }) => role === "admin" && isActive),
    );
    await expect(emails({ filter: { email: "user03@EXAMPLE.com" } })).resolves.toEqual(["User03@example.com"]);
    await expect(emails({ filter: { email: "user03@EXAMPLE.com", isActive: null } })).resolves.toHaveLength(1);
    await expect(emails({ filter: { email: "user03@" } })).resolves.toEqual([]);
  });

  it.each(["EMAIL", "CREATED_AT"])(
    "walks every page by %s forwards and backwards without gap or repetition",
    async (key) => {
      const sort = { key, direction: "ASC" };
      const expected = await emails({ first: 100, sort });
      const forwards: string[] = [];
      for (let after: string | undefined; ;) {
        const page = await list({ first: 5, sort, after });
        forwards.push(...page.nodes.map(({ email }) => email));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(forwards).toEqual(expected);
      const backwards: string[] = [];
      for (let before: string | undefined; ;) {
        const page = await list({ last: 5, sort, before });
        backwards.unshift(...page.nodes.map(({ email }) => email));
        if (!page.pageInfo.hasPreviousPage) break;
        before = page.pageInfo.startCursor;
      }
      expect(backwards).toEqual(expected);
    },
  );

  it.each([
    { first: 0 },
    { first: -1 },
    { first: 1_000_000_000 },
    { last: 101 },
    { first: 1, last: 1 },
    { after: "nonsense" },
    { first: 1, before: "nonsense" },
  ])("refuses %j", async (variables) => {
    const answer = await users.subgraph.execute({ query, variables, viewer: admin });
    expect(answer).toMatchObject({ data: { users: null }, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  });

  it("refuses a cursor of another list", async () => {
    const { endCursor } = (await list({ first: 1 })).pageInfo;
    const variables = { after: endCursor, sort: { key: "EMAIL" } };
    const answer = await users.subgraph.execute({ query, variables, viewer: admin });
    expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("reads every filter and sort in the order of an index", async () => {
    const client = users.resources.mongo.connection.getClient();
    const { commands } = await captureQueries(client, async () => {
      for (const key of ["EMAIL", "CREATED_AT"]) {
        for (const filter of [{}, { role: "CUSTOMER" }, { isActive: true }, { role: "ADMIN", isActive: true }]) {
          const variables = { first: 3, filter, sort: { key, direction: "DESC" } };
          await list({ ...variables, after: (await list(variables)).pageInfo.endCursor });
        }
        await list({ filter: { email: "user03@example.com" }, sort: { key } });
      }
    });
    expect(commands.length).toBeGreaterThanOrEqual(36);
    await expect(explainProblems(client, commands)).resolves.toEqual([]);
  });
});
