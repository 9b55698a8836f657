// Operations of partners are planned before a gateway, or another supergraph, takes requests.
import { randomUUID } from "node:crypto";
import { createMetrics } from "@tradegraph/kit/metrics";
import { changedOperationsText, partnerOperationsChannel } from "@tradegraph/kit/partner-operations";
import { connectRedis } from "@tradegraph/kit/redis";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { afterEach, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { compose, opinionTypeDefs } from "./fake-graph.ts";
import { type FakeUsers, startFakeUsers } from "./fake-users.ts";
import { operation, rulesWith } from "./manifest-folder.ts";
import { startTestGateway, type TestGateway, type TestGatewayOptions } from "./start-gateway.ts";
import { writeGraph } from "./write-graph.ts";

const partnerId = "bbbbbbbbbbbbbbbbbbbbbbbb";
/** More than PLAN_WARM_UP, which is for what was used last. */
const operations = Array.from({ length: 150 }, (_, index) =>
  operation(`query Q${index} { books { title stars } a${index}: latest }`, { id: `q${index}` }),
);
const listed = operations.map(({ id: operationId, name, body }) => ({ operationId, name, body, type: "QUERY" }));
const lists = [
  { id: `${partnerId.slice(1)}1`, name: "part-1", operations: listed.slice(0, 100) },
  { id: `${partnerId.slice(1)}2`, name: "part-2", operations: listed.slice(100) },
];
const inUse = { data: { partnersInUse: [{ partnerId, tenantId: "acme" }] } };

let users: FakeUsers;
let test: TestGateway;
let metrics: ReturnType<typeof createMetrics>;
const misses = async () => {
  const { values } = (await metrics.getSingleMetric("graphql_plan_cache_total")?.get()) ?? { values: [] };
  return values.find(({ labels }) => labels.result === "miss")?.value;
};
const plans = async () => (await metrics.getSingleMetric("graphql_plan_cache_plans")?.get())?.values[0]?.value ?? 0;
const start = async (options: TestGatewayOptions = {}) => {
  metrics = createMetrics("gateway");
  test = await startTestGateway({
    ...{ usersUrl: users.url, apiKeys: { redisNamespace: randomUUID() }, metrics, planning: {} },
    operations: rulesWith([], { partner: "ids-only" }),
    ...options,
  });
};
const askAll = async () => {
  const key = { "x-api-key": users.addKey({ partnerId }).secret };
  for (let at = 0; at < operations.length; at += 25) {
    const some = operations.slice(at, at + 25);
    const answers = await Promise.all(some.map(({ id }) => test.post({ documentId: id }, key)));
    for (const { status } of answers) expect(status).toBe(200);
  }
};
const replaceSupergraph = async () => {
  const typeDefs = opinionTypeDefs.replace("latest: String", "latest: String newest: String");
  await writeGraph(test.supergraphPath, compose([test.shelf, { ...test.opinions, typeDefs }]));
  await vi.waitFor(() => expect(test.log.join()).toContain("Supergraph reloaded"), { timeout: 20_000, interval: 50 });
};

beforeEach(async () => {
  users = await startFakeUsers();
  users.answers
    .set("PartnersInUse", () => inUse)
    .set("PartnerOperations", () => ({ data: { partnerOperations: { version: "1", lists } } }));
});
afterEach(async () => {
  await test.stop();
  await users.stop();
});

describe("150 operations of a partner", () => {
  it("are planned when a gateway starts, so that nobody waits for a plan", async () => {
    await start();
    await askAll();
    expect(await misses()).toBe(0);
  });

  it("are planned when his first list is signalled, before he has ever called", async () => {
    users.answers.set("PartnersInUse", () => ({ data: { partnersInUse: [] } }));
    const redisNamespace = randomUUID();
    const redis = connectRedis({ url: String(inject("redisUri")), logger: silentLogger, name: redisNamespace });
    try {
      await start({ redis, apiKeys: { redisNamespace } });
      const message = changedOperationsText({ tenantId: "acme", partnerId });
      // Nobody hears it before the gateway has subscribed.
      const signal = async () => (await redis.publish(partnerOperationsChannel(redisNamespace), message)) > 0;
      await vi.waitUntil(signal, { timeout: 10_000 });
      await vi.waitFor(async () => expect(await plans()).toBeGreaterThanOrEqual(150), { timeout: 20_000 });
      await askAll();
      expect(await misses()).toBe(0);
    } finally {
      redis.disconnect();
    }
  });

  it("are planned for another supergraph before it answers, however long ago they were used", async () => {
    users.answers.set("PartnersInUse", () => ({ errors: [{ message: "later" }] }));
    await start();
    await askAll();
    // Not all: the rest of a list is planned while its first operations are asked for.
    const before = await misses();
    expect(before).toBeGreaterThan(0);
    await replaceSupergraph();
    await askAll();
    expect(await misses()).toBe(before);
  });
});

describe("a gateway starts", () => {
  it("without the plans of partners when users does not answer in time", async () => {
    users.answers.set("PartnersInUse", () => new Promise(() => undefined));
    const begun = performance.now();
    await start({ planning: { warmUpMs: 300 } });
    expect(performance.now() - begun).toBeLessThan(2_800);
    expect((await test.send({ path: "/ready" })).status).toBe(200);
  });

  it("with the plans that find room, those of partners after the apps' own", async () => {
    await start({ planning: { cacheBytes: 100_000 } });
    expect(await plans()).toBeGreaterThan(10);
    expect(await plans()).toBeLessThan(150);
    const key = { "x-api-key": users.addKey({ partnerId }).secret };
    expect((await test.post({ documentId: "q0" }, key)).status).toBe(200);
    expect(await misses()).toBe(0);
  });
});
