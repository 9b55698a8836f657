// Gateways whose Redis is away keep nothing, and their subgraphs are asked for each page by one caller at a time.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { startTcpProxy, type TcpProxy } from "@tradegraph/testkit/tcp-proxy";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { type CacheShop, seenBy, type ShopCall, startCacheShop } from "./cache-shop.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";
import { type CacheFleet, startCacheFleet } from "./start-cache-fleet.ts";

const redisUri = inject("redisUri") ?? "";
const patient = { timeout: 60_000, interval: 20 };
const gatewayCount = 2;
const visitors = 500;
const page = (id: string) => ({
  query: "query Page($id: ID!) { item(id: $id) { id stock seen } }",
  variables: { id },
});

describe.skipIf(!redisUri)("gateways whose Redis is away", () => {
  let issuer: TestIssuer;
  let shop: CacheShop;
  let proxy: TcpProxy;
  let fleet: CacheFleet;

  const positions = () => fleet.gateways.map(({ cache }) => cache?.log.position());
  beforeAll(async () => {
    [issuer, shop] = await Promise.all([startIssuer(), startCacheShop()]);
    const { hostname: host, port } = new URL(redisUri);
    proxy = await startTcpProxy({ host, port: Number(port || 6_379) });
    const through = proxy.through(redisUri);
    fleet = await startCacheFleet(shop, issuer, gatewayCount, { redisUri: through, namespace: `away-${randomUUID()}` });
  }, 60_000);
  afterAll(async () => {
    heal();
    await fleet.stop();
    await proxy.close();
    await shop.stop();
    issuer.stop();
  }, 60_000);
  beforeEach(() => {
    shop.calls.length = 0;
    shop.holdAnswer = () => Promise.resolve();
    shop.delays = () => [0, 0];
  });

  /** Parts that a gateway has been asked for while it had no log. */
  const bypasses = async (gateway: number) => {
    const metric = await fleet.registries[gateway]?.getSingleMetric("response_cache_parts_total")?.get();
    const counts = (metric?.values ?? []).filter(({ labels }) => labels.result === "bypass");
    return counts.reduce((sum, { value }) => sum + value, 0);
  };
  /** Connections are new, and nothing comes through them. */
  const cutOff = () => {
    proxy.set({ blackHole: true });
    proxy.reset();
  };
  const heal = () => {
    proxy.set({});
    proxy.reset();
  };
  const faults: [string, () => void][] = [
    ["cut off", cutOff],
    [
      "silent",
      () => {
        proxy.set({ hold: true });
      },
    ],
  ];

  it.each(faults)(
    "ask two questions each for five hundred visitors, who see what was changed before they asked: %s",
    async (name, break_) => {
      break_();
      await expect.poll(positions, patient).toEqual([undefined, undefined]);
      const id = `page of ${name}`;
      const before = await Promise.all([0, 1].map(bypasses));
      // The first has been read for each gateway, and is on its way.
      const gate = Promise.withResolvers<undefined>();
      const held = new Set<ShopCall>();
      shop.holdAnswer = (call) => {
        if (held.size >= gatewayCount) return Promise.resolve();
        held.add(call);
        return gate.promise.then(() => undefined);
      };
      const early = [0, 1].map((gateway) => fleet.post(gateway, page(id)));
      await expect.poll(() => held.size, patient).toBe(gatewayCount);
      shop.change(`stock:${id}`);
      const late = [0, 1].flatMap((gateway) =>
        Array.from({ length: visitors - 1 }, () => fleet.post(gateway, page(id))),
      );
      const asked = async () => (await Promise.all([0, 1].map(bypasses))).map((count, i) => count - (before[i] ?? 0));
      await expect.poll(asked, patient).toEqual([visitors, visitors]);
      expect(positions()).toEqual([undefined, undefined]);
      gate.resolve(undefined);

      const answerOf = (stock: number) => ({
        item: { id, stock, seen: seenBy({ tenantId: "acme", role: "anonymous", scopes: [] }) },
      });
      for (const { data } of await Promise.all(early)) expect(data).toEqual(answerOf(1));
      for (const { data, errors, headers } of await Promise.all(late)) {
        expect([data, errors]).toEqual([answerOf(2), undefined]);
        expect(headers.get("cache-control")).toContain("no-store");
      }
      expect(shop.calls).toHaveLength(2 * gatewayCount);

      heal();
      await expect.poll(positions, patient).not.toContain(undefined);
      // Nothing of it was kept.
      shop.change(`stock:${id}`);
      expect((await fleet.post(0, page(id))).data).toEqual(answerOf(3));
    },
    120_000,
  );

  it("show nobody a version from before he asked, whenever he comes, and keep tenants and sessions apart", async () => {
    cutOff();
    await expect.poll(positions, patient).toEqual([undefined, undefined]);
    shop.delays = () => [Math.random() * 10, Math.random() * 20];
    const buyers = await Promise.all(
      ["a", "b"].map(async (letter) => {
        const sub = letter.padStart(24, "0");
        return { sub, authorization: `Bearer ${await issuer.token({ sub, sid: sub })}` };
      }),
    );
    const key = "stock:everybody's";
    const query = `query All($id: ID!) { item(id: $id) { stock seen } }`;
    const own = `query Own($id: ID!) { mine(id: $id) { version seen } }`;
    const variables = { id: "everybody's" };
    let asks = 0;
    const caller = async (index: number) => {
      for (let round = 0; round < 20; round += 1) {
        await sleep(Math.random() * 20);
        const least = shop.versions.get(key) ?? 1;
        const tenant = index % 4 === 0 ? "other" : "acme";
        const buyer = index % 4 === 1 ? buyers[round % 2] : undefined;
        const headers: Record<string, string> = buyer
          ? { authorization: buyer.authorization }
          : { "x-tenant-id": tenant };
        const isOwn = buyer !== undefined && round % 3 === 0;
        const { data, errors } = await fleet.post(index % 2, { query: isOwn ? own : query, variables }, headers);
        expect(errors).toBeUndefined();
        const { stock, version = stock, seen } = (data.item ?? data.mine) as Record<string, unknown>;
        expect(version).toBeGreaterThanOrEqual(least);
        const { tenantId, userId } = JSON.parse(String(seen)) as Record<string, unknown>;
        expect([tenantId, userId]).toEqual([tenant, isOwn ? buyer.sub : undefined]);
        if (!isOwn) asks += 1;
      }
    };
    const writing = setInterval(() => shop.change(key), 7);
    await Promise.all(Array.from({ length: 24 }, (_, index) => caller(index)));
    clearInterval(writing);
    expect(positions()).toEqual([undefined, undefined]);
    const shared = shop.calls.filter(({ query: text }) => !text.includes("mine"));
    expect(shared.every(({ viewer }) => viewer.userId === undefined)).toBe(true);
    expect(shared.length).toBeLessThan(asks);
  }, 120_000);
});
