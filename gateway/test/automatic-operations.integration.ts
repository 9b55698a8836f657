// Automatic persisted queries over HTTP, with the real Redis.
import { randomUUID } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { operationHash } from "@tradegraph/kit/operation-text";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { startTcpProxy } from "@tradegraph/testkit/tcp-proxy";
import { within } from "@tradegraph/testkit/within";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { createAutomaticOperations, maxAutomaticText } from "../src/operations/automatic-operations.ts";
import { type FakeUsers, startFakeUsers } from "./fake-users.ts";
import { type ManifestFolder, makeManifestFolder, operation, rulesWith } from "./manifest-folder.ts";
import { type GraphqlAnswer, startTestGateway, type TestGateway } from "./start-gateway.ts";

const logger = createLogger({ service: "test", level: "silent" });
const listed = operation("query Latest { latest }");
let redis: RedisClient;
let users: FakeUsers;
let folder: ManifestFolder;
let test: TestGateway;
let other: TestGateway;
let strict: TestGateway;
const namespace = `apq-${randomUUID()}`;

beforeAll(async () => {
  redis = connectRedis({ url: String(inject("redisUri")), logger, name: namespace });
  await vi.waitUntil(() => redis.status === "ready", 5_000);
  [users, folder] = await Promise.all([startFakeUsers(), makeManifestFolder()]);
  await folder.write("storefront", [listed]);
  const start = (app: "off" | "safelist") =>
    startTestGateway({
      ...{ redis, usersUrl: users.url, apiKeys: { redisNamespace: namespace } },
      operations: {
        ...rulesWith([folder.path], { app }, { automatic: true, redisNamespace: namespace }),
        partnerLists: { listOf: () => undefined },
      },
    });
  [test, other, strict] = await Promise.all([start("off"), start("off"), start("safelist")]);
});
afterAll(async () => {
  await Promise.all([test.stop(), other.stop(), strict.stop()]);
  await users.stop();
  await folder.remove();
  redis.disconnect();
});

const hashOf = (query: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: operationHash(query) } },
});
const refusalOf = ({ status, body }: GraphqlAnswer) => [status, body.errors?.[0]?.extensions.code];
const notFound = [200, "PERSISTED_QUERY_NOT_FOUND"];

describe("automatic persisted queries", () => {
  it("are asked for, registered, and known to every gateway, as clients of Apollo do it", async () => {
    const query = "query Automatic { latest }";
    const first = await test.post(hashOf(query));
    expect(refusalOf(first)).toEqual(notFound);
    expect(first.body.errors?.[0]?.message).toBe("PersistedQueryNotFound");
    expect(first.headers.get("cache-control")).toBe("private, no-store");
    expect((await test.post({ query, ...hashOf(query) })).body).toEqual({ data: { latest: "fine" } });
    expect((await test.post(hashOf(query))).body).toEqual({ data: { latest: "fine" } });
    const key = `${namespace}:apq:${operationHash(query)}`;
    await vi.waitUntil(async () => (await redis.exists(key)) === 1, 15_000);
    expect((await other.post(hashOf(query))).body).toEqual({ data: { latest: "fine" } });
    expect(await redis.ttl(key)).toBeGreaterThan(86_000);
    const search = new URLSearchParams({ extensions: JSON.stringify(hashOf(query).extensions) });
    const got = await other.send({ path: `/graphql?${search}`, headers: { "apollo-require-preflight": "1" } });
    expect(got.body).toEqual({ data: { latest: "fine" } });
  });

  it("refuse a hash of another text, and keep neither", async () => {
    const query = "query Right { latest }";
    const answer = await test.post({ query: "query Wrong { latest }", ...hashOf(query) });
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.[0]?.message).toBe("provided sha does not match query");
    expect(refusalOf(await test.post(hashOf(query)))).toEqual(notFound);
  });

  it("keep nothing that is not valid, and nothing that came by GET", async () => {
    const invalid = "query Invalid { nothing }";
    expect((await test.post({ query: invalid, ...hashOf(invalid) })).status).toBe(400);
    expect(refusalOf(await test.post(hashOf(invalid)))).toEqual(notFound);
    const query = "query ByGet { latest }";
    const search = new URLSearchParams({ query, extensions: JSON.stringify(hashOf(query).extensions) });
    const got = await test.send({ path: `/graphql?${search}`, headers: { "apollo-require-preflight": "1" } });
    expect(got.body).toEqual({ data: { latest: "fine" } });
    expect(refusalOf(await test.post(hashOf(query)))).toEqual(notFound);
  });

  it("keep no text that somebody put into Redis under another hash", async () => {
    const query = "query Honest { latest }";
    await redis.set(`${namespace}:apq:${operationHash(query)}`, 'mutation { addBook(title: "x") { id } }');
    expect(refusalOf(await test.post(hashOf(query)))).toEqual(notFound);
  });

  it("open no safelist: what is not in it is neither answered nor kept", async () => {
    const query = "query Unlisted { whoami }";
    const refused = [403, "QUERY_NOT_IN_SAFELIST"];
    expect(refusalOf(await strict.post({ query, ...hashOf(query) }))).toEqual(refused);
    expect(refusalOf(await strict.post(hashOf(query)))).toEqual(notFound);
    await test.post({ query, ...hashOf(query) });
    await vi.waitUntil(async () => (await redis.exists(`${namespace}:apq:${operationHash(query)}`)) === 1, 15_000);
    expect(refusalOf(await strict.post(hashOf(query)))).toEqual(refused);
    expect((await strict.post({ query: listed.body, ...hashOf(listed.body) })).status).toBe(200);
  });

  it("are not for partners", async () => {
    const query = "query OfPartner { latest }";
    const key = { "x-api-key": users.addKey().secret };
    expect(refusalOf(await test.post({ query, ...hashOf(query) }, key))).toEqual([400, "CANNOT_SEND_PQ_ID_AND_BODY"]);
    await test.post({ query, ...hashOf(query) });
    expect(refusalOf(await test.post(hashOf(query), key))).toEqual([404, "PERSISTED_QUERY_NOT_IN_LIST"]);
  });
});

