// What an answer tells caches on its way (RFC 9111, RFC 9211).
import { type AnswerClass } from "./answer-class.ts";

/**
 * Nothing is known about the answer, or somebody's identity counted for it. Both words: Fastly keeps what is `no-store` alone.
 * https://www.fastly.com/documentation/guides/full-site-delivery/caching/about-cache-control-headers
 */
export const notForCaches = "private, no-store";

export interface ShownAnswer {
  answerClass: AnswerClass;
  /** Seconds since it was answered, with fractions. */
  age: number;
  /** Seconds from then. */
  maxAge: number;
}

/**
 * `Cache-Control` of an answer that is kept here. Only what everybody gets may be kept by shared caches, and of that only
 * what was asked without credentials: caches that look at no `Vary` would show it to callers who get something else.
 */
export function cacheControl({ answerClass, maxAge }: Omit<ShownAnswer, "age">, hasCredentials: boolean): string {
  if (answerClass.scope === "PRIVATE") return notForCaches;
  return `max-age=${maxAge}, ${hasCredentials ? "private" : "public"}`;
}

/** How this gateway came by an answer. */
export type Outcome = "hit" | "miss" | "stale" | "stored" | "collapsed" | "bypass";

/** `Cache-Status` (RFC 9211). @param ttl seconds that a hit stays fresh here, with fractions */
export function cacheStatus(name: string, outcome: Outcome, ttl = 0): string {
  switch (outcome) {
    case "hit":
      return `${name}; hit; ttl=${Math.max(0, Math.floor(ttl))}`;
    case "stored":
      return `${name}; fwd=miss; stored`;
    case "collapsed":
      return `${name}; fwd=miss; collapsed`;
    case "miss":
    case "stale":
    case "bypass":
      return `${name}; fwd=${outcome}`;
  }
}
