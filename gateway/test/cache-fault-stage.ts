// Gateways' caches over one Redis, one each, before a shop whose things have versions; readers who check on each answer
// that it is not older than what had been acknowledged when they asked.
import { randomUUID } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { expect, onTestFinished } from "vitest";
import { cacheKey } from "../src/cache/store/cache-key.ts";
import { type CacheClock } from "../src/cache/store/freshness.ts";
import { type InvalidationLog } from "../src/cache/log/invalidation-log.ts";
import { openInvalidationLog } from "../src/cache/log/open-invalidation-log.ts";
import { type CacheStore, createCacheStore } from "../src/cache/store/store.ts";

const logger = createLogger({ service: "test", level: "silent" });
export const patient = { timeout: 30_000, interval: 20 };
export const lookupMs = 50;

export interface Reading {
  version: number;
  /** Milliseconds for which the cache was asked. */
  lookup: number;
  from: "memory" | "redis" | "shop";
}

export interface CacheMember {
  redis: RedisClient;
  log: InvalidationLog;
  store: CacheStore;
  /** As a fetch does: asks the cache, then the shop, and keeps what that said. */
  read: (thing: string) => Promise<Reading>;
  /** Changes it in the shop, then says so in the log. @returns whether that was acknowledged */
  change: (thing: string) => Promise<boolean>;
  stop: () => Promise<void>;
}

export interface MemberOptions {
  /** Of Redis as this one reaches it. */
  url: string;
  watched?: string[];
  clock?: CacheClock;
  now?: () => number;
  /** Longest wait for Redis in milliseconds. */
  lookupMs?: number;
}

export interface FaultStage {
  namespace: string;
  /** Versions in the shop. */
  shop: Map<string, number>;
  /** Stale answers so far, as sentences. */
  stale: string[];
  keyOf: (epoch: string, thing: string) => string;
  add: (options: MemberOptions) => Promise<CacheMember>;
  stop: () => Promise<void>;
}

export const tagOf = (thing: string): string => `Thing:${thing}`;

/** @param maxAge seconds for which answers are kept */
export function openFaultStage({ maxAge = 600 } = {}): FaultStage {
  const namespace = `faults-${randomUUID()}`;
  const shop = new Map<string, number>();
  /** Versions whose change has been acknowledged. */
  const acknowledged = new Map<string, number>();
  const stale: string[] = [];
  const members: CacheMember[] = [];
  const keyOf = (epoch: string, thing: string) =>
    cacheKey({ namespace, epoch, level: "E", subgraph: "shop", typeName: "Thing", parts: [thing] });

  const askShop = async (thing: string) => {
    const version = shop.get(thing) ?? 0;
    // The answer is on its way while the shop goes on.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
    return version;
  };

  return {
    ...{ namespace, shop, stale, keyOf },
    async add({ url, watched = [], clock, now, lookupMs: longest = lookupMs }) {
      const redis = connectRedis({ url, logger, name: "gateway" });
      const log = openInvalidationLog({ redis, namespace, logger, watched, now, watermarkMaxAgeMs: 600 });
      const store = createCacheStore({ redis, log, logger, lookupMs: longest, clock });
      const find = async (thing: string): Promise<Omit<Reading, "lookup"> | undefined> => {
        const epoch = log.epoch();
        const [found] = epoch === undefined ? [] : await store.find([keyOf(epoch, thing)]);
        if (found?.state !== "fresh") return undefined;
        return { version: Number(found.entry.bytes.toString()), from: found.level };
      };
      const fetch = async (thing: string): Promise<Omit<Reading, "lookup">> => {
        const [epoch, position] = [log.epoch(), log.position()];
        const version = await askShop(thing);
        if (epoch !== undefined && position !== undefined)
          store.keep(keyOf(epoch, thing), {
            ...{ bytes: Buffer.from(String(version)), tags: [tagOf(thing)], sources: ["shop"], position },
            ...{ storedAt: clock?.wall() ?? Date.now(), maxAge, swr: 0, sie: 0 },
          });
        return { version, from: "shop" };
      };
      const member: CacheMember = {
        ...{ redis, log, store },
        async read(thing) {
          const least = acknowledged.get(thing) ?? 0;
          const start = performance.now();
          const found = await find(thing);
          const lookup = performance.now() - start;
          const reading = found ?? (await fetch(thing));
          if (reading.version < least)
            stale.push(`${thing}: ${reading.version} of ${reading.from} after ${least} was acknowledged`);
          return { ...reading, lookup };
        },
        async change(thing) {
          const version = (shop.get(thing) ?? 0) + 1;
          shop.set(thing, version);
          const isTold = await log.append({ tags: [tagOf(thing)] }, "strict");
          if (isTold) acknowledged.set(thing, Math.max(version, acknowledged.get(thing) ?? 0));
          return isTold;
        },
        async stop() {
          await log.close();
          await store.close();
          redis.disconnect();
        },
      };
      members.push(member);
      await expect.poll(log.position, patient).toBeDefined();
      return member;
    },
    async stop() {
      await Promise.all(members.map((member) => member.stop()));
    },
  };
}

/** Reads and changes things until told to stop. @param readers members who change nothing, besides the others */
export function startTraffic(
  members: readonly CacheMember[],
  things: readonly string[],
  readers: readonly CacheMember[] = [],
) {
  const lookups: number[] = [];
  const outcomes = { acknowledged: 0, deferred: 0, hits: 0 };
  let done = false;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const any = () => things[Math.floor(Math.random() * things.length)] ?? "";
  const reading = [...members, ...readers].flatMap((member) =>
    [1, 2, 3].map(async () => {
      while (!done) {
        const { lookup, from } = await member.read(any());
        lookups.push(lookup);
        if (from !== "shop") outcomes.hits += 1;
        await pause(2);
      }
    }),
  );
  const writers = members.map(async (member) => {
    while (!done) {
      outcomes[(await member.change(any())) ? "acknowledged" : "deferred"] += 1;
      await pause(10);
    }
  });
  const stop = async () => {
    done = true;
    await Promise.all([...reading, ...writers]);
  };
  onTestFinished(stop);
  return { outcomes, lookups, stop };
}

/** Resolves when a thing that was read comes from the cache at every member: the service has recovered. */
export async function untilServed(members: readonly CacheMember[], thing: string = randomUUID()): Promise<void> {
  for (const member of members)
    await expect.poll(async () => (await member.read(thing)).from, patient).not.toBe("shop");
}
