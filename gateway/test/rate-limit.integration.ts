import { randomUUID } from "node:crypto";
import { createMetrics } from "@tradegraph/kit/metrics";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { describe, expect, inject, it, onTestFinished, vi } from "vitest";
import { ownHeaders } from "../src/http/graphql.ts";
import { defaultLimits } from "../src/limits/limit-rules.ts";
import { type RateLimitRules } from "../src/rate-limit/settings.ts";
import { newScope } from "../src/request-scope.ts";
import { type FakeUsers, startFakeUsers } from "./fake-users.ts";
import { startOwnCacheRedis } from "./own-cache-redis.ts";
import {
  booksQuery as query,
  from,
  newAddress,
  openRedis,
  startAlone,
  startLimited as start,
  statuses,
} from "./rate-limit-stage.ts";
import { type TestGatewayOptions } from "./start-gateway.ts";

const redisUri = inject("redisUri");

describe.skipIf(!redisUri)("rate limits for visitors", () => {
  it("refuse what is above the limit of an address, over two gateways, with a GraphQL error", async () => {
    const rules = { namespace: `rates-${randomUUID()}`, visitorRequests: 20 };
    const [one, other] = [await start(rules), await start(rules)];
    let n = 0;
    // Each counts alone while the machine is too busy for Redis to answer in time: then others are counted.
    const address = await vi.waitFor(
      async () => {
        const asked = `10.0.0.${(n += 1)}`;
        const counts = await Promise.all(
          [one, other].map((gateway) => statuses(20, () => gateway.post({ query }, from(asked)))),
        );
        expect(counts.reduce((sum, count) => sum + count(200), 0)).toBe(20);
        expect(counts.reduce((sum, count) => sum + count(429), 0)).toBe(20);
        return asked;
      },
      { timeout: 20_000, interval: 1_000 },
    );
    const refused = await one.post({ query }, from(address));
    expect(refused.status).toBe(429);
    expect(refused.body.errors?.[0]?.extensions.code).toBe("RATE_LIMITED");
    expect(refused.headers.get("cache-control")).toBe("private, no-store");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("ratelimit-remaining")).toBe("0");
    expect((await one.post({ query }, from("198.51.100.1"))).status).toBe(200);
  });

  it("tell in headers what is left, which pages may read", async () => {
    const gateway = await startAlone({ visitorRequests: 20 });
    const address = from(newAddress());
    const remaining: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { headers } = await gateway.post({ query }, { ...address, origin: "https://shop.example" });
      expect(headers.get("ratelimit-limit")).toBe("20");
      expect(Number(headers.get("ratelimit-reset"))).toBeGreaterThan(0);
      expect(headers.get("access-control-expose-headers")).toContain("ratelimit-remaining");
      remaining.push(Number(headers.get("ratelimit-remaining")));
    }
    expect(remaining).toEqual([19, 18, 17]);
  });

  it("tell them for documents that are refused, too", async () => {
    const gateway = await startAlone({ visitorRequests: 20 });
    const wrong = await gateway.post({ query: "{ nothing }" }, from(newAddress()));
    expect(wrong.status).toBe(400);
    expect(wrong.headers.get("ratelimit-remaining")).toBe("19");
  });

  it("count all addresses of an IPv6 network as one", async () => {
    const gateway = await startAlone({ visitorRequests: 6 });
    let n = 0;
    const count = await statuses(10, () => gateway.post({ query }, from(`2001:db8:1:2::${(n += 1).toString(16)}`)));
    expect(count(200)).toBe(6);
    expect((await gateway.post({ query }, from("2001:db8:1:3::1"))).status).toBe(200);
  });

  it("give all networks of an IPv6 site three times as much as one", async () => {
    const gateway = await startAlone({ visitorRequests: 6 });
    let n = 0;
    const count = await statuses(30, () => gateway.post({ query }, from(`2001:db8:2:${(n += 1).toString(16)}::1`)));
    expect(count(200)).toBe(18);
    const refused = await gateway.post({ query }, from("2001:db8:2:ffff::1"));
    expect(refused.headers.get("ratelimit-limit")).toBe("18");
    expect((await gateway.post({ query }, from("2001:db8:3:1::1"))).status).toBe(200);
  });

  it("count ids that no list has", async () => {
    const modes = { app: "ids-only", developer: "off", partner: "off" } as const;
    const operations = { modes, manifests: [], automatic: false, redisNamespace: `rates-${randomUUID()}` };
    const gateway = await start({ visitorRequests: 3 }, { operations });
    const send = () => gateway.post({ documentId: "0".repeat(64) }, from("203.0.113.77"));
    for (let n = 0; n < 3; n += 1) expect((await send()).status).toBe(404);
    expect((await send()).status).toBe(429);
  });

  it("leave their headers out of answers that shared caches may keep", () => {
    const answer = { status: 200, headers: new Map([["cache-control", "max-age=5, public"]]), body: "{}" };
    const scope = { ...newScope("r", anonymousViewer("acme")), ownHeaders: () => ["ratelimit-limit", "1"] };
    expect(ownHeaders({ method: "GET", scope }, answer)).toEqual([]);
    expect(ownHeaders({ method: "POST", scope }, answer)).toEqual(["ratelimit-limit", "1"]);
    const own = { ...answer, headers: new Map([["cache-control", "private, no-store"]]) };
    expect(ownHeaders({ method: "GET", scope }, own)).toEqual(["ratelimit-limit", "1"]);
  });

  it("only count where they measure, and say nothing about it", async () => {
    const metrics = createMetrics("gateway");
    const gateway = await startAlone({ mode: "measure", visitorRequests: 3 }, { metrics });
    const address = from(newAddress());
    const count = await statuses(8, () => gateway.post({ query }, address));
    expect(count(200)).toBe(8);
    expect((await gateway.post({ query }, address)).headers.has("ratelimit-limit")).toBe(false);
    expect(await metrics.metrics()).toMatch(/rate_limit_decisions_total\{class="visitor",outcome="over",.*\} 6/);
    expect(gateway.log.join("")).toContain("would be refused");
  });

  it("limit nobody when the guard is off", async () => {
    const gateway = await start({ visitorRequests: 2 }, { guardsOff: ["rate-limit"] });
    expect((await statuses(6, () => gateway.post({ query }, from(newAddress()))))(200)).toBe(6);
  });
});

