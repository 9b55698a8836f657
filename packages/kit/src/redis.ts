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

export interface Subscription {
  close: () => void;
}

/**
 * Hears a channel over a connection of its own, for ever: it comes back when Redis does. What is said while it is away is
 * lost.
 *
 * @param on.ready called each time that the channel is heard, the first time included: before, something was missed
 */
export function subscribe(
  redis: RedisClient,
  channel: string,
  on: { message: (text: string) => void; ready: () => void },
): Subscription {
  const subscriber = redis.duplicate({ autoResubscribe: false });
  // Reported by the client that was duplicated; both talk to the same server.
  subscriber.on("error", () => undefined);
  subscriber.on("message", (_channel: string, text: string) => {
    on.message(text);
  });
  subscriber.on("ready", () => {
    // ioredis would subscribe again by itself, but says nowhere when it is done.
    subscriber.subscribe(channel).then(on.ready, () => {
      subscriber.disconnect(true);
    });
  });
  return {
    close: () => {
      subscriber.disconnect();
    },
  };
}
