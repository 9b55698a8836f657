// Random histories over three gateways that share one Redis: whoever reads after a change was acknowledged sees it, on
// every gateway, whatever was under way meanwhile; and nobody sees what was asked for somebody else.
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { startTcpProxy, type TcpProxy } from "@tradegraph/testkit/tcp-proxy";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { arbitraryHistory, openHistories, performHistory, staleReads, stepIn } from "./cache-histories.ts";
import { type CacheShop, startCacheShop } from "./cache-shop.ts";
import { startCacheFleet } from "./start-cache-fleet.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";

const gatewayCount = 3;
const redisUri = inject("redisUri") ?? "";
const steps = arbitraryHistory(gatewayCount, [30, 100]);
const delays = fc.array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 40 })), { minLength: 1, maxLength: 20 });

describe("the response cache of three gateways", () => {
  let issuer: TestIssuer;
  let shop: CacheShop;
  let perform: Awaited<ReturnType<typeof openHistories>>;
  let histories = 0;
  /** To Redis, for the last gateway: it hears of changes later than the others. */
  let slow: TcpProxy;

  beforeAll(async () => {
    issuer = await startIssuer();
    shop = await startCacheShop();
    perform = await openHistories(shop, issuer);
    const { hostname: host, port } = new URL(redisUri);
    slow = await startTcpProxy({ host, port: Number(port || 6_379) });
    slow.set({ latency: { toClient: 10 } });
  });
  afterAll(async () => {
    await slow.close();
    await shop.stop();
    issuer.stop();
  });

  const runHistories = async (wait: "strict" | "none", numRuns: number) => {
    const fleet = await startCacheFleet(shop, issuer, gatewayCount, {
      ...{ namespace: `model-${randomBytes(4).toString("hex")}`, wait },
      redisUriOf: (index) => (index === gatewayCount - 1 ? slow.through(redisUri) : undefined),
    });
    try {
      await fc.assert(
        fc.asyncProperty(steps, delays, async (schedule, waits) => {
          const list = `list${(histories += 1)}`;
          const history = await performHistory(
            { shop, fleet, perform },
            schedule.map((step) => stepIn(list, step)),
            waits,
          );
          expect(history.every(({ isTold }) => isTold)).toBe(true);
          const mustSee = (read: { gateway: number }, write: { gateway: number }) =>
            wait === "strict" || read.gateway === write.gateway;
          expect(staleReads(history, mustSee)).toEqual([]);
        }),
        { numRuns, endOnFailure: true },
      );
      expect(await fleet.hits(), "histories in which nothing was kept prove nothing").toBeGreaterThan(50);
    } finally {
      await fleet.stop();
    }
  };

  it("shows nobody an older version than was acknowledged to anybody before, when writers wait for all", async () => {
    await runHistories("strict", 30);
  }, 120_000);

  it("shows nobody an older version than was acknowledged by the same gateway, when writers do not wait", async () => {
    await runHistories("none", 20);
  }, 120_000);
});
