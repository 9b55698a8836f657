// Redis is killed, and comes back empty, while callers come through three gateways in many ways: how much passes
// altogether. docs/RATE-LIMITS.md has the bounds.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { resolveRedisServer } from "@tradegraph/devservices/resolve-redis";
import { connectRedis } from "@tradegraph/kit/redis";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Bucket, createBucketTable } from "../src/rate-limit/bucket.ts";
import { type Rate } from "../src/rate-limit/bucket-level.ts";
import { createLeases, type Leases } from "../src/rate-limit/leases.ts";
import { startOwnCacheRedis } from "./own-cache-redis.ts";
import { silentLogger } from "./rate-limit-stage.ts";

const server = await resolveRedisServer();
const instances = 3;
const patient = { timeout: 20_000, interval: 20 };
/** Each seed is a caller with other costs and another tempo, who is elsewhere in his limit when Redis is killed. */
const seeds = Array.from({ length: 50 }, (_, seed) => seed);

/** Numbers from 0 to 1 (mulberry32), the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const spreadings = [
  "evenly",
  "most through one",
  "through one, then through all",
  "through one, then through others",
] as const;
type Spreading = (typeof spreadings)[number];

/** Which gateway a request comes to, before Redis is killed and after it. */
function gatewayOf(spreading: Spreading, random: () => number, isKilled: boolean): number {
  const other = () => 1 + Math.floor(random() * (instances - 1));
  if (spreading === "evenly") return Math.floor(random() * instances);
  if (spreading === "most through one") return random() < 0.8 ? 0 : other();
  if (!isKilled) return 0;
  return spreading === "through one, then through others" ? other() : Math.floor(random() * instances);
}

const strict: Rate = { capacity: 400, perSecond: 100 };
/** As good as nothing comes back, as for visitors within a minute. */
const loose: Rate = { capacity: 400, perSecond: 0.1 };

interface Caller {
  spreading: Spreading;
  isStrict: boolean;
  rate: Rate;
  buckets: readonly Bucket[];
  random: () => number;
  largest: number;
  passed: number;
  passedAlone: number;
  began: number;
}

function callerOf(spreading: Spreading, isStrict: boolean, seed: number): Caller {
  const rate = isStrict ? strict : loose;
  const options = { namespace: `death-${randomUUID()}`, name: "test", rate, max: 1, isPersonal: false, isStrict };
  const random = randomOf(seed);
  return {
    buckets: Array.from({ length: instances }, () => createBucketTable(options).of("somebody")),
    ...{ spreading, isStrict, rate, random, largest: 1 + Math.floor(random() * 8) },
    ...{ passed: 0, passedAlone: 0, began: 0 },
  };
}

/** What passed beyond the limit and what came back; below zero for less. */
const excess = ({ passed, rate, began }: Caller) =>
  passed - rate.capacity - ((performance.now() - began) / 1_000) * rate.perSecond;

interface Result {
  caller: Caller;
  alone: number;
  afterwards: number;
}

async function killDuringTraffic(callers: readonly Caller[]): Promise<Result[]> {
  // A password that the next server has too.
  const configuration = ["user gateway on >the-same-again ~* &* +@all"];
  const redis = await startOwnCacheRedis({ configuration });
  if (!redis) throw new Error("There is no Redis.");
  const url = `redis://gateway:the-same-again@127.0.0.1:${redis.port}`;
  const connections = Array.from({ length: instances }, () =>
    connectRedis({ url, logger: silentLogger, name: "test" }),
  );
  const gateways: Leases[] = connections.map((one) => createLeases({ redis: one, instances, hearMs: 1_500 }));
  const isBack = () => vi.waitUntil(() => !gateways.some((one) => one.isAlone()), patient);
  await isBack();
  let [isKilled, isOver] = [false, false];
  const ask = async (caller: Caller) => {
    const { random, buckets, spreading, largest } = caller;
    const cost = 1 + Math.floor(random() * largest);
    const to = gatewayOf(spreading, random, isKilled);
    const taking = await (gateways[to] as Leases).take(buckets[to] as Bucket, cost);
    if (taking === "refused") return;
    caller.passed += cost;
    if (isKilled) caller.passedAlone += cost;
  };
  const traffic = callers.map(async (caller) => {
    const { random } = caller;
    await pause(random() * 600);
    caller.began = performance.now();
    while (!isOver) {
      await Promise.all(Array.from({ length: 1 + Math.floor(random() * 12) }, () => ask(caller)));
      await pause(random() * 60);
    }
  });
  // Not a proof of anything: seeds are to be at different places of their limits.
  await pause(900);
  process.kill(redis.process.pid, "SIGKILL");
  isKilled = true;
  await vi.waitUntil(() => callers.every((one) => !one.isStrict || one.passedAlone > 20), patient);
  const alone = callers.map(excess);
  const reborn = await startOwnCacheRedis({ port: redis.port, configuration });
  await isBack();
  const before = callers.map(({ passed }) => passed);
  // Until those who have something to get got it from Redis.
  await vi.waitUntil(
    () => callers.every(({ isStrict, passed }, n) => !isStrict || passed > Number(before[n]) + 50),
    patient,
  );
  isOver = true;
  await Promise.all(traffic);
  const results = callers.map((caller, n) => ({ caller, alone: Number(alone[n]), afterwards: excess(caller) }));
  await Promise.all(gateways.map((one) => one.close()));
  for (const one of connections) one.disconnect();
  await Promise.all([reborn?.stop(), redis.stop().catch(() => undefined)]);
  return results;
}

describe.skipIf(!server)("when Redis is killed during traffic through three gateways", () => {
  let results: Result[] = [];
  beforeAll(async () => {
    results = await killDuringTraffic(
      spreadings.flatMap((spreading) =>
        [true, false].flatMap((isStrict) => seeds.map((seed) => callerOf(spreading, isStrict, seed))),
      ),
    );
  }, 60_000);
  const worst = (spreading: Spreading, isStrict: boolean, when: "alone" | "afterwards") =>
    Math.max(
      ...results
        .filter(({ caller: one }) => one.spreading === spreading && one.isStrict === isStrict)
        .map((one) => one[when]),
    );

  it.each(spreadings)("partners who come %s get no point above the limit and what came back", (spreading) => {
    expect(worst(spreading, true, "alone")).toBeLessThanOrEqual(0);
    // What gateways had not told yet when the first of them asked Redis again.
    expect(worst(spreading, true, "afterwards")).toBeLessThanOrEqual(strict.perSecond);
  });

  it("and all partners are served on, whatever they had taken before", () => {
    const served = results.filter(({ caller }) => caller.isStrict).map(({ caller }) => caller.passedAlone);
    expect(served).toHaveLength(spreadings.length * seeds.length);
    expect(Math.min(...served)).toBeGreaterThan(20);
  });

  it.each(spreadings)(
    "others who come %s get no more above it than gateways that never heard of them give out",
    (spreading) => {
      const bound = (loose.capacity * (instances - 1)) / instances;
      expect(worst(spreading, false, "alone")).toBeLessThanOrEqual(bound);
      expect(worst(spreading, false, "afterwards")).toBeLessThanOrEqual(bound);
    },
  );
});
