// Random histories over three gateways that share one Redis: whoever reads after a change was acknowledged sees it, on
// every gateway, whatever was under way meanwhile; and nobody sees what was asked for somebody else. On a busy machine leases
// end and invalidations are late without a fault: such histories are right too, and prove less, so there are more of them.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { startTcpProxy, type TcpProxy } from "@tradegraph/testkit/tcp-proxy";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { dutiesOf, type MustSee } from "./cache-duties.ts";
import { arbitraryHistory, type Done, openHistories, performHistory, stepIn } from "./cache-histories.ts";
import { watchLeases } from "./cache-lapses.ts";
import { type CacheShop, startCacheShop } from "./cache-shop.ts";
import { type CacheFleet, startCacheFleet } from "./start-cache-fleet.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";

const gatewayCount = 3;
/** The one that hears of changes later than the others. */
const last = gatewayCount - 1;
/** How long a gateway may serve after it has last heard of the log: the bound for those who are not waited for. */
const leaseMs = 1_000;
const redisUri = inject("redisUri") ?? "";
const steps = arbitraryHistory(gatewayCount, [30, 100]);
const delays = fc.array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 40 })), { minLength: 1, maxLength: 20 });
/** Over seconds. Changes go through the others: one that the last gateway could not tell would end its lease. */
const longSteps = arbitraryHistory(gatewayCount, [150, 250], 5_000).map((schedule) =>
  schedule.map((step) => (step.kind === "write" ? { ...step, gateway: step.gateway % last } : step)),
);
/** When the last gateway hears nothing. */
const hold = fc.record({ from: fc.integer({ min: 300, max: 1_000 }), for: fc.integer({ min: 2_500, max: 3_500 }) });

describe("the response cache of three gateways", () => {
  let issuer: TestIssuer;
  let shop: CacheShop;
  let histories = 0;
  /** To Redis, for the last gateway. */
  let slow: TcpProxy;
  const late = { latency: { toClient: 10 } };

  beforeAll(async () => {
    issuer = await startIssuer();
    shop = await startCacheShop();
    const { hostname: host, port } = new URL(redisUri);
    slow = await startTcpProxy({ host, port: Number(port || 6_379) });
    slow.set(late);
  });
  afterAll(async () => {
    await slow.close();
    await shop.stop();
    issuer.stop();
  });

  const open = async (wait: "strict" | "none") => {
    const fleet = await startCacheFleet(shop, issuer, gatewayCount, {
      ...{ namespace: `model-${randomBytes(4).toString("hex")}`, wait },
      redisUriOf: (index) => (index === last ? slow.through(redisUri) : undefined),
    });
    return { fleet, perform: await openHistories(shop, issuer, watchLeases(fleet)) };
  };
  /** Runs histories until they prove something. @param run one history, in a list of its own */
  const check = async <Drawn extends [unknown, ...unknown[]]>(
    fleet: CacheFleet,
    numRuns: number,
    drawn: fc.Arbitrary<Drawn>,
    run: (list: string, ...drawn: Drawn) => Promise<{ history: Done[]; mustSee: MustSee }>,
  ) => {
    let duties = 0;
    do {
      await fc.assert(
        fc.asyncProperty(drawn, async (values) => {
          const { history, mustSee } = await run(`list${(histories += 1)}`, ...values);
          const due = dutiesOf(history, mustSee);
          duties += due.length;
          expect(due.filter(({ isMet }) => !isMet)).toEqual([]);
        }),
        { numRuns, endOnFailure: true },
      );
      // Histories in which nothing was kept, or nothing had to be seen, prove nothing.
    } while (duties < 200 || (await fleet.hits()) < 50);
  };
  const inList = (list: string, schedule: Parameters<typeof performHistory>[1]) =>
    schedule.map((step) => stepIn(list, step));

  const runHistories = async (wait: "strict" | "none", numRuns: number) => {
    const { fleet, perform } = await open(wait);
    const mustSee: MustSee = (read, write) => wait === "strict" || read.gateway === write.gateway;
    await check(fleet, numRuns, fc.tuple(steps, delays), async (list, schedule, waits) => ({
      ...{ history: await performHistory({ shop, fleet, perform }, inList(list, schedule), waits), mustSee },
    })).finally(fleet.stop);
  };

  it("shows nobody an older version than was acknowledged to anybody before, when writers wait for all", async () => {
    await runHistories("strict", 30);
  }, 300_000);

  it("shows nobody an older version than was acknowledged by the same gateway, when writers do not wait", async () => {
    await runHistories("none", 20);
  }, 300_000);

  it("shows it at no other gateway after a second, when writers do not wait, not even at one that hears nothing", async () => {
    const { fleet, perform } = await open("none");
    const mustSee: MustSee = (read, write, sinceMs) => read.gateway === write.gateway || sinceMs >= leaseMs;
    let elsewhere = 0;
    await check(fleet, 4, fc.tuple(longSteps, delays, hold), async (list, schedule, waits, silence) => {
      const silent = sleep(silence.from)
        .then(() => slow.set({ hold: true }))
        .then(() => sleep(silence.for))
        .then(() => slow.set(late));
      const history = await performHistory({ shop, fleet, perform }, inList(list, schedule), waits);
      await silent;
      elsewhere += history.filter(({ step }) => step.kind === "read" && step.gateway === last).length;
      await vi.waitUntil(() => fleet.gateways[last]?.cache?.log.position() !== undefined, { timeout: 30_000 });
      return { history, mustSee };
    }).finally(fleet.stop);
    expect(elsewhere).toBeGreaterThan(100);
  }, 300_000);
});
