// Whole gateways: what is popular is asked before visitors do, and what operators purge is asked again.
import { randomUUID } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { flushCache } from "../../scripts/flush-cache.ts";
import { createOperatorServer, type OperatorServer } from "../src/operator-server.ts";
import { type CacheShop, startCacheShop } from "./cache-shop.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";
import { type CacheFleet, startCacheFleet } from "./start-cache-fleet.ts";
import { operatorKeys } from "./start-operator.ts";

const redisUri = inject("redisUri");
const query = "query Shelf($id: ID!) { item(id: $id) { id stock label } }";
const shelf = (id: string) => ({ query, variables: { id } });
const own = "query Mine { mine(id: 1) { version } }";

describe.skipIf(!redisUri)("a response cache in operation", () => {
  let shop: CacheShop;
  let issuer: TestIssuer;
  let namespace: string;
  beforeAll(async () => {
    [shop, issuer] = await Promise.all([startCacheShop(), startIssuer()]);
  });
  afterAll(async () => {
    issuer.stop();
    await shop.stop();
  });
  beforeEach(() => {
    namespace = `operations-${randomUUID()}`;
    shop.calls.length = 0;
  });
  const start = (count: number, warm = 0) => startCacheFleet(shop, issuer, count, { namespace, warm });

  it("knows after a restart what visitors asked, and asks it before they do", async () => {
    const before = await start(1, 5);
    const authorization = `Bearer ${await issuer.token()}`;
    for (let time = 0; time < 3; time++) {
      await before.post(0, shelf("1"));
      await before.get(0, shelf("2"));
    }
    await before.post(0, { query: own }, { authorization });
    await before.post(0, shelf("3"), { authorization });
    await before.stop();
    // Nothing is left but what is popular.
    await flushCache(redisUri ?? "", namespace);
    shop.calls.length = 0;

    const after = await start(1, 5);
    const asked = shop.calls.filter(({ subgraph }) => subgraph === "stock");
    expect(asked.map(({ variables }) => variables.id).sort()).toEqual(["1", "2"]);
    expect(asked.map(({ viewer }) => viewer.role)).toEqual(["anonymous", "anonymous"]);
    const calls = shop.calls.length;
    const answers = [await after.post(0, shelf("1")), await after.get(0, shelf("2"))];
    expect(answers.map(({ headers }) => headers.get("cache-status"))).toEqual([
      expect.stringContaining("hit"),
      expect.stringContaining("hit"),
    ]);
    expect(shop.calls).toHaveLength(calls);
    await after.stop();
  });

  describe("with operators", () => {
    let fleet: CacheFleet;
    let operators: OperatorServer;
    let url: string;
    beforeEach(async () => {
      fleet = await start(2);
      const [gateway] = fleet.gateways;
      const [registry] = fleet.registries;
      if (!gateway?.cache || !registry) throw new Error("There is no cache.");
      operators = createOperatorServer({
        ...{ health: gateway.health, registry, logger: createLogger({ service: "gateway", level: "silent" }) },
        cache: { ...gateway.cache, keys: operatorKeys, subgraphs: gateway.subgraphs },
      });
      url = `http://127.0.0.1:${await operators.listen(0, "127.0.0.1")}`;
      return async () => {
        await operators.close();
        await fleet.stop();
      };
    });
    const purge = async (items: object[]) => {
      const response = await fetch(`${url}/invalidation?v=ours`, {
        method: "POST",
        headers: { authorization: operatorKeys["*"] },
        body: JSON.stringify(items.map((item) => ({ ...item, wait: "strict" }))),
      });
      return response.status;
    };
    const stocks = async () =>
      Promise.all([0, 1].map(async (gateway) => (await fleet.post(gateway, shelf("7"))).data.item));

    it.each([
      [{ kind: "subgraph", subgraph: "stock" }],
      [{ kind: "type", subgraph: "stock", type: "Item" }],
      [{ kind: "tenant", tenant: "acme" }],
      [{ kind: "entity", type: "Shelf", key: { id: "stock:7" } }],
    ])("shows what was written past it after a purge of %o, in all gateways", async (item) => {
      const [first] = await stocks();
      shop.change("stock:7");
      expect(await stocks()).toEqual([first, first]);
      expect(
        await purge([
          { kind: "subgraph", subgraph: "other" },
          { kind: "tenant", tenant: "other" },
        ]),
      ).toBe(202);
      expect(await stocks()).toEqual([first, first]);
      expect(await purge([item])).toBe(202);
      const now = { ...(first as object), stock: shop.versions.get("stock:7") };
      expect(await stocks()).toEqual([now, now]);
    });

    it("tells what it does", async () => {
      await stocks();
      await stocks();
      const { levels, state, operations } = (await (await fetch(`${url}/cache.json`)).json()) as {
        levels: { name: string; counts: Record<string, number> }[];
        state: { hasLease: boolean; redis: string; lagMs: number };
        operations: { name: string }[];
      };
      expect(state).toMatchObject({ hasLease: true, redis: "ready" });
      expect(state.lagMs).toBeLessThan(1_000);
      expect(levels[0]?.counts.memory).toBe(1);
      expect(operations.map(({ name }) => name)).toContain("Shelf");
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toMatch(/response_cache_lease\{.*\} 1/);
      expect(metrics).toMatch(/response_cache_insert_bytes_total\{.*\} [1-9]/);
      expect(metrics).toMatch(/response_cache_fetch_seconds_count\{.*\} [1-9]/);
    });
  });
});
