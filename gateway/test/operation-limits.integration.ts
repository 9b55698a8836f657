// Limits over HTTP: every code, mode and kind of client; what it cost; a new schema.
import process from "node:process";
import { createMetrics } from "@tradegraph/kit/metrics";
import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { defaultLimits, type LimitRules } from "../src/limits/limit-rules.ts";
import { compose, shelfTypeDefs } from "./fake-graph.ts";
import { type FakeUsers, startFakeUsers } from "./fake-users.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";
import { startTokenIssuer, type TokenIssuer } from "./token-issuer.ts";
import { writeGraph } from "./write-graph.ts";

const shelf = shelfTypeDefs
  .replace('["@key", "@shareable"]', '["@key", "@shareable", "@cost", "@listSize"]')
  .replace(
    "[Book!]!",
    '[Book!]! @listSize(assumedSize: 20, slicingArguments: ["first"], requireOneSlicingArgument: false)',
  )
  .replace("addBook(title: String!): Book", "addBook(title: String!): Book @cost(weight: 70)");

const each = (limits: Partial<LimitRules["classes"]["app"]>): LimitRules["classes"] => ({
  app: { ...defaultLimits.classes.app, ...limits },
  developer: { ...defaultLimits.classes.developer, ...limits, cost: 300 },
  partner: { ...defaultLimits.classes.partner, ...limits, depth: 4, cost: 50 },
});
const rules: LimitRules = {
  ...{ mode: "enforce", listSize: 10, tellsCost: true },
  classes: each({ depth: 5, height: 60, aliases: 8, rootFields: 12, directives: 6, cost: 100 }),
};

let users: FakeUsers;
let issuer: TokenIssuer;
let test: TestGateway;
let partner: Record<string, string>;
let developer: Record<string, string>;
const metrics = createMetrics("gateway");

const start = (limits: LimitRules, overrides = {}) =>
  startTestGateway({
    ...{ usersUrl: users.url, apiKeys: { redisNamespace: "limits" }, introspection: true, limits },
    tokens: { jwksUrl: issuer.jwksUrl, issuer: "tests", audience: "tests" },
    typeDefs: { shelf },
    ...overrides,
  });

beforeAll(async () => {
  [users, issuer] = await Promise.all([startFakeUsers(), startTokenIssuer()]);
  test = await start(rules, { metrics });
  partner = { "x-api-key": users.addKey({ scopes: ["catalogue:read"] }).secret };
  developer = await issuer.headers("admin", "staff:development");
});
afterAll(async () => {
  await test.stop();
  await users.stop();
  issuer.stop();
});
beforeEach(() => {
  test.shelf.received.length = 0;
  test.opinions.received.length = 0;
});

const many = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => one(at)).join(" ");
const deep = (levels: number) => `{ books(first: 1) ${"{ ... { id ".repeat(1)} ${nested(levels - 2)} } } }`;
const nested = (levels: number): string =>
  levels <= 0 ? "" : `opinions { text ${levels > 1 ? nested(levels - 1) : ""} }`;
const askedSubgraphs = () => test.shelf.received.length + test.opinions.received.length;
const codeOf = ({ body }: Awaited<ReturnType<TestGateway["post"]>>) => body.errors?.[0]?.extensions.code;
const metric = async (text: string) => (await metrics.metrics()).split("\n").find((line) => line.includes(text));

