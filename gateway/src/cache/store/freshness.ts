// How long a kept answer may be shown, and as what.
import { performance } from "node:perf_hooks";
import { type CacheEntry, type Found } from "./entry.ts";
import { type Verdict } from "../log/invalidation-log.ts";

/** Milliseconds. Two clocks, because the one jumps when it is set and the other stands still while a machine sleeps. */
export interface CacheClock {
  /** Since 1970. */
  wall: () => number;
  /** Never goes back. */
  monotonic: () => number;
}

// Imported: as a global, it is looked up and made sure of each time that it is read.
export const systemClock: CacheClock = { wall: () => Date.now(), monotonic: () => performance.now() };

/** Answers that were kept together shall not end together; RFC 9111 allows less than was promised, never more. */
const jitter = 0.05;

/** Milliseconds for which an answer is fresh: `maxAge` less up to 5 %, always the same for one key. */
export function freshMs(key: string, maxAge: number): number {
  // FNV-1a; any spread will do.
  let mixed = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) mixed = Math.imul(mixed ^ key.charCodeAt(index), 0x01000193);
  return maxAge * 1_000 * (1 - (jitter * (mixed >>> 8)) / 2 ** 24);
}

/** Milliseconds after which an answer is shown no more, whatever happens. */
export const lifetimeMs = ({ maxAge, swr, sie }: Pick<CacheEntry, "maxAge" | "swr" | "sie">): number =>
  maxAge > 0 ? (maxAge + Math.max(swr, sie)) * 1_000 : 0;

export interface Conditions {
  /** Milliseconds since the answer was given. */
  age: number;
  /** See {@link freshMs}. */
  freshMs: number;
  verdict: Verdict;
  /** Of all sources. */
  isWatched: boolean;
}

/** @returns undefined when the answer may not be shown */
export function stateOf(
  { maxAge, swr, sie }: Pick<CacheEntry, "maxAge" | "swr" | "sie">,
  { age, freshMs, verdict, isWatched }: Conditions,
): Found["state"] | undefined {
  if (verdict === "hard" || maxAge <= 0) return undefined;
  if (isWatched) {
    if (verdict === "valid" && age < freshMs) return "fresh";
    if (swr > 0 && age < (maxAge + swr) * 1_000) return "stale";
  }
  return sie > 0 && age < (maxAge + sie) * 1_000 ? "onError" : undefined;
}

/**
 * Whether to ask again before the answer ends: the nearer the end and the longer an answer takes, the likelier, so that of
 * many callers about one asks in time (XFetch: Vattani et al., "Optimal Probabilistic Cache Stampede Prevention", 2015).
 *
 * @param deltaMs how long it took to get the answer
 * @param random between 0 and 1, another one each time
 */
export function shouldRefreshEarly(found: Found, deltaMs: number, random: number): boolean {
  if (found.state !== "fresh") return true;
  return found.age * 1_000 - deltaMs * Math.log(random) >= (found.freshFor ?? found.entry.maxAge) * 1_000;
}
