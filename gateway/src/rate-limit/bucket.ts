// A bucket as one gateway knows it.
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { type Level, type Rate } from "./bucket-level.ts";

/** Who may take how much; of everything a gateway does with it, see leases.ts. */
export interface Bucket {
  /** Of the sorted set in Redis that holds it, and its member there. */
  readonly key: string;
  readonly member: string;
  readonly rate: Rate;
  /** Whether no more than the limit may pass even while gateways cannot count together. */
  readonly isStrict: boolean;
  /** Taken from Redis and not given out yet. */
  tokens: number;
  /** Whether somebody took something since the last sweep. */
  isTouched: boolean;
  /** How much is asked for at a time; it grows while leases are used up quickly. */
  ask: number;
  askedAt: number;
  /** As Redis said last. */
  known: Level | undefined;
  /** The times between two failures of Redis have numbers; this is the one of `known`. */
  era: number;
  /** What of this gateway's share is taken, since Redis went away. */
  local: Level | undefined;
  /** What of that was only presumed to be taken. */
  localFrom: Level | undefined;
  /** Until when so much, or more, is refused without asking again. */
  refusedUntil: number;
  refusedNeed: number;
  /** When what was refused last might be granted. */
  retryAt: number;
  refill: Promise<boolean> | undefined;
  /** Of those who wait for it. */
  waiting: number;
}

export interface BucketTable {
  /** Finds the bucket of somebody, or makes it. */
  of: (id: string) => Bucket;
  /** Undefined when nothing was taken recently. */
  find: (id: string) => Bucket | undefined;
}

export interface BucketTableOptions {
  /** Before the name of the table in keys of Redis. */
  namespace: string;
  name: string;
  rate: Rate;
  /** How many are remembered. Forgetting one loses its lease, which runs out by itself. */
  max: number;
  /** Whether ids tell about people, and stand in Redis as hashes. */
  isPersonal: boolean;
  /** Whether a gateway that counts alone gives out nothing that another one may have given out already. */
  isStrict?: boolean;
}

/** A part of the bucket that does not hurt who comes through two gateways. */
export const firstAsk = ({ capacity }: Rate): number => Math.max(1, Math.floor(capacity / 20));

export function createBucketTable(options: BucketTableOptions): BucketTable {
  const { namespace, name, rate, max, isPersonal, isStrict = false } = options;
  const table = new LRUCache<string, Bucket>({ max });
  /** One of sixteen sets, which a cluster spreads. */
  const placeOf = (id: string) => {
    const hash = createHash("sha256").update(id).digest();
    const member = isPersonal ? hash.toString("base64url").slice(0, 22) : id;
    return { key: `${namespace}:rate:{${name}:${hash.toString("hex").charAt(63)}}`, member };
  };
  const make = (id: string): Bucket => ({
    ...placeOf(id),
    ...{ rate, isStrict },
    ...{ tokens: 0, isTouched: false, ask: firstAsk(rate), askedAt: -Infinity, known: undefined, era: 0 },
    ...{ local: undefined, localFrom: undefined, refusedUntil: -Infinity, refusedNeed: Infinity, retryAt: -Infinity },
    ...{ refill: undefined, waiting: 0 },
  });
  return {
    of(id) {
      const found = table.get(id);
      if (found) return found;
      const made = make(id);
      table.set(id, made);
      return made;
    },
    find: (id) => table.get(id),
  };
}
