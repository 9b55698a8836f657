// Variables of the rate limits; env.ts reads them.
import { z } from "zod";

export const rateLimitModes = ["off", "measure", "enforce"] as const;

const integer = (minimum: number, maximum: number, fallback: number) =>
  z.coerce.number().int().min(minimum).max(maximum).default(fallback);
const points = (fallback: number) => integer(1, 1_000_000_000, fallback);

/** @param open development, which only measures */
export const rateLimitSettings = (open: boolean) => ({
  RATE_LIMIT_MODE: z
    .enum(rateLimitModes)
    .default(open ? "measure" : "enforce")
    .describe("Refuse who asks too often, only count them, or neither (docs/RATE-LIMITS.md)."),
  RATE_LIMIT_WINDOW_MS: integer(1_000, 86_400_000, 900_000).describe(
    "Time in which the limits of visitors, users and sign-ins come back whole.",
  ),
  RATE_LIMIT_MAX_REQUESTS: points(100).describe("Requests of one visitor's address in that time."),
  RATE_LIMIT_USER_MAX_REQUESTS: points(1_500).describe("Requests of one user who is signed in."),
  RATE_LIMIT_SIGN_IN_MAX: points(10).describe(
    "Sign-ins from one address; the same for each other thing with passwords.",
  ),
  RATE_LIMIT_ACCOUNT_MAX: points(50).describe("The same for one user who is signed in, from all addresses together."),
  RATE_LIMIT_FAILURES_MAX: points(100).describe("Unknown tokens and API keys from one address."),
  RATE_LIMIT_PARTNER_POINTS: points(10_000).describe("Cost that a partner may use at once."),
  RATE_LIMIT_PARTNER_RESTORE: z.coerce
    .number()
    .min(0.01)
    .max(1_000_000_000)
    .default(100)
    .describe("Cost that a partner gets back each second."),
  RATE_LIMIT_INSTANCES: integer(1, 10_000, 2).describe(
    "How many gateways share the limits; decides how much each lets through while Redis is away.",
  ),
});

export interface RateLimitRules {
  mode: "measure" | "enforce";
  /** Of Redis. */
  namespace: string;
  windowMs: number;
  visitorRequests: number;
  userRequests: number;
  signIns: number;
  accountSignIns: number;
  failures: number;
  partnerPoints: number;
  /** Points a second. */
  partnerRestore: number;
  instances: number;
}

type RateLimitEnv = {
  [K in keyof ReturnType<typeof rateLimitSettings>]: z.output<ReturnType<typeof rateLimitSettings>[K]>;
};

/** @returns undefined where nothing is limited */
export function rateLimitRulesOf(env: RateLimitEnv & { REDIS_NAMESPACE: string }): RateLimitRules | undefined {
  if (env.RATE_LIMIT_MODE === "off") return undefined;
  return {
    ...{ mode: env.RATE_LIMIT_MODE, namespace: env.REDIS_NAMESPACE, windowMs: env.RATE_LIMIT_WINDOW_MS },
    visitorRequests: env.RATE_LIMIT_MAX_REQUESTS,
    userRequests: env.RATE_LIMIT_USER_MAX_REQUESTS,
    signIns: env.RATE_LIMIT_SIGN_IN_MAX,
    accountSignIns: env.RATE_LIMIT_ACCOUNT_MAX,
    failures: env.RATE_LIMIT_FAILURES_MAX,
    partnerPoints: env.RATE_LIMIT_PARTNER_POINTS,
    partnerRestore: env.RATE_LIMIT_PARTNER_RESTORE,
    instances: env.RATE_LIMIT_INSTANCES,
  };
}
