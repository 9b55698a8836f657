/** One kept answer, or a part of one. */
export interface CacheEntry {
  /** JSON text, as bytes: objects would be changed by those who get them. Read only. */
  bytes: Buffer;
  /** All that it depends on. */
  tags: readonly string[];
  /** Subgraphs it came from. */
  sources: readonly string[];
  /** Place in the invalidation log before the first question to a subgraph was sent. */
  position: number;
  /** When it was answered, milliseconds since 1970. */
  storedAt: number;
  /** Seconds from `storedAt`. */
  maxAge: number;
  /** Seconds after `maxAge`. */
  swr: number;
  sie: number;
  /** What the level that stored it wants to know again; JSON. */
  meta?: Readonly<Record<string, unknown>>;
}

/** A kept answer that may be shown. */
export interface Found {
  entry: CacheEntry;
  /** `stale` only while a new one is fetched, `onError` only if that fails. */
  state: "fresh" | "stale" | "onError";
  /** Seconds since `storedAt`, with fractions: round down for a header. */
  age: number;
  /** Seconds from `storedAt` for which this gateway calls it fresh: `maxAge` less a few per cent, with fractions. */
  freshFor?: number;
  level: "memory" | "redis";
}
