// Purgers of several gateways, a CDN, and a log that anybody writes to.
import { randomUUID } from "node:crypto";
import { appendInvalidation, type Invalidation, invalidationKeys } from "@tradegraph/kit/invalidation";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics, type Registry } from "@tradegraph/kit/metrics";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { type CdnPurger, type CdnPurgerOptions, startCdnPurger } from "../src/cache/cdn/cdn-purger.ts";
import { type CdnName } from "../src/cache/cdn/cdn-rules.ts";
import { pollCall, pollOf } from "../src/cache/cdn/cdn-scripts.ts";
import { createCdnProvider } from "../src/cache/cdn/create-cdn-provider.ts";
import { compareIds } from "../src/cache/log/log-position.ts";
import { cdnId, cdnToken, type FakeCdn, startFakeCdn } from "./fake-cdn.ts";
import { until } from "./log-stage.ts";

export interface CdnStage {
  cdn: FakeCdn;
  namespace: string;
  redis: RedisClient;
  /** Log lines of all purgers. */
  lines: string[];
  append: (invalidation: Invalidation) => Promise<string>;
  /** With a client of its own; resolves when it has polled. */
  open: (options?: Partial<CdnPurgerOptions> & { token?: string; url?: string }) => Promise<OpenPurger>;
  /** A gateway that takes what there is and dies. @returns how many entries it took */
  abandon: () => Promise<number>;
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
  const stage: CdnStage = {
    ...{ cdn, namespace, redis, lines },
    append: (invalidation) => appendInvalidation(redis, namespace, invalidation),
    async open({ token = cdnToken, url = uri, ...options } = {}) {
      const own = await connect(url);
      const metrics = createMetrics("gateway");
      const member = randomUUID();
      const real = createCdnProvider({ name, id: cdnId, token, url: cdn.url, timeoutMs: 500 });
      const purger = startCdnPurger({
        ...{ redis: own, namespace, logger, metrics, member, provider: real },
        ...{ pollMs: 20, repeatAfterMs: 300, deadMs: 1_000, backoff: { first: 20, most: 100 } },
        ...options,
      });
      purgers.push(purger);
      await until(async () =>
        (await redis.zrange(`{${namespace}}:cdn-purgers`, "0", "-1")).some((one) => one.startsWith(member)),
      );
      return { purger, metrics };
    },
    abandon: async () =>
      pollOf(
        await redis.eval(
          ...pollCall({
            ...{ namespace, member: "abandoned", consumer: "abandoned/0", page: 500, deadMs: 1_000, nonce: "never" },
            ...{ settlement: { ids: [], owed: undefined }, purgedAll: undefined },
          }),
        ),
      ).entries.length,
    async settle() {
      await until(async () => (await redis.exists(`{${namespace}}:cdn-purge-all`)) === 0);
      await stage.finished();
      cdn.accepted.length = 0;
    },
    async finished() {
      const groups = async () =>
        (await redis.xinfo("GROUPS", log)) as [string, string, string, number, string, number, string, string][];
      const [last] = await redis.xrevrange(log, "+", "-", "COUNT", 1);
      await until(async () => {
        const [group] = await groups();
        return group !== undefined && group[5] === 0 && isAtLeast(group[7], last?.[0] ?? "0-0");
      });
    },
    async pending() {
      if ((await redis.exists(log)) === 0) return 0;
      const groups = (await redis.xinfo("GROUPS", log)) as unknown[];
      if (groups.length === 0) return 0;
      const [count] = (await redis.xpending(log, "cdn")) as [number];
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
