// Tells gateways that what they remember of an API key counts no more. A signal that is lost costs the half minute for
// which gateways remember a key.
import { apiKeyChannel } from "@tradegraph/kit/api-key";
import { type Logger } from "@tradegraph/kit/logger";
import { type RedisClient } from "@tradegraph/kit/redis";

/** Resolves when Redis has the signals, or cannot be reached; never rejects. */
export type SignalKeys = (keyHashes: readonly string[]) => Promise<void>;

export function createKeySignal(redis: RedisClient | undefined, namespace: string, logger: Logger): SignalKeys {
  return async (keyHashes) => {
    if (!redis) return;
    const channel = apiKeyChannel(namespace);
    try {
      await Promise.all(keyHashes.map((keyHash) => redis.publish(channel, keyHash)));
    } catch (error) {
      logger.warn({ error }, "Gateways could not be told of a changed API key; they learn it within half a minute");
    }
  };
}
