// Gateways that share limits, for tests.
import { randomUUID } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { inject, onTestFinished } from "vitest";
import { type RateLimitRules } from "../src/rate-limit/settings.ts";
import { startTestGateway, type TestGateway, type TestGatewayOptions } from "./start-gateway.ts";
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

/** A gateway over the tests' Redis that believes what one proxy says of addresses. */
export async function startLimited(
  rules: Partial<RateLimitRules> = {},
  options: TestGatewayOptions = {},
): Promise<TestGateway> {
  const redis = options.redis ?? (await openRedis(String(inject("redisUri"))));
  return startAlone(rules, { redis, ...options });
}

/** The same without Redis: what it counts does not depend on how soon that answers. */
export async function startAlone(
  rules: Partial<RateLimitRules> = {},
  options: TestGatewayOptions = {},
): Promise<TestGateway> {
  const rateLimit = limits({ ...(!options.redis && { instances: 1 }), ...rules });
  const trusted = { trustedProxies: 1, corsOrigins: ["https://shop.example"] };
  const gateway = await startTestGateway({ rateLimit, ...trusted, ...options });
  onTestFinished(gateway.stop);
  return gateway;
}

export const booksQuery = "{ books { title } }";

export const from = (address: string) => ({ "x-forwarded-for": address });
export const newAddress = () => `192.0.2.${Math.ceil(Math.random() * 250)}`;
/** Asks so often at once. @returns a function that tells how many answers had a status */
export const statuses = async (times: number, ask: () => Promise<{ status: number }>) => {
  const answers = await Promise.all(Array.from({ length: times }, ask));
  return (status: number) => answers.filter((answer) => answer.status === status).length;
};
