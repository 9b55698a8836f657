// What a gateway gives out of buckets while Redis does not count, so that all together stay within the limit although none
// knows what the others do. What a gateway has taken in advance is counted already; this is about the rest.
import { type Bucket } from "./bucket.ts";
import { type Level, shareOf, tolerance, usedAt, waitFor } from "./bucket-level.ts";

export interface LocalShares {
  /** Begins a time without Redis; nothing while one lasts. @param at milliseconds, as everywhere here */
  lose: (at: number) => void;
  /** Redis answers again. */
  find: () => void;
  /** Takes points of this gateway's share. @returns false when they are not there, and says in the bucket when they may be */
  take: (bucket: Bucket, cost: number, at: number) => boolean;
  /** Gives points back that were not needed. */
  refund: (bucket: Bucket, points: number) => void;
  /** Given out and not told to Redis yet. */
  untold: (bucket: Bucket, at: number) => number;
  /** Redis was told so much, and says that now so much is taken altogether. */
  told: (bucket: Bucket, told: number, used: number, at: number) => void;
  /**
   * Whether points that Redis grants now were given out already, in place of them. A strict bucket of several gateways
   * gives out nothing that Redis had left.
   */
  holds: (bucket: Bucket) => boolean;
  /** Of which something is untold; the oldest first. */
  buckets: () => ReadonlySet<Bucket>;
}

/** Buckets of which what was given out is remembered until Redis is back. */
const mostBuckets = 50_000;

/** @param options.instances gateways that share the limits */
export function createLocalShares({ instances, lostAt: atFirst }: { instances: number; lostAt: number }): LocalShares {
  const locals = new Set<Bucket>();
  let lostAt = atFirst;
  let isLost = true;

  const untold = ({ local, localFrom, rate }: Bucket, at: number): number => {
    const share = shareOf(rate, instances);
    return local && localFrom ? Math.max(0, usedAt(local, share, at) - usedAt(localFrom, share, at)) : 0;
  };

  /**
   * What is presumed to be taken when a time alone begins. Of a strict bucket everything: others may have taken all of it
   * since this gateway asked last, or without its ever asking. So only what comes back since then is given out. Of others,
   * what is known, and a lease of every other gateway since.
   */
  const presumed = ({ isStrict, known, rate, ask }: Bucket, at: number): Level => {
    const { capacity } = shareOf(rate, instances);
    if (isStrict && instances > 1) return { used: capacity, at: Math.max(lostAt, known?.at ?? lostAt) };
    if (!known) return { used: 0, at };
    const used = usedAt(known, rate, at);
    const lease = Math.min(ask, Math.max(0, rate.capacity - used) / (2 * instances));
    return { used: Math.min(capacity, (used + (instances - 1) * lease) / instances), at };
  };
  const begin = (bucket: Bucket, from: Level, more: number, at: number): Level => {
    bucket.localFrom = from;
    return (bucket.local = { used: usedAt(from, shareOf(bucket.rate, instances), at) + more, at });
  };

  return {
    lose(at) {
      if (!isLost) lostAt = at;
      isLost = true;
    },
    find() {
      isLost = false;
    },
    take(bucket, cost, at) {
      const { rate } = bucket;
      const share = shareOf(rate, instances);
      const used = usedAt(bucket.local ?? begin(bucket, presumed(bucket, at), 0, at), share, at);
      // What is larger than the share may go alone, and is paid off.
      if (used + cost > share.capacity + tolerance && !(used <= tolerance && cost <= rate.capacity)) {
        bucket.retryAt = at + waitFor(Math.min(cost, share.capacity), used, share);
        return false;
      }
      bucket.local = { used: used + cost, at };
      locals.add(bucket);
      const [oldest] = locals;
      if (locals.size > mostBuckets && oldest) locals.delete(oldest);
      return true;
    },
    refund(bucket, points) {
      if (!bucket.local) return;
      const { used, at } = bucket.local;
      bucket.local = { used: Math.max(0, used - points), at };
    },
    untold,
    told(bucket, told, used, at) {
      // Given out while the question was under way, or not to be told yet.
      const left = untold(bucket, at) - told;
      if (left <= tolerance) {
        bucket.local = bucket.localFrom = undefined;
        locals.delete(bucket);
      } else if (!bucket.isStrict) {
        begin(bucket, { used: used / instances, at }, left, at);
      } else if (bucket.localFrom) {
        const share = shareOf(bucket.rate, instances);
        bucket.localFrom = { used: usedAt(bucket.localFrom, share, at) + told, at };
      }
    },
    holds: ({ local, isStrict }) => local !== undefined && (instances === 1 || !isStrict),
    buckets: () => locals,
  };
}
