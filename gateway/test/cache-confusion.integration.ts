// Two gateways over one shop, one of which keeps answers: however a request is written, both must say the same.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import fc from "fast-check";
import { parse } from "graphql";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { compilePolicy } from "../src/authorization/compile-policy.ts";
import { compileCacheManifest } from "../src/cache/policy/compile-cache-policy.ts";
import { createGateway, type Gateway } from "../src/server.ts";
import { type CacheShop, startCacheShop } from "./cache-shop.ts";
import { compose, keys } from "./fake-graph.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";
import { policyPathOf } from "./write-graph.ts";

let [shop, issuer, redis, folder]: [CacheShop?, TestIssuer?, RedisClient?, string?] = [];
let gateways: Gateway[] = [];
let urls: string[] = [];

beforeAll(async () => {
  [shop, issuer] = await Promise.all([startCacheShop(), startIssuer()]);
  ["stock:1", "stock:2", "stock:null", "label:1"].forEach((key, index) => shop?.versions.set(key, 10 + index));
  folder = await mkdtemp(join(tmpdir(), "confusion-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  const sdl = compose(shop.subgraphs);
  const cache = compileCacheManifest(new Map(shop.subgraphs.map(({ name, typeDefs }) => [name, parse(typeDefs)])));
  await writeFile(supergraphPath, sdl);
  await writeFile(policyPathOf(supergraphPath), JSON.stringify({ ...compilePolicy(sdl), cache }));
  const logger = createLogger({ service: "gateway", level: "silent" });
  redis = connectRedis({ url: inject("redisUri") ?? "", logger, name: "confusion" });
  const options = { supergraphPath, keys, tokens: issuer.rules, logger, redis };
  const tenants = { hosts: {}, trustHeader: true, fallback: "acme" };
  const rules = { namespace: `confusion-${randomUUID()}` };
  gateways = await Promise.all([
    createGateway({ ...options, tenants, metrics: createMetrics("gateway"), cache: rules }),
    createGateway({ ...options, tenants, metrics: createMetrics("gateway") }),
  ]);
  urls = await Promise.all(gateways.map(async (one) => `http://127.0.0.1:${await one.listen(0, "127.0.0.1")}/graphql`));
  await vi.waitUntil(() => gateways[0]?.cache?.log.position() !== undefined, 15_000);
});

afterAll(async () => {
  await Promise.all(gateways.map((one) => one.drain()));
  await Promise.all(gateways.map((one) => one.close()));
  redis?.disconnect();
  await Promise.all([shop?.stop(), issuer?.stop(), rm(folder ?? "", { recursive: true })]);
});

interface Raw {
  method: "POST" | "GET";
  search: string;
  headers: Record<string, string>;
  body: Buffer;
}

const queries = [
  'query A($id: ID = "1") { item(id: $id) { id stock } } query B($id: ID = "2") { item(id: $id) { id label } }',
  "query A($id: ID!) { item(id: $id) { id stock } }",
  "query B($id: ID!) { item(id: $id) { id stock } }",
  "query A($id: ID!) { item(id: $id) { id ...F } } fragment F on Item { label }",
  "query A($id: ID!) { item(id: $id) { id ...F } } fragment F on Item { stock }",
  "query A($id: ID!, $no: Boolean = false) { item(id: $id) { id stock @include(if: $no) label @skip(if: $no) } }",
  "query A($id: ID!, $no: Boolean = false) { item(id: $id) { id label @include(if: $no) stock @skip(if: $no) } }",
  "query A($id: ID!, $x: Int) { item(id: $id) { id } offer(id: $id) { version } }",
  '{ item(id: "1") { stock } }',
  '{ item(id: "\\u0031") { stock } }',
  '{ item(id: """1""") { stock } }',
  "{ item(id: 1) { stock } }",
  "{ item(id: 1) { stock } } # { item(id: 2) { stock } }",
  'A\nquery A { item(id: "2") { stock } }',
  "mutation A { __typename }",
  "subscription A { x }",
  "{ __typename }",
  "{ nothing }",
  '{ item(id: "1") { stock ',
];
const anyQuery = fc.oneof(fc.constantFrom(...queries.slice(0, 7)), fc.constantFrom(...queries));
const json = (value: unknown) => JSON.stringify(value);
const oddVariables = [
  ...[undefined, "null", "{}", '"x"', "[]", '{"id":null}', '{"id":1.5}', '{"id":1.0}', '{"id":-0}', '{"id":1e400}'],
  ...['{"id":true}', '{"id":["1"]}', '{"id":"1","no":null}', '{"id":"1","x":1}', '{"id":"1","other":"2"}'],
  ...['{"id":"1","id":"2"}', '{"__proto__":{"id":"2"},"id":"1"}', '{"\\u0069d":"2"}', '{"id":"\\ud800"}'],
];
const values = {
  operationName: [undefined, "A", "B", undefined, null, "", "a", 1, "A\n", "__proto__"].map(json),
  variables: ['{"id":"1"}', '{"id":"2"}', '{"id":1}', '{"id":"1","no":true}', ...oddVariables],
  extensions: [
    ...[undefined, undefined, {}, undefined, null, "x", { clientLibrary: { name: "x" } }, { other: 1 }],
    { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } },
  ].map(json),
};

/** Mostly what stands first: what is refused at once finds nothing that was kept. */
const mostly = <T>(first: T, ...others: T[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(first) }, fc.constantFrom(first, ...others));
const member = (name: string, texts: readonly (string | undefined)[]) =>
  fc
    .oneof({ weight: 3, arbitrary: fc.constantFrom(...texts.slice(0, 4)) }, fc.constantFrom(...texts))
    .map((text) => (text === undefined ? "" : `,${json(name)}:${text}`));
const headers = fc.record({
  accept: mostly(
    "",
    "*/*",
    "application/json",
    "application/graphql-response+json",
    "text/html",
    "application/json;q=0",
  ),
  "content-type": mostly(
    ...(["application/json", "application/json; charset=utf-8", "application/json;charset=latin1"] as const),
    ...(["text/plain", "application/x-www-form-urlencoded", "application/json, text/plain"] as const),
  ),
  "x-tenant-id": mostly("", "acme", "other", "Acme"),
  "cache-control": mostly("", "no-cache", "no-store", "only-if-cached"),
  "apollo-cache-debugging": mostly("", "true"),
});
const parts = fc.record({
  query: anyQuery,
  second: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, fc.constantFrom(...queries)),
  rest: fc.tuple(...Object.entries(values).map(([name, texts]) => member(name, texts))).map((all) => all.join("")),
  wrapped: mostly("@", "[@]", "\ufeff@", " @ ", "@}", "@\u0000"),
  escaped: fc.boolean(),
});
const posts = fc.tuple(parts, headers).map(([{ query, second, rest, wrapped, escaped }, given]): Raw => {
  const name = escaped ? '"\\u0071uery"' : '"query"';
  const other = second === null ? "" : `,"query":${json(second)}`;
  const text = `{${name}:${json(query)}${other}${rest}}`;
  return { method: "POST", search: "", headers: given, body: Buffer.from(wrapped.replace("@", () => text)) };
});
const gets = fc.tuple(
  fc.array(
    fc.oneof(
      anyQuery.map((query) => ["query", query] as const),
      fc.constantFrom("A", "B", "").map((name) => ["operationName", name] as const),
      fc.constantFrom(...values.variables, "{").map((text) => ["variables", text ?? ""] as const),
      fc.constantFrom(...values.extensions).map((text) => ["extensions", text ?? ""] as const),
    ),
    { maxLength: 4 },
  ),
  headers,
  fc.constantFrom("apollo-require-preflight", "x-apollo-operation-name", "x-none"),
);
const requests = fc.oneof(
  { weight: 3, arbitrary: posts },
  gets.map(([search, { "content-type": _, ...given }, preflight]): Raw => {
    const text = search.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    return {
      method: "GET",
      search: text && `?${text}`,
      headers: { ...given, [preflight]: "1" },
      body: Buffer.alloc(0),
    };
  }),
);

async function ask(url = "", { method, search, headers: given, body }: Raw) {
  const sent = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const response = await fetch(url + search, {
    method,
    headers: sent,
    ...(method === "POST" && { body: Uint8Array.from(body) }),
  });
  const text = (await response.text()).replaceAll(/"requestId":"[^"]*"/g, "");
  const status = response.headers.get("cache-status") ?? "";
  return { status, shown: { code: response.status, type: response.headers.get("content-type"), text } };
}

it("says the same whoever asked for something similar before, however requests are written", async () => {
  let hits = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(requests, { minLength: 1, maxLength: 6 }), async (sent) => {
      for (const request of [...sent, ...sent]) {
        const [kept, plain] = await Promise.all(urls.map((url) => ask(url, request)));
        if (kept?.status.includes("hit")) hits += 1;
        expect(kept?.shown).toEqual(plain?.shown);
      }
    }),
    { numRuns: 400 },
  );
  expect(hits).toBeGreaterThan(300);
}, 60_000);
