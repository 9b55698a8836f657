// Gateways that share limits, for tests.
import { randomUUID } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { onTestFinished } from "vitest";
import { type RateLimitRules } from "../src/rate-limit/settings.ts";
import { createLeases, type LeaseOptions, type Leases } from "../src/rate-limit/leases.ts";

export const silentLogger = createLogger({ service: "test", level: "silent" });

/** Nothing comes back while a test runs. */
export const limits = (overrides: Partial<RateLimitRules> = {}): RateLimitRules => ({
  ...{ mode: "enforce", namespace: `rates-${randomUUID()}`, windowMs: 86_400_000, instances: 2 },
  ...{ visitorRequests: 100, userRequests: 1_000, signIns: 10, accountSignIns: 50, failures: 100 },
  ...{ partnerPoints: 1_000, partnerRestore: 0.01 },
  ...overrides,
});

/** A connection of one gateway, which is ready. */
export async function openRedis(url: string): Promise<RedisClient> {
  const redis = connectRedis({ url, logger: silentLogger, name: "test" });
  onTestFinished(() => {
    redis.disconnect();
  });
  if (redis.status !== "ready") await new Promise<void>((resolve) => redis.once("ready", () => resolve()));
  return redis;
}

export function openLeases(redis: RedisClient | undefined, options: Partial<LeaseOptions> = {}): Leases {
  const leases = createLeases({ redis, instances: 2, ...options });
  onTestFinished(leases.close);
  return leases;
}