describe.skipIf(!redisUri)("rate limits for partners", () => {
  /** A point; `query` may cost ten, and costs three. */
  const cheap = '{ book(id: "1") { title } }';
  const openPartner = async (rules: Partial<RateLimitRules>, options: TestGatewayOptions = {}) => {
    const users: FakeUsers = await startFakeUsers();
    onTestFinished(users.stop);
    const { secret } = users.addKey();
    const namespace = `rates-${randomUUID()}`;
    const partner = { usersUrl: users.url, apiKeys: { redisNamespace: namespace } };
    const gateway = await start({ namespace, ...rules }, { ...partner, ...options });
    return { gateway, ask: (asked = cheap) => gateway.post({ query: asked }, { "x-api-key": secret }) };
  };

  it("count points, by partner and not by address", async () => {
    const { gateway, ask } = await openPartner({ partnerPoints: 8 });
    const first = await ask();
    expect(first.status).toBe(200);
    expect(first.headers.get("ratelimit-limit")).toBe("8");
    const count = await statuses(12, () => ask());
    expect(count(200)).toBe(7);
    expect(count(429)).toBe(5);
    expect((await gateway.post({ query }, from(newAddress()))).status).toBe(200);
  });

  it("take what an operation may cost, give back what it did not, and say so", async () => {
    const { ask } = await openPartner({ partnerPoints: 50 }, { limits: { ...defaultLimits, tellsCost: true } });
    const { status, headers, body } = await ask(query);
    expect(status).toBe(200);
    expect(body.extensions?.cost).toEqual({
      ...{ requestedQueryCost: 10, actualQueryCost: 3 },
      throttleStatus: { maximumAvailable: 50, currentlyAvailable: 47, restoreRate: 0.01 },
    });
    expect(headers.get("ratelimit-remaining")).toBe("47");
  });

  it.each<[string, string]>([
    ["a null", '{"data":null,"errors":[{"message":"away"}]}'],
    ["no GraphQL", "away"],
  ])("take all that an operation may cost while a subgraph answers with %s", async (_, answer) => {
    const { gateway, ask } = await openPartner(
      { partnerPoints: 50 },
      { limits: { ...defaultLimits, tellsCost: true } },
    );
    gateway.shelf.behave = (_request, response) => {
      response.setHeader("content-type", "application/json").end(answer);
      return true;
    };
    const { body, headers } = await ask(query);
    expect(body.errors?.length).toBeGreaterThan(0);
    expect(body.extensions?.cost).toMatchObject({
      ...{ requestedQueryCost: 10, actualQueryCost: 10 },
      throttleStatus: { currentlyAvailable: 40 },
    });
    expect(headers.get("ratelimit-remaining")).toBe("40");
  });

  it("take all that an operation may cost where a part of it has failed", async () => {
    const { ask } = await openPartner({ partnerPoints: 50 }, { limits: { ...defaultLimits, tellsCost: true } });
    const { status, body, headers } = await ask("{ books { title } known }");
    expect([status, body.data?.known, body.errors?.length]).toEqual([200, null, 1]);
    expect(headers.get("ratelimit-remaining")).toBe("40");
  });

  it.each([true, false])(
    "take a point for variables that are refused, whether costs are told: %s",
    async (tellsCost) => {
      const { ask } = await openPartner({ partnerPoints: 50 }, { limits: { ...defaultLimits, tellsCost } });
      const { status, headers } = await ask("query ($n: Int!) { books(first: $n) { title } }");
      expect(status).toBe(400);
      expect(headers.get("ratelimit-remaining")).toBe("49");
    },
  );

  it("refuse what can never fit, and say so", async () => {
    const { ask } = await openPartner({ partnerPoints: 8 });
    const { status, headers, body } = await ask(query);
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions.code).toBe("COST_ESTIMATED_TOO_EXPENSIVE");
    expect(body.errors?.[0]?.message).toContain("8 at most");
    expect(headers.has("retry-after")).toBe(false);
  });

  it("go on serving them within the limit while Redis is killed", async () => {
    const own = await startOwnCacheRedis();
    if (!own) return;
    onTestFinished(async () => own.stop().catch(() => undefined));
    const redis = await openRedis(own.uri);
    const restore = 20;
    const { ask } = await openPartner({ partnerPoints: 100, partnerRestore: restore }, { redis });
    const began = performance.now();
    const mayPass = () => 100 + ((performance.now() - began) / 1_000) * restore;
    const before = await statuses(10, () => ask());
    expect(before(200)).toBe(10);
    const during = statuses(40, () => ask());
    process.kill(own.process.pid, "SIGKILL");
    const count = await during;
    expect(count(200) + count(429)).toBe(40);
    let passed = 10 + count(200);
    let refused = count(429);
    let served = 0;
    while (served < 10) {
      const after = await statuses(20, () => ask());
      expect(after(200) + after(429)).toBe(20);
      served += after(200);
      refused += after(429);
      expect((passed += after(200))).toBeLessThanOrEqual(mayPass());
    }
    expect(refused).toBeGreaterThan(0);
  });
});