describe("an operation above a limit", () => {
  it.each([
    ["MAX_DEPTH_LIMIT", deep(8)],
    ["MAX_HEIGHT_LIMIT", `{ ${many(61, () => "latest")} }`],
    ["MAX_HEIGHT_LIMIT", `{ ...A ...A } fragment A on Query { ${many(31, () => "latest")} }`],
    ["MAX_ALIASES_LIMIT", `{ book(id: 1) { ${many(9, (at) => `t${at}: title`)} } }`],
    [
      "MAX_ALIASES_LIMIT",
      `{ a: book(id: 1) { ...T } book(id: 1) { ...T } } fragment T on Book { ${many(4, (at) => `t${at}: title`)} }`,
    ],
    ["MAX_ROOT_FIELDS_LIMIT", `{ ${many(13, (at) => `l${at}: latest`)} }`],
    ["MAX_ROOT_FIELDS_LIMIT", `mutation { ${many(11, (at) => `r${at}: rate(id: "1")`)} }`],
    ["MAX_DIRECTIVES_LIMIT", `{ latest ${many(7, () => "@include(if: true)")} }`],
    ["MAX_DIRECTIVES_LIMIT", `{ latest ${many(7, (at) => `@unknown${at}`)} }`],
    ["COST_ESTIMATED_TOO_EXPENSIVE", `{ books(first: 101) { id } }`],
    ["COST_ESTIMATED_TOO_EXPENSIVE", `{ books(first: -1) { id } }`],
    ["COST_ESTIMATED_TOO_EXPENSIVE", `{ books(first: 50) { opinions { text } } }`],
    ["COST_ESTIMATED_TOO_EXPENSIVE", `mutation { a: addBook(title: "a") { id } b: addBook(title: "b") { id } }`],
  ])("is refused with %s before any subgraph is asked: %s", async (code, query) => {
    const answer = await test.post({ query });
    expect([codeOf(answer), answer.status]).toEqual([code, 400]);
    expect(answer.body).not.toHaveProperty("data");
    expect(answer.headers.get("cache-control")).toContain("no-store");
    expect(askedSubgraphs()).toBe(0);
  });

  it("is refused by the size in a variable, which another value lets pass", async () => {
    const query = "query ($n: Int = 101) { books(first: $n) { id } }";
    expect(codeOf(await test.post({ query, variables: { n: 101 } }))).toBe("COST_ESTIMATED_TOO_EXPENSIVE");
    const negative = await test.post({ query, variables: { n: -1 } });
    expect(codeOf(negative)).toBe("COST_ESTIMATED_TOO_EXPENSIVE");
    expect(negative.body.errors?.[0]?.message).toContain("not below zero");
    expect(codeOf(await test.post({ query }))).toBe("COST_ESTIMATED_TOO_EXPENSIVE");
    expect(askedSubgraphs()).toBe(0);
    expect((await test.post({ query, variables: { n: 100 } })).status).toBe(200);
  });

  it.each([1.5, 2 ** 31, 99_999_999_999_999, "5", true, [], {}])(
    "is refused for what it is when a size is %j, which no subgraph is asked for",
    async (n) => {
      const answer = await test.post({ query: "query ($n: Int) { books(first: $n) { id } }", variables: { n } });
      expect([codeOf(answer), answer.status]).toEqual(["BAD_USER_INPUT", 400]);
      expect(askedSubgraphs()).toBe(0);
    },
  );

  it("is refused by GET too", async () => {
    const search = new URLSearchParams({
      query: "query ($n: Int) { books(first: $n) { id } }",
      variables: '{"n":101}',
    });
    const headers = { "apollo-require-preflight": "1" };
    expect(codeOf(await test.send({ path: `/graphql?${search}`, headers }))).toBe("COST_ESTIMATED_TOO_EXPENSIVE");
  });

  it("is counted by limit, client and outcome", async () => {
    await test.post({ query: deep(8) }, partner);
    expect(await metric('graphql_limits_exceeded_total{limit="depth",client="partner",outcome="refused"')).toMatch(
      / 1$/,
    );
    await test.post({ query: "{ books(first: 51) { id } }" }, partner);
    expect(await metric('graphql_operation_cost_count{service="gateway",client="partner",outcome="refused"')).toMatch(
      / 1$/,
    );
    expect(await metric('graphql_operation_cost_sum{service="gateway",client="partner",outcome="refused"')).toMatch(
      / 51$/,
    );
  });

  it("runs where limits are only measured, and is logged", async () => {
    const measuring = await start({ ...rules, mode: "measure" });
    const answers = [
      await measuring.post({ query: "{ books(first: 101) { id } }" }),
      await measuring.post({ query: `mutation { ${many(11, (at) => `r${at}: rate(id: "1")`)} }` }),
    ];
    await measuring.stop();
    expect(answers.map(({ status, body }) => [status, body.errors])).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
    const told = measuring.log.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ limit }) => limit);
    expect(told).toMatchObject([
      { limit: "cost", value: 101, most: 100, client: "app" },
      { limit: "rootFields", value: 11, most: 10, client: "app" },
      { limit: "aliases", value: 11, most: 8, client: "app" },
    ]);
  });

  it("runs where the guard is off", async () => {
    const open = await start(rules, { guardsOff: ["limits"] });
    const { status } = await open.post({ query: "{ books(first: 101) { id } }" });
    await open.stop();
    expect(status).toBe(200);
  });
});

