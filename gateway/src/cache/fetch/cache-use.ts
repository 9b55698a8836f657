// What the fetches of one request say about keeping its whole answer.
import { type CachePolicy } from "../policy/cache-policy.ts";
import { type CacheEntry } from "../store/entry.ts";

/** One fetch, or a part of one, that went into an answer. */
export interface UsedPart {
  policy: CachePolicy;
  tags: readonly string[];
  sources: readonly string[];
  position: number;
  storedAt: CacheEntry["storedAt"];
  /** Seconds that it may be shown from `storedAt`. */
  maxAge: number;
}

/** Lies in the request's scope. */
export interface CacheUse {
  parts: UsedPart[];
  /** Something in the answer may not be kept. */
  isUncacheable: boolean;
  /** A part was shown as stale, or because its subgraph does not answer. */
  isStale?: boolean;
  /** The caller's rights count for the answer: others get another one. */
  isPersonal?: boolean;
  /** Position in the log before the first fetch. */
  hits: number;
  misses: number;
}

export const newCacheUse = (): CacheUse => ({ parts: [], isUncacheable: false, hits: 0, misses: 0 });
