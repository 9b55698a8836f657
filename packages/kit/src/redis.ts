// The only place that opens Redis.
import { Redis } from "ioredis";
import { type Logger } from "./logger.ts";

export type RedisClient = Redis;

/**
 * Connects in the background and never throws: commands fail at once while Redis is away, so callers fall back instead
 * of waiting (decision 11).
 */
export function connectRedis({ url, logger, name }: { url: string; logger: Logger; name: string }): RedisClient {
  const redis = new Redis(url, {
    connectionName: name,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 500,
    connectTimeout: 5_000,
    autoResendUnfulfilledCommands: false,
    enableAutoPipelining: true,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 5), 2_000),
  });
  let reported = false;
  redis.on("error", (error: Error) => {
    // One line per outage, not one per attempt.
    if (!reported) logger.warn({ error: error.message }, "Redis does not answer; going on without it");
    reported = true;
  });
  redis.on("ready", () => {
    reported = false;
    logger.info("Redis connected");
  });
  return redis;
}
