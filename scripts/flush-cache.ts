// Makes gateways forget all answers, those that run and those that are started later, for commands that change data behind
// the back of the programs.
import { invalidationKeys } from "@tradegraph/kit/invalidation";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";

/** Of the programs of a graph whose databases have this prefix. */
export const namespaceOf = (prefix = "", namespace = "tradegraph"): string => `${prefix}${namespace}`;

/**
 * Takes away the epoch, without which nothing that is kept counts; gateways notice within a second and begin another.
 *
 * @throws Error when Redis does not answer: answers from before would stay
 */
export async function flushCache(url: string, namespace: string, connectMs = 5_000): Promise<void> {
  const redis = connectRedis({ url, logger: createLogger({ service: "scripts", level: "silent" }), name: "scripts" });
  try {
    await ready(redis, connectMs);
    await redis.del(invalidationKeys.epoch(namespace));
  } catch (error) {
    throw new Error(
      "The data is written, but Redis does not answer: flush the response cache with `pnpm response-cache flush`.",
      {
        cause: error,
      },
    );
  } finally {
    redis.disconnect();
  }
}

function ready(redis: RedisClient, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error("Redis does not answer."));
    }, withinMs);
    redis.once("ready", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
