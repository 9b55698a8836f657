// Whoever asks, whatever was kept before: nobody sees what is not theirs, and nobody is refused what is. A second gateway
// over the same subgraphs keeps nothing, and says what is right.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSupervised, type SupervisedProgram } from "@tradegraph/devservices/supervised-program";
import { tenantTag } from "@tradegraph/kit/cache-tags";
import { createLimit } from "@tradegraph/kit/concurrency";
import { appendInvalidation } from "@tradegraph/kit/invalidation";
import { connectRedis } from "@tradegraph/kit/redis";
import { readOperation, signIn } from "@tradegraph/testkit/graph-client";
import { programPorts } from "@tradegraph/testkit/program-ports";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { gateway } from "../services.ts";
import { findThings, firstOf, letPeopleIn } from "./cache-callers.ts";
import { type Query, questions } from "./cache-questions.ts";
import { demoShop, type DemoShop } from "./demo.ts";

let graph: TestGraph;
let shop: DemoShop;
let oracle: SupervisedProgram;
let oracleUrl: string;
let folder: string;
/** Headers by who asks. */
let people: Record<string, Record<string, string>>;
let things: Record<string, string>;

/** So that somebody else is the first to ask. */
async function forgetAll() {
  const { redisUri = "", databasePrefix = "" } = graph.graph;
  const redis = connectRedis({ url: redisUri, logger: silentLogger, name: "test" });
  await vi.waitUntil(() => redis.status === "ready", 15_000);
  const tags = [shop.plan.tenantId, "umbra"].map(tenantTag);
  await appendInvalidation(redis, `${databasePrefix}tradegraph`, { tags });
  redis.disconnect();
}

interface Answer {
  code: number;
  headers: Headers;
  body: { data?: Record<string, unknown> | null; errors?: { message: string; path?: unknown; extensions?: object }[] };
}

async function post(url: string, [query, variables = {}]: Query, headers: Record<string, string> = {}) {
  const init = { method: "POST", headers: { "content-type": "application/json", ...headers } };
  const response = await fetch(url, { ...init, body: JSON.stringify({ query, variables }) });
  return { code: response.status, headers: response.headers, body: await response.json() } as Answer;
}

const statusOf = ({ headers }: Answer) => headers.get("cache-status") ?? "";
beforeAll(async () => {
  graph = await startGraph({
    seed: true,
    extra: {
      ...{ RESPONSE_CACHE_DEBUG: "false", RESPONSE_CACHE_TAG_HEADER: "cache-tag" },
      RESPONSE_CACHE_SHADOW_SHARE: "1",
    },
  });
  shop = demoShop(graph);
  folder = await mkdtemp(join(tmpdir(), "oracle-"));
  const [port = 0] = await programPorts(1);
  oracleUrl = `http://127.0.0.1:${port}/graphql`;
  oracle = await startSupervised({
    graph: {
      ...graph.graph,
      ports: { ...graph.graph.ports, gateway: port },
      extra: { RESPONSE_CACHE_ENABLED: "false" },
    },
    service: gateway,
    logFolder: folder,
  });
  [things, people] = await Promise.all([findThings({ graph, shop }), letPeopleIn({ graph, shop }), oracle.ready()]);
  const stores: Query = ["{ storesNear(latitude: 48, longitude: 11) { id } }"];
  await vi.waitUntil(async () => statusOf(await post(graph.url, stores, people.visitor)).includes("hit"), {
    ...{ timeout: 20_000, interval: 100 },
  });
});

