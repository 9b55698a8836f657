// What callers are told who ask too often.
import { type GraphQLError } from "graphql";
import { refusal } from "../http/refusal.ts";
import { type Bucket } from "./bucket.ts";
import { type Leases } from "./leases.ts";

type Known = Pick<Leases, "remaining" | "retryMs">;

/** Seconds; never "at once". */
const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1_000));

/**
 * The three fields of earlier drafts of "RateLimit header fields for HTTP", which clients know (docs/RATE-LIMITS.md says
 * why). Reset is when all of the limit is there again. Names and values in turn.
 */
export function rateLimitHeaders(remaining: number, bucket: Bucket): string[] {
  const { capacity, perSecond } = bucket.rate;
  const reset = Math.ceil((capacity - remaining) / perSecond);
  const left = Math.max(0, reset);
  // One literal: arrays that are spread would be made for each answer too.
  return ["ratelimit-limit", `${capacity}`, "ratelimit-remaining", `${remaining}`, "ratelimit-reset", `${left}`];
}

/** 429 RATE_LIMITED. @param what as in "Too many requests from here" */
export function tooMany(leases: Known, bucket: Bucket, what: string): GraphQLError {
  const wait = seconds(leases.retryMs(bucket));
  const [, limit = "", , , , reset = ""] = rateLimitHeaders(leases.remaining(bucket), bucket);
  return refusal(429, "RATE_LIMITED", `Too many ${what}: try again in ${wait} seconds.`, {
    ...{ "retry-after": String(wait), "ratelimit-limit": limit, "ratelimit-remaining": "0", "ratelimit-reset": reset },
  });
}

/** 400, because waiting does not help. */
export const neverFits = (cost: number, capacity: number): GraphQLError =>
  refusal(
    400,
    "COST_ESTIMATED_TOO_EXPENSIVE",
    `The operation may cost ${cost} points, and your limit holds ${capacity} at most: ask for less at a time.`,
  );
