// What is stale is shown while a new answer is fetched. The one schedule in which that shows something old: the subgraph has
// read for the refresh, then a change is acknowledged, and only then the refresh brings what was before it.
import { randomUUID } from "node:crypto";
import { entityTag } from "@tradegraph/kit/cache-tags";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { type CacheShop, startCacheShop } from "./cache-shop.ts";
import { itemQuery, stockCalls, type Stage, type StageGraph, startStage, startStageGraph } from "./caching-stage.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";
import { type CacheFleet, startCacheFleet } from "./start-cache-fleet.ts";

/** Machines that test are busy. */
const soon = { timeout: 10_000 };

describe("a part whose refresh is under way when a change is acknowledged", () => {
  let stage: Stage;
  let graph: StageGraph;
  let release: () => void;
  beforeEach(async () => {
    stage = startStage();
    graph = await startStageGraph(stage);
    await graph.ask(itemQuery, { id: "1" });
    graph.forward(61);
    const gate = Promise.withResolvers<undefined>();
    release = () => gate.resolve(undefined);
    // It has read, and has not answered.
    stage.behave = async (call, result) => {
      if (stockCalls(stage).indexOf(call) === 1) await gate.promise;
      return result;
    };
    expect((await graph.ask(itemQuery, { id: "1" })).data).toEqual({ item: { id: "1", stock: 1 } });
    await expect.poll(() => stockCalls(stage).length, soon).toBe(2);
    stage.versions.set("1", 2);
    graph.log.mark([entityTag("Thing", "1")]);
  });
  afterEach(() => graph.stop());

  it("is shown as it is now to who asks when the refresh has brought the old one, and ever after", async () => {
    release();
    await expect.poll(() => graph.cache.refreshing.size, soon).toBe(0);
    for (const _ of [1, 2]) expect((await graph.ask(itemQuery, { id: "1" })).data?.item).toMatchObject({ stock: 2 });
    expect(stockCalls(stage)).toHaveLength(3);
  });

  it("is shown as it is now to who asks while the refresh is on its way", async () => {
    const missed = await graph.misses();
    const late = graph.ask(itemQuery, { id: "1" });
    await expect.poll(() => graph.misses(), soon).toBe(missed + 1);
    release();
    expect((await late).data?.item).toMatchObject({ stock: 2 });
    await expect.poll(() => graph.cache.refreshing.size, soon).toBe(0);
    expect((await graph.ask(itemQuery, { id: "1" })).data?.item).toMatchObject({ stock: 2 });
  });
});

describe.skipIf(!inject("redisUri"))("a whole answer whose part is refreshed when a change is acknowledged", () => {
  let issuer: TestIssuer;
  let shop: CacheShop;
  let fleet: CacheFleet;
  let held: PromiseWithResolvers<undefined>;
  const id = () => `${shop.calls.length}-${randomUUID()}`;
  const query = "query Note($id: ID!) { note(id: $id) { version } }";

  beforeAll(async () => {
    [issuer, shop] = await Promise.all([startIssuer(), startCacheShop()]);
    fleet = await startCacheFleet(shop, issuer, 2, { namespace: `refresh-${randomUUID()}`, wait: "strict" });
  });
  afterAll(async () => {
    await fleet.stop();
    await shop.stop();
    issuer.stop();
  });

  const refreshes = async () => {
    const found = await fleet.registries[0]?.getSingleMetric("response_cache_refreshes_total")?.get();
    return (found?.values ?? []).reduce((sum, { value }) => sum + value, 0);
  };
  const versionOf = async (gateway: number, variables: { id: string }) => {
    const { data } = await fleet.post(gateway, { query, variables });
    return (data.note as { version: number }).version;
  };
  /** Stale shown, refresh held, change acknowledged. */
  const prepare = async () => {
    const variables = { id: id() };
    held = Promise.withResolvers<undefined>();
    shop.holdAnswer = () => Promise.resolve();
    for (const gateway of [0, 0, 1]) expect(await versionOf(gateway, variables)).toBe(1);
    await fleet.append(0, { tags: [entityTag("Shelf", `stock:${variables.id}`)], isSoft: true });
    let refreshing = 0;
    shop.holdAnswer = async (call) => {
      if (call.query.includes("note") && (refreshing += 1) === 1) await held.promise;
    };
    const before = await refreshes();
    const shown = await fleet.post(0, { query, variables });
    expect([shown.data, shown.headers.get("cache-status")]).toEqual([
      { note: { version: 1 } },
      "tradegraph; fwd=stale",
    ]);
    await expect.poll(() => refreshing, soon).toBe(1);
    expect(await fleet.post(1, { query: `mutation { changeStock(id: "${variables.id}") }` })).toMatchObject({
      data: { changeStock: 2 },
    });
    const release = async () => {
      held.resolve(undefined);
      await expect.poll(refreshes, soon).toBe(before + 1);
    };
    return { variables, release };
  };

  it("is shown as it is now at every gateway when the refresh has brought the old one", async () => {
    const { variables, release } = await prepare();
    await release();
    for (const gateway of [0, 1, 0, 1]) expect(await versionOf(gateway, variables)).toBe(2);
  });

  it("is shown as it is now to who asks while the refresh is on its way, and kept so", async () => {
    const { variables, release } = await prepare();
    const late = [0, 0, 1].map((gateway) => versionOf(gateway, variables));
    await release();
    expect(await Promise.all(late)).toEqual([2, 2, 2]);
    for (const gateway of [0, 1, 0, 1]) expect(await versionOf(gateway, variables)).toBe(2);
  });
});
