import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { type CompanyDocument } from "../src/models/company.ts";
import { type UserDocument } from "../src/models/user.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const admin = fakeViewer("admin");
const all: CompanyDocument[] = [];
/** Acts for every second company. */
let member: UserDocument;

interface Page {
  nodes: { name: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount: number;
}

const query = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: CompanyFilter, $sort: CompanySort) {
  companies(first: $first, after: $after, last: $last, before: $before, filter: $filter, sort: $sort) {
    totalCount nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

const list = async (viewer: Viewer, variables: Record<string, unknown> = {}) =>
  (await users.subgraph.expectData<{ companies: Page }>({ query, variables, viewer })).companies;
const names = async (viewer: Viewer, variables: Record<string, unknown> = {}) =>
  (await list(viewer, { first: 100, ...variables })).nodes.map(({ name }) => name);

beforeAll(async () => {
  member = await fakeUser(users.models);
  const statuses = ["active", "pending", "suspended"] as const;
  for (let n = 0; n < 20; n += 1) {
    const company = await fakeCompany(users.models, {
      // Names come twice, in different case.
      name: n % 2 === 0 ? `Firm ${String.fromCharCode(65 + ((n * 3) % 10))}` : `firm ${String.fromCharCode(97 + n)}`,
      status: statuses[n % 3] ?? "active",
      createdAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(n / 4))),
    });
    all.push(company);
    if (n % 2 === 0) await fakeMembership(users.models, { user: member, company });
  }
  await fakeCompany(users.models, { name: "Zoo", nameSort: "zoo" });
  await fakeCompany(users.models, {}, "other");
});

const own = () => all.filter((_, n) => n % 2 === 0);
const byName = (companies: CompanyDocument[]) =>
  [...companies]
    .sort((a, b) =>
      a.nameSort === b.nameSort
        ? a._id.toHexString().localeCompare(b._id.toHexString())
        : a.nameSort < b.nameSort
          ? -1
          : 1,
    )
    .map(({ name }) => name);

describe("companies", () => {
  it("are all for staff, by name without regard to case", async () => {
    await expect(names(admin)).resolves.toEqual([...byName(all), "Zoo"]);
    await expect(list(admin)).resolves.toMatchObject({ totalCount: 21 });
  });

  it("are those they act for, for customers", async () => {
    await expect(names(viewerOf(member))).resolves.toEqual(byName(own()));
    await expect(list(viewerOf(member))).resolves.toMatchObject({ totalCount: 10 });
  });

  it("are none for people without a company, suppliers among them", async () => {
    for (const viewer of [fakeViewer("customer"), fakeViewer("supplier")]) {
      await expect(list(viewer)).resolves.toMatchObject({ nodes: [], totalCount: 0 });
    }
  });

  it("ask visitors to sign in", async () => {
    const answer = await users.subgraph.execute({ query, viewer: anonymousViewer(testTenant) });
    expect(answer).toMatchObject({ data: { companies: null }, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  });

  it("are filtered by state and by the beginning of the name, alike for staff and members", async () => {
    for (const [viewer, seen] of [
      [admin, all],
      [viewerOf(member), own()],
    ] as const) {
      const pending = seen.filter(({ status }) => status === "pending");
      await expect(names(viewer, { filter: { status: "PENDING" } })).resolves.toEqual(byName([...pending]));
      await expect(names(viewer, { filter: { namePrefix: "FIRM" } })).resolves.toEqual(byName([...seen]));
      await expect(names(viewer, { filter: { namePrefix: " Firm A", status: "ACTIVE" } })).resolves.toEqual(
        byName(seen.filter(({ nameSort, status }) => nameSort === "firm a" && status === "active")),
      );
      await expect(names(viewer, { filter: { namePrefix: "irm" } })).resolves.toEqual([]);
      // A pattern is a text like any other.
      await expect(names(viewer, { filter: { namePrefix: "f.*" } })).resolves.toEqual([]);
    }
  });

  it.each(["NAME", "CREATED_AT"])("walk every page by %s in both directions, for staff and members", async (key) => {
    for (const viewer of [admin, viewerOf(member)]) {
      for (const direction of ["ASC", "DESC"]) {
        const sort = { key, direction };
        const expected = await names(viewer, { sort });
        const forwards: string[] = [];
        for (let after: string | undefined; ;) {
          const page = await list(viewer, { first: 3, sort, after });
          forwards.push(...page.nodes.map(({ name }) => name));
          if (!page.pageInfo.hasNextPage) break;
          after = page.pageInfo.endCursor;
        }
        expect(forwards).toEqual(expected);
        const backwards: string[] = [];
        for (let before: string | undefined; ;) {
          const page = await list(viewer, { last: 4, sort, before });
          backwards.unshift(...page.nodes.map(({ name }) => name));
          if (!page.pageInfo.hasPreviousPage) break;
          before = page.pageInfo.startCursor;
        }
        expect(backwards).toEqual(expected);
      }
    }
  });

  it.each([
    { first: 0 },
    { first: 1_000_000_000 },
    { first: 1, last: 1 },
    { after: "nonsense" },
    { filter: { namePrefix: "f" } },
    { filter: { namePrefix: "x".repeat(101) } },
  ])("refuse %j, for staff and members", async (variables) => {
    for (const viewer of [admin, viewerOf(member)]) {
      const answer = await users.subgraph.execute({ query, variables, viewer });
      expect(answer).toMatchObject({ data: { companies: null }, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    }
  });

  it("are read in the order of an index, whatever filter and sort", async () => {
    const client = users.resources.mongo.connection.getClient();
    const { commands } = await captureQueries(client, async () => {
      for (const viewer of [admin, viewerOf(member)]) {
        for (const key of ["NAME", "CREATED_AT"]) {
          const status = { status: "ACTIVE" };
          for (const filter of [{}, status, { namePrefix: "firm" }, { ...status, namePrefix: "firm" }]) {
            const variables = { first: 2, filter, sort: { key, direction: "DESC" } };
            await list(viewer, { ...variables, after: (await list(viewer, variables)).pageInfo.endCursor });
          }
        }
      }
    });
    expect(commands.length).toBeGreaterThanOrEqual(64);
    await expect(explainProblems(client, commands)).resolves.toEqual([]);
  });
});