describe("kinds of clients", () => {
  it("have limits of their own", async () => {
    const query = (first: number) => ({ query: `{ books(first: ${first}) { id } }` });
    const statusOf = async (first: number, headers?: Record<string, string>) =>
      (await test.post(query(first), headers)).status;
    expect(await Promise.all([statusOf(50, partner), statusOf(51, partner)])).toEqual([200, 400]);
    expect(await Promise.all([statusOf(100), statusOf(101)])).toEqual([200, 400]);
    expect(await Promise.all([statusOf(300, developer), statusOf(301, developer)])).toEqual([200, 400]);
  });

  it("may ask for the schema by tools, as far as they may introspect", async () => {
    const usual = await start(defaultLimits);
    const { status, body } = await usual.post({
      query: getIntrospectionQuery({ inputValueDeprecation: true }),
    });
    await usual.stop();
    expect([status, body.errors]).toEqual([200, undefined]);
  });
});

describe("documents that are wrong", () => {
  it.each([
    ["GRAPHQL_PARSE_FAILED", "{ latest"],
    ["GRAPHQL_PARSE_FAILED", `{ ${many(2_001, () => "latest")} }`],
    [
      "GRAPHQL_VALIDATION_FAILED",
      "{ book(id: 1) { ...A } } fragment A on Book { title ...B } fragment B on Book { id ...A }",
    ],
    ["GRAPHQL_VALIDATION_FAILED", "{ book(id: 1) { ...Missing } }"],
    ["OPERATION_RESOLUTION_FAILURE", "query A { latest } query B { latest }"],
  ])("still get %s: %s", async (code, query) => {
    const answer = await test.post({ query });
    expect([answer.status, codeOf(answer)]).toEqual([400, code]);
  });

  it.each([
    [
      "fragments that double twenty times",
      `{ book(id: 1) { ...F0 } } ${many(20, (at) => `fragment F${at} on Book { ...F${at + 1} ...F${at + 1} }`)} fragment F20 on Book { title }`,
    ],
    ["1,900 aliases", `{ ${many(640, (at) => `l${at}: latest`)} }`],
    ["hundreds of levels", `${"{ book(id: 1) ".repeat(1)}${"{ opinions ".repeat(600)}{ text }${"}".repeat(601)}`],
  ])("are refused at once: %s", async (_name, query) => {
    await test.post({ query: "{ latest }" });
    // Work of client and gateway, not time by the clock: that of others on the machine does not count.
    const begun = process.threadCpuUsage();
    const answer = await test.post({ query });
    expect(process.threadCpuUsage(begun).user).toBeLessThan(200_000);
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toMatch(/^MAX_/);
  });
});

describe("what it cost", () => {
  const query = "query ($n: Int) { books(first: $n) { id opinions { text } } }";

  it("is told to partners and developers", async () => {
    for (const headers of [partner, developer]) {
      const { body } = await test.post({ query, variables: { n: 4 } }, headers);
      // Three books, as that is all there are.
      expect(body.data?.books).toHaveLength(3);
      expect(body.extensions?.cost).toEqual({ requestedQueryCost: 44, actualQueryCost: expect.any(Number) as number });
      expect((body.extensions?.cost as { actualQueryCost: number }).actualQueryCost).toBeLessThan(44);
      expect((body.extensions?.cost as { actualQueryCost: number }).actualQueryCost).toBeGreaterThanOrEqual(3);
    }
  });

  it("is not told to apps", async () => {
    expect((await test.post({ query, variables: { n: 4 } })).body).not.toHaveProperty("extensions");
  });

  it("is told beside errors of fields", async () => {
    const { body } = await test.post({ query: "{ known books(first: 2) { id } }" }, partner);
    expect(body.errors).toHaveLength(1);
    expect(body.extensions?.cost).toEqual({ requestedQueryCost: 2, actualQueryCost: 3 });
  });

  it("follows a new schema", async () => {
    const changing = await start(rules);
    const cheap = { query: "{ books(first: 2) { id } }" };
    expect((await changing.post(cheap, partner)).body.extensions?.cost).toMatchObject({ requestedQueryCost: 2 });
    const dearer = shelf.replace('type Book @key(fields: "id")', 'type Book @key(fields: "id") @cost(weight: 9)');
    await writeGraph(changing.supergraphPath, compose([{ ...changing.shelf, typeDefs: dearer }, changing.opinions]));
    await vi.waitUntil(
      async () => {
        const { cost } = (await changing.post(cheap, partner)).body.extensions as {
          cost: { requestedQueryCost: number };
        };
        return cost.requestedQueryCost === 18;
      },
      { timeout: 10_000 },
    );
    expect(codeOf(await changing.post({ query: "{ books(first: 6) { id } }" }, partner))).toBe(
      "COST_ESTIMATED_TOO_EXPENSIVE",
    );
    await changing.stop();
  });
});
