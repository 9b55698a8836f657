// Purgers of several gateways, a CDN, and a log that anybody writes to.
import { randomUUID } from "node:crypto";
import { appendInvalidation, type Invalidation, invalidationKeys } from "@tradegraph/kit/invalidation";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics, type Registry } from "@tradegraph/kit/metrics";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { type CdnPurger, type CdnPurgerOptions, startCdnPurger } from "../src/cache/cdn/cdn-purger.ts";
import { type CdnName } from "../src/cache/cdn/cdn-rules.ts";
import { cdnGroup, cdnKeys, type CdnScope, leaveCall, pollCall, pollOf } from "../src/cache/cdn/cdn-scripts.ts";
import { createCdnProvider } from "../src/cache/cdn/create-cdn-provider.ts";
import { compareIds } from "../src/cache/log/log-position.ts";
import { cdnId, cdnToken, type FakeCdn, startFakeCdn } from "./fake-cdn.ts";
import { until } from "./log-stage.ts";

export interface CdnStage {
  cdn: FakeCdn;
  namespace: string;
  redis: RedisClient;
  /** What there is in Redis for this CDN. */
  keys: { log: string; group: string; owed: string; lease: string; purgers: string };
  /** Log lines of all purgers. */
  lines: string[];
  append: (invalidation: Invalidation) => Promise<string>;
  /** With a client of its own; resolves when it has polled. @param options `callMs` a call of the CDN may take */
  open: (
    options?: Partial<CdnPurgerOptions> & { token?: string; url?: string; callMs?: number },
  ) => Promise<OpenPurger>;
  /** A gateway that takes what there is and dies. @returns how many entries it took */
  abandon: () => Promise<number>;
  /** The dead one's last words, had it had any. @param purgedAll it had purged everything for that */
  leave: (purgedAll?: string) => Promise<unknown>;
  /** The first purgers of a log purge everything twice; what was accepted until now is left out. */
  settle: () => Promise<void>;
  /** Entries that were taken and not acknowledged. */
  pending: () => Promise<number>;
  /** Until all entries so far have been taken and acknowledged. */
  finished: () => Promise<void>;
  /** Accepted purges that name a tag. */
  purgesOf: (tag: string) => number;
  everything: () => number;
  stop: () => Promise<void>;
}

export interface OpenPurger {
  purger: CdnPurger;
  metrics: Registry;
}

const isAtLeast = (left: string, right: string) => compareIds(left, right) >= 0;

export async function startCdnStage(uri: string, name: CdnName = "fastly"): Promise<CdnStage> {
  const namespace = `cdn-${randomUUID()}`;
  const cdn = await startFakeCdn(name);
  const lines: string[] = [];
  const logger = createLogger({
    service: "test",
    level: "info",
    destination: { write: (line) => void lines.push(line) },
  });
  const clients: RedisClient[] = [];
  const purgers: CdnPurger[] = [];
  const connect = async (url = uri) => {
    const redis = connectRedis({
      url,
      logger: createLogger({ service: "test", level: "silent" }),
      name: namespace,
    });
    clients.push(redis);
    await until(() => redis.status === "ready");
    return redis;
  };
  const redis = await connect();
  const log = invalidationKeys.log(namespace);
  const scope: CdnScope = { namespace, cdn: [name, cdnId] };
  const [group, owed] = [cdnGroup(scope), cdnKeys.owed(scope)];
  const keys = { log, group, owed, lease: cdnKeys.owedLease(scope), purgers: cdnKeys.purgers(scope) };
  const dead = { scope, member: "abandoned", consumer: "abandoned/0", settlement: { ids: [], owed: undefined } };
  const stage: CdnStage = {
    ...{ cdn, namespace, redis, keys, lines },
    append: (invalidation) => appendInvalidation(redis, namespace, invalidation),
    async open({ token = cdnToken, url = uri, callMs = 500, ...options } = {}) {
      const own = await connect(url);
      const metrics = createMetrics("gateway");
      const member = randomUUID();
      const real = createCdnProvider({ name, id: cdnId, token, url: cdn.url, timeoutMs: callMs });
      const purger = startCdnPurger({
        ...{ redis: own, namespace, logger, metrics, member, provider: real, id: cdnId },
        ...{ pollMs: 20, repeatAfterMs: 300, deadMs: 1_000, distanceMs: 0, backoff: { first: 20, most: 100 } },
        ...options,
      });
      purgers.push(purger);
      const known = cdnKeys.purgers({ namespace, cdn: [name, options.id ?? cdnId] });
      await until(async () => (await redis.zrange(known, "0", "-1")).some((one) => one.startsWith(member)));
      return { purger, metrics };
    },
    abandon: async () =>
      pollOf(
        await redis.eval(
          ...pollCall({
            ...{ ...dead, page: 500, deadMs: 1_000, nonce: "never", purgedAll: undefined },
            ...{ takes: true, pays: true, abandoned: undefined },
          }),
        ),
      ).entries.length,
    leave: (purgedAll) => redis.eval(...leaveCall({ ...dead, purgedAll })),
    async settle() {
      await until(async () => (await redis.exists(owed)) === 0);
      await stage.finished();
      cdn.accepted.length = 0;
    },
    async finished() {
      const groups = async () =>
        (await redis.xinfo("GROUPS", log)) as [string, string, string, number, string, number, string, string][];
      const [last] = await redis.xrevrange(log, "+", "-", "COUNT", 1);
      await until(async () => {
        const found = (await groups()).find((one) => one[1] === group);
        return found !== undefined && found[5] === 0 && isAtLeast(found[7], last?.[0] ?? "0-0");
      });
    },
    async pending() {
      if ((await redis.exists(log)) === 0) return 0;
      const groups = (await redis.xinfo("GROUPS", log)) as unknown[];
      if (groups.length === 0) return 0;
      const [count] = (await redis.xpending(log, group)) as [number];
      return count;
    },
    purgesOf: (tag) => cdn.accepted.filter(({ tags }) => tags.includes(tag)).length,
    everything: () => cdn.accepted.filter(({ everything }) => everything).length,
    async stop() {
      await Promise.all(purgers.map((purger) => purger.close()));
      for (const client of clients) client.disconnect();
      await cdn.stop();
    },
  };
  return stage;
}