afterAll(async () => {
  await oracle.stop();
  await graph.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Asks several at a time. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const limit = createLimit(4);
  await Promise.all(items.map((item) => limit(() => work(item))));
}

/** What callers see, told as text; of errors all but the request's id, in an order of their own. */
const seen = ({ code, body: { data, errors = [] } }: Answer) =>
  JSON.stringify({
    ...{ code, data },
    errors: errors
      .map(({ message, path, extensions }) => JSON.stringify({ message, path, ...extensions, requestId: undefined }))
      .sort(),
  });

describe("with everybody's answers kept", () => {
  const right = new Map<string, string>();
  const rightFor = async (query: Query, name: string) => {
    const key = JSON.stringify([name, query]);
    const known = right.get(key) ?? seen(await post(oracleUrl, query, people[name]));
    right.set(key, known);
    return known;
  };

  it.each(["one after the other", "backwards", "all at once"])(
    "everybody sees what they would without a cache, %s",
    async (way) => {
      const names = Object.keys(people);
      if (way === "backwards") names.reverse();
      await forgetAll();
      const wrong: unknown[] = [];
      let shared = 0;
      await inTurns(await questions(things), async (query) => {
        const ask = async (name: string) => {
          const [answer, expected] = await Promise.all([post(graph.url, query, people[name]), rightFor(query, name)]);
          const status = statusOf(answer);
          if (/hit|collapsed/.test(status)) shared += 1;
          if (seen(answer) !== expected) wrong.push({ query, name, status, seen: seen(answer), expected });
        };
        if (way === "all at once") await Promise.all([...names, ...names].map(ask));
        else for (const name of [...names, ...names]) await ask(name);
      });
      expect(wrong).toEqual([]);
      expect(shared).toBeGreaterThan(100);
    },
  );

  it("and nothing of that has made a subgraph look as if it told what is private: that would not be kept any more", async () => {
    const metrics = await (await fetch(graph.url.replace("/graphql", "/metrics"))).text();
    expect(metrics).toContain("response_cache_policy_violations_total");
    expect(metrics).not.toMatch(/^response_cache_policy_violations_total\{/m);
  });

  const counted = "query Counted { products(first: 2) { totalCount nodes { id } } }";

  it("nobody is shown what was kept once the session or the account has ended", async () => {
    const admin = await shop.as("admin");
    const signedIn = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` });
    const password = graph.graph.secrets.demoPassword;
    const login = (email: string) => signIn(graph.url, { email, password, tenant: shop.plan.tenantId });
    const gone = await login(`customer30@${shop.plan.tenantId}.example`);
    const closed = await login(`customer31@${shop.plan.tenantId}.example`);
    const { id } = await firstOf({ graph, shop }, "users", "users", {
      email: `customer31@${shop.plan.tenantId}.example`,
    }).then(({ _id }) => ({ id: _id.toHexString() }));
    const mine = "query Kept { me { id email } }";
    for (const who of [gone, closed]) {
      for (const query of [counted, mine]) {
        await post(graph.url, [query], signedIn(who));
        expect(statusOf(await post(graph.url, [query], signedIn(who)))).toContain("hit");
      }
    }
    await gone.expectData(await readOperation("Logout"));
    await admin.expectData(await readOperation("UserDeactivate"), { id });
    for (const who of [gone, closed]) {
      for (const query of [counted, mine]) {
        await expect
          .poll(async () => (await post(graph.url, [query], signedIn(who))).code, { timeout: 5_000 })
          .toBe(401);
      }
    }
  });

  it("only staff may ask past the cache, or where an answer came from", async () => {
    const wishes = { "cache-control": "no-cache, no-store", pragma: "no-cache", "apollo-cache-debugging": "true" };
    await post(graph.url, [counted], people.visitor);
    for (const name of ["visitor", "buyer", "supplier", "partner with catalogue"]) {
      const answer = await post(graph.url, [counted], { ...people[name], ...wishes });
      expect([name, statusOf(answer)]).toEqual([name, expect.stringContaining("hit")]);
      expect(answer.body).not.toHaveProperty("extensions.apolloCacheDebugging");
    }
    const debugged = await post(graph.url, [counted], { ...people.admin, ...wishes });
    expect(statusOf(debugged)).toContain("bypass");
    expect(debugged.body).toHaveProperty("extensions.apolloCacheDebugging");
  });

  it("what belongs to somebody has no tags, may be kept by nobody, and is not told by its etag", async () => {
    const get = (name: string, more: Record<string, string> = {}) =>
      fetch(`${graph.url}?${new URLSearchParams({ query: "query Mine { me { id firstName } }" })}`, {
        headers: { "apollo-require-preflight": "1", ...people[name], ...more },
      });
    await get("buyer");
    const { headers } = await get("buyer");
    expect(headers.get("cache-status")).toContain("hit");
    expect(headers.get("cache-control")).toBe("private, no-store");
    expect([headers.get("cache-tag"), headers.get("cdn-cache-control")]).toEqual([null, null]);
    const etag = headers.get("etag") ?? "";
    expect((await get("buyer", { "if-none-match": etag })).status).toBe(304);
    for (const name of ["visitor", "approver", "supplier", "admin", "partner with catalogue"]) {
      expect([name, (await get(name, { "if-none-match": `${etag}, W/${etag}` })).status]).toEqual([name, 200]);
    }
  });

  it("the audit log has an answer that was kept as it has one that was not", async () => {
    const log = graph.mongo.db(graph.databaseOf("users")).collection("auditLog");
    const query = `query Recorded${Date.now()} { me { id email } }`;
    const [, name = ""] = /query (\w+)/.exec(query) ?? [];
    const asked = [await post(graph.url, [query], people.approver), await post(graph.url, [query], people.approver)];
    expect(asked.map((one) => statusOf(one).replace(/;.*?(hit|stored).*/, " $1"))).toEqual([
      "tradegraph stored",
      "tradegraph hit",
    ]);
    const records = await vi.waitUntil(
      async () => {
        const found = await log.find({ operation: name }).toArray();
        return found.length >= 2 && found;
      },
      { timeout: 15_000, interval: 200 },
    );
    const [first, second] = records.map(({ actor, action, category, entityTypes, outcome, operation }) => ({
      actor: { ...(actor as object), requestId: undefined },
      ...{ action, category, entityTypes, outcome, operation },
    }));
    expect(first).toMatchObject({ actor: { role: "customer" }, entityTypes: ["User"], operation: name });
    expect(second).toEqual(first);
  });

  it("and asked again past the cache, as many as may be, answers were the same", async () => {
    const counted = async (outcome: string) => {
      const metrics = await (await fetch(graph.url.replace("/graphql", "/metrics"))).text();
      const series = new RegExp(`^response_cache_shadow_total\\{[^}]*outcome="${outcome}"[^}]*\\} (\\d+)`, "gm");
      return [...metrics.matchAll(series)].reduce((sum, [, value]) => sum + Number(value), 0);
    };
    expect([await counted("different"), await counted("failed")]).toEqual([0, 0]);
    expect(await counted("same")).toBeGreaterThan(20);
  });
});
