import { type Bucket } from "./bucket.ts";
import { type Taking } from "./leases.ts";
import { type LimitedClass } from "./rate-limit-metrics.ts";

/** One thing that was taken, or not. */
export interface Taken {
  limited: LimitedClass;
  bucket: Bucket;
  taking: Taking;
  /** Too many of which: "requests". */
  what: string;
  /** Who it is, for the log, where that is no secret. */
  who?: string | undefined;
}

/** Counts it, and refuses it where limits are enforced. @throws GraphQLError 429 */
export type Decide = (taken: Taken) => void;
