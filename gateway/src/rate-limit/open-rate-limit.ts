// Puts the rate limits together: a step for operations, and a watch over whom nobody knows.
import { createCollapser } from "@tradegraph/kit/collapse";
import { type Logger } from "@tradegraph/kit/logger";
import { type Registry } from "@tradegraph/kit/metrics";
import { type RedisClient } from "@tradegraph/kit/redis";
import { type AddressOf } from "../client-address.ts";
import { limitRate, type RateLimitSteps } from "../http/rate-limit.ts";
import { type OperationRequest } from "../http/steps.ts";
import { type Identify } from "../viewer.ts";
import { createBucketTable } from "./bucket.ts";
import { rateOf } from "./bucket-level.ts";
import { type Decide } from "./decision.ts";
import { createLeases } from "./leases.ts";
import { limitGuesses } from "./limited-identify.ts";
import { type PlaceTables, siteNetworks } from "./places.ts";
import { createRateLimitMetrics } from "./rate-limit-metrics.ts";
import { tooMany } from "./rate-limit-refusals.ts";
import { type RateLimitRules } from "./settings.ts";

export interface RateLimitOptions {
  rules: RateLimitRules;
  /** Undefined lets each gateway count alone. */
  redis: RedisClient | undefined;
  logger: Logger;
  metrics: Registry;
  addressOf: AddressOf;
  /** What an operation may cost, in points; 1 where it cannot be told. */
  costOf?: ((request: OperationRequest) => number | undefined) | undefined;
}

/** Its steps see all operations, those from the cache included. */
export interface OpenRateLimit extends RateLimitSteps {
  /** The same, which refuses floods of unknown tokens and keys by address. */
  watch: (identify: Identify) => Identify;
  /** Brings back what was taken in advance. */
  close: () => Promise<void>;
}

/** In the log, equal refusals are told together once in this time. */
const logPeriodMs = 10_000;
/** Buckets that are remembered: visitors, and everything else by address; the least recent are forgotten. */
const mostBuckets = 50_000;
const mostPartners = 10_000;

export function openRateLimit(options: RateLimitOptions): OpenRateLimit {
  const { rules, redis, logger, addressOf } = options;
  const { namespace, windowMs, instances } = rules;
  const leases = createLeases({ redis, instances, onCall: (outcome) => metrics.call(outcome) });
  const metrics = createRateLimitMetrics(options.metrics, leases.isAlone);
  const tableOf = (name: string, capacity: number, isPersonal = true) =>
    createBucketTable({ namespace, name, rate: rateOf(capacity, windowMs), max: mostBuckets, isPersonal });
  const placesOf = (name: string, capacity: number): PlaceTables => ({
    network: tableOf(name, capacity),
    site: tableOf(`${name}-site`, siteNetworks * capacity),
  });
  const tables = {
    visitor: placesOf("visitor", rules.visitorRequests),
    user: tableOf("user", rules.userRequests, false),
    partner: createBucketTable({
      ...{ namespace, name: "partner", max: mostPartners, isPersonal: false, isStrict: true },
      rate: { capacity: rules.partnerPoints, perSecond: rules.partnerRestore },
    }),
    signIn: placesOf("sign-in", rules.signIns),
    account: tableOf("account", rules.accountSignIns),
    failures: placesOf("credentials", rules.failures),
  };
  const isEnforced = rules.mode === "enforce";
  const refusals = createCollapser<Record<string, unknown>>(logPeriodMs, ({ value, count }) => {
    logger.info({ ...value, count }, isEnforced ? "Rate limit: refused" : "Rate limit: would be refused");
  });
  const decide: Decide = ({ limited, bucket, taking, what, who }) => {
    if (taking !== "refused") {
      metrics.count(limited, taking === "local" ? "local" : "allowed");
      return;
    }
    metrics.count(limited, isEnforced ? "refused" : "over");
    refusals.add(`${limited} ${who ?? ""}`, { class: limited, ...(who !== undefined && { caller: who }) });
    if (isEnforced) throw tooMany(leases, bucket, what);
  };
  return {
    ...limitRate({ tables, leases, decide, isEnforced, costOf: options.costOf }),
    watch: (identify) => limitGuesses({ identify, addressOf, failures: tables.failures, leases, decide }),
    async close() {
      refusals.flush();
      await leases.close();
    },
  };
}
