// Several gateways' views of one invalidation log, in one process.
import { randomUUID } from "node:crypto";
import { invalidationKeys } from "@tradegraph/kit/invalidation";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { vi } from "vitest";
import { type InvalidationLog } from "../src/cache/log/invalidation-log.ts";
import { type InvalidationLogOptions, openInvalidationLog } from "../src/cache/log/open-invalidation-log.ts";

export interface LogStage {
  namespace: string;
  /** Of nobody's log; for relays, and to do harm with. */
  redis: RedisClient;
  keys: { log: string; watermarks: string; epoch: string; members: string };
  /** @returns a log that may be used. @param options.url another way to the same server */
  open: (options?: Partial<InvalidationLogOptions> & { url?: string }) => Promise<InvalidationLog>;
  stop: () => Promise<void>;
}

/** Until something is so; fails after ten seconds. */
export const until = (condition: () => boolean | Promise<boolean>) =>
  vi.waitUntil(condition, { timeout: 10_000, interval: 5 });

export const isUsable = (log: InvalidationLog): boolean => log.position() !== undefined;

/** @throws Error while the cache may not be used */
export function positionOf(log: InvalidationLog): number {
  const position = log.position();
  if (position === undefined) throw new Error("The log has no position.");
  return position;
}

const logger = createLogger({ service: "test", level: "silent" });

export async function startLogStage(uri: string): Promise<LogStage> {
  const namespace = `log-${randomUUID()}`;
  const clients: RedisClient[] = [];
  const logs: InvalidationLog[] = [];
  const connect = async (url: string) => {
    const redis = connectRedis({ url, logger, name: namespace });
    clients.push(redis);
    await until(() => redis.status === "ready");
    return redis;
  };
  const { log, watermarks, epoch, members } = invalidationKeys;
  return {
    namespace,
    redis: await connect(uri),
    keys: {
      log: log(namespace),
      watermarks: watermarks(namespace),
      epoch: epoch(namespace),
      members: members(namespace),
    },
    async open({ url = uri, ...options } = {}) {
      const redis = await connect(url);
      const opened = openInvalidationLog({ redis, namespace, logger, watched: [], ...options });
      logs.push(opened);
      await until(() => isUsable(opened));
      return opened;
    },
    async stop() {
      await Promise.all(logs.map((each) => each.close()));
      for (const client of clients) client.disconnect();
    },
  };
}