describe("what is kept of them", () => {
  it("is bounded in length and in number of writes", async () => {
    const own = `apq-${randomUUID()}`;
    const automatic = createAutomaticOperations({ redis, namespace: own, logger });
    automatic.register(operationHash("long"), "x".repeat(maxAutomaticText + 1));
    expect(await automatic.read(operationHash("long"))).toBeUndefined();
    const texts = Array.from({ length: 400 }, (_, index) => `{ a${index} }`);
    for (const text of texts) automatic.register(operationHash(text), text);
    // Commands of one connection are answered in order.
    const kept = await Promise.all(texts.map((text) => redis.exists(`${own}:apq:${operationHash(text)}`)));
    expect(kept.filter(Boolean)).toHaveLength(300);
    expect(automatic.read(operationHash("{ a399 }"))).toBe("{ a399 }");
  });

  it("costs a request little while Redis hangs, and the next ones nothing", async () => {
    const url = String(inject("redisUri"));
    const proxy = await startTcpProxy({ port: Number(new URL(url).port) });
    const held = connectRedis({ url: proxy.through(url), logger, name: "held" });
    await vi.waitUntil(() => held.status === "ready", 5_000);
    const asked = vi.spyOn(held, "getex");
    const automatic = createAutomaticOperations({ redis: held, namespace, logger });
    await redis.set(`${namespace}:apq:${operationHash("{ held }")}`, "{ held }");
    proxy.set({ hold: true });
    // A command gives up after half a second.
    expect(await within(400, automatic.read(operationHash("{ held }")))).toBeUndefined();
    for (let n = 0; n < 100; n += 1) expect(automatic.read(operationHash(`{ a${n} }`))).toBeUndefined();
    expect(asked).toHaveBeenCalledTimes(1);
    proxy.set({});
    await vi.waitUntil(async () => (await automatic.read(operationHash("{ held }"))) === "{ held }", 5_000);
    await proxy.close();
    held.disconnect();
  });

  it("goes on in memory while Redis is away", async () => {
    const gone = connectRedis({ url: "redis://127.0.0.1:1", logger, name: "gone" });
    const automatic = createAutomaticOperations({ redis: gone, namespace, logger });
    automatic.register(operationHash("{ latest }"), "{ latest }");
    expect(automatic.read(operationHash("{ latest }"))).toBe("{ latest }");
    expect(await automatic.read(operationHash("{ other }"))).toBeUndefined();
    gone.disconnect();
  });
});
