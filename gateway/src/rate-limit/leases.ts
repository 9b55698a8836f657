// Takes points out of buckets. Gateways count together in Redis, each with points that it took there in advance, so that
// most requests wait for nothing; while Redis does not answer, each gives out its share.
import { type RedisClient } from "@tradegraph/kit/redis";
import { type PromiseOrValue } from "../promise-or-value.ts";
import { type Bucket, firstAsk } from "./bucket.ts";
import { shareOf, tolerance, usedAt, waitFor } from "./bucket-level.ts";
import { createCountedBuckets } from "./counted-buckets.ts";
import { type LeaseCall, leaseCall, leaseOf } from "./lease-script.ts";
import { createLocalShares } from "./local-shares.ts";

/** "local" was given out without Redis. */
export type Taking = "granted" | "local" | "refused";

export interface LeaseOptions {
  /** Undefined lets each gateway count alone. */
  redis: RedisClient | undefined;
  /** Gateways that share the limits, which decides how much one gives out alone. */
  instances: number;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
  /** How long a request waits for Redis. */
  waitMs?: number;
  /** How long all gateways need to come back to Redis, and to tell it what they know. */
  hearMs?: number;
  /** Told about each call, for metrics. */
  onCall?: (outcome: "granted" | "refused" | "failed" | "returned") => void;
}

export interface Leases {
  /** At once wherever it can. @param cost a whole number of points */
  take: (bucket: Bucket, cost: number) => PromiseOrValue<Taking>;
  /** Gives back what was taken and not needed. */
  refund: (bucket: Bucket, points: number, taking: Taking) => void;
  /** Points left, as far as it is known here. */
  remaining: (bucket: Bucket) => number;
  /** Milliseconds until something that was refused might be granted. */
  retryMs: (bucket: Bucket) => number;
  /** Whether Redis does not count now, or is being told again what it may have forgotten. */
  isAlone: () => boolean;
  /** Brings back what nobody uses, and tells Redis what was given out without it; also runs every second. */
  sweep: () => Promise<void>;
  /** Brings everything back. */
  close: () => Promise<void>;
}

const sweepMs = 1_000;
/** Redis is left alone for so long after it failed, but for one call. */
const restMs = 1_000;
/** A refusal is remembered for so long at most: others may bring points back. */
const refusalMs = 1_000;
/** Used up within this time, a lease was too small. */
const quickMs = 1_000;
/** Buckets that are told to Redis at a time after it was away. */
const mostTold = 1_000;

export function createLeases(options: LeaseOptions): Leases {
  const { redis, instances, now = () => performance.now(), waitMs = 50, hearMs = 3_500, onCall } = options;
  const holders = new Set<Bucket>();
  const counted = createCountedBuckets(now);
  // Where there is no Redis, no other gateway can have taken anything.
  const shares = createLocalShares({ instances, lostAt: redis ? now() : -Infinity });
  let era = 1;
  let restsUntil = -Infinity;
  let heardAt = -Infinity;
  let settledAt = -Infinity;
  const lose = () => {
    era += 1;
    shares.lose(now());
  };
  const fail = () => {
    lose();
    restsUntil = now() + restMs;
  };
  // A server that is back may have forgotten everything.
  const onClose = () => {
    lose();
    counted.doubt();
  };
  const onReady = () => {
    shares.find();
    if (instances === 1 || !counted.isDoubted()) return;
    heardAt = now() + hearMs;
    settledAt = heardAt + 1.5 * sweepMs;
  };
  redis?.on("close", onClose);
  redis?.on("ready", onReady);
  if (redis?.status === "ready") onReady();

  const isUsable = (at: number) => redis?.status === "ready" && at >= restsUntil;
  const mayAsk = (at: number) => isUsable(at) && at >= settledAt;

  const callFor = (bucket: Bucket, at: number, asked: Partial<LeaseCall>): LeaseCall => ({
    ...{
      key: bucket.key,
      member: bucket.member,
      rate: bucket.rate,
      need: 0,
      sure: 0,
      ask: 0,
      back: 0,
      share: 1 / (2 * instances),
    },
    floor: bucket.known && bucket.era !== era ? usedAt(bucket.known, bucket.rate, at) : 0,
    // After what all knew before, or the greatest floor would swallow it.
    extra: at < heardAt ? 0 : shares.untold(bucket, at),
    ...asked,
  });
  const learn = (bucket: Bucket, used: number, { calledIn, told }: { calledIn: number; told: number }) => {
    const at = now();
    bucket.known = { used, at };
    bucket.era = calledIn;
    shares.told(bucket, told, used, at);
    counted.add(bucket);
  };

  /**
   * Asks Redis.
   *
   * @returns undefined when it does not answer in time; what comes later is used later, but for what was given out instead
   */
  const call = (bucket: Bucket, at: number, asked: Partial<LeaseCall>): Promise<number | undefined> => {
    const calledIn = era;
    // One call finds out whether Redis is back.
    if (restsUntil > -Infinity) restsUntil = at + restMs;
    const question = callFor(bucket, at, asked);
    const answered = (redis as RedisClient).eval(...leaseCall(question)).then((value) => {
      const { granted, used } = leaseOf(value);
      restsUntil = -Infinity;
      shares.find();
      learn(bucket, used, { calledIn, told: question.extra });
      if (granted > 0) {
        bucket.tokens += granted;
        holders.add(bucket);
        if (isLate && shares.holds(bucket)) void bringBack(bucket, granted);
      }
      return granted;
    });
    let isLate = false;
    return new Promise((resolve) => {
      const giveUp = () => {
        isLate = true;
        fail();
        onCall?.("failed");
        resolve(undefined);
      };
      // An answer that came while this program was busy is read first.
      const timer = setTimeout(() => void setImmediate(() => void (isDone || giveUp())), waitMs);
      let isDone = false;
      const done = (end: () => void) => {
        clearTimeout(timer);
        if (!isDone) end();
        isDone = true;
      };
      answered.then(
        (granted) => {
          done(() => {
            resolve(granted);
          });
        },
        () => {
          done(giveUp);
        },
      );
    });
  };

  /** @returns whether Redis answered */
  const refill = async (bucket: Bucket, need: number): Promise<boolean> => {
    const at = now();
    const { ask, rate, waiting } = bucket;
    if (need > 0) {
      bucket.ask = at - bucket.askedAt < quickMs ? Math.min(ask * 2, Math.ceil(rate.capacity / 4)) : ask;
      bucket.askedAt = at;
    }
    const granted = await call(bucket, at, { need, sure: waiting, ask: bucket.ask });
    if (granted === undefined) return false;
    if (need > 0) onCall?.(granted > 0 ? "granted" : "refused");
    if (need > 0 && granted === 0) noteRefusal(bucket, need);
    return true;
  };
  const noteRefusal = (bucket: Bucket, need: number) => {
    const at = now();
    const wait = waitFor(need, bucket.known?.used ?? 0, bucket.rate);
    bucket.retryAt = at + wait;
    bucket.refusedUntil = at + Math.min(refusalMs, wait);
    bucket.refusedNeed = need;
  };
  /** One at a time; who comes meanwhile waits for it too. */
  const refillOnce = (bucket: Bucket, need: number): Promise<boolean> =>
    (bucket.refill ??= refill(bucket, need).finally(() => (bucket.refill = undefined)));

  const spend = (bucket: Bucket, cost: number): "granted" => {
    bucket.tokens -= cost;
    bucket.isTouched = true;
    return "granted";
  };
  const isRefused = ({ refusedUntil, refusedNeed, tokens }: Bucket, cost: number, at: number) =>
    at < refusedUntil && cost - tokens >= refusedNeed;

  const takeLocally = (bucket: Bucket, cost: number, at: number): Taking => {
    if (!shares.take(bucket, cost - bucket.tokens, at)) return "refused";
    bucket.tokens = 0;
    return "local";
  };

  const wait = async (bucket: Bucket, cost: number): Promise<Taking> => {
    bucket.waiting += cost;
    try {
      for (;;) {
        if (bucket.tokens >= cost) return spend(bucket, cost);
        const at = now();
        if (!bucket.refill) {
          if (isRefused(bucket, cost, at)) return "refused";
          if (!mayAsk(at)) return takeLocally(bucket, cost, at);
        }
        const isAnswered = await refillOnce(bucket, cost - bucket.tokens);
        if (bucket.tokens >= cost) return spend(bucket, cost);
        if (!isAnswered) return takeLocally(bucket, cost, now());
      }
    } finally {
      bucket.waiting -= cost;
    }
  };

  const bringBack = async (bucket: Bucket, points: number): Promise<void> => {
    bucket.tokens -= points;
    if ((await call(bucket, now(), { back: points })) !== undefined) onCall?.("returned");
  };
  /** Whether Redis is back, by one question. */
  const findOut = async (): Promise<void> => {
    const [[told], [held]] = [shares.buckets(), holders];
    const bucket = told ?? held ?? counted.first();
    if (bucket) return void (await refillOnce(bucket, 0));
    // The next one who asks for something finds out.
    restsUntil = -Infinity;
    shares.find();
  };
  const sweep = async (isLast = false): Promise<void> => {
    if (!isUsable(now())) return;
    if (restsUntil > -Infinity) {
      await findOut();
      if (restsUntil > -Infinity) return;
    }
    const calls: Promise<unknown>[] = [];
    const at = now();
    for (const bucket of at < settledAt && !isLast ? [] : holders) {
      const { tokens, isTouched, ask, rate } = bucket;
      bucket.isTouched = false;
      if (tokens <= 0 && !isTouched) holders.delete(bucket);
      if (isTouched && !isLast) {
        if (tokens > 2 * ask) calls.push(bringBack(bucket, tokens - ask));
        continue;
      }
      bucket.ask = Math.max(firstAsk(rate), Math.floor(ask / 2));
      holders.delete(bucket);
      if (tokens > 0) calls.push(bringBack(bucket, tokens));
    }
    for (const bucket of at < heardAt ? [] : shares.buckets()) {
      if (calls.length >= mostTold) break;
      calls.push(refillOnce(bucket, 0));
    }
    for (const bucket of counted.untold(era, mostTold - calls.length)) calls.push(refillOnce(bucket, 0));
    await Promise.all(calls);
  };
  const timer = setInterval(() => void sweep(), sweepMs).unref();

  return {
    take(bucket, cost) {
      if (bucket.tokens >= cost) return spend(bucket, cost);
      const at = now();
      if (isRefused(bucket, cost, at)) return "refused";
      return bucket.refill || mayAsk(at) ? wait(bucket, cost) : takeLocally(bucket, cost, at);
    },
    refund(bucket, points, taking) {
      if (points <= 0) return;
      if (taking === "local" && bucket.local) {
        shares.refund(bucket, points);
      } else {
        bucket.tokens += points;
        holders.add(bucket);
      }
    },
    remaining({ tokens, known, local, rate }) {
      if (local) {
        const share = shareOf(rate, instances);
        return Math.max(0, Math.floor(share.capacity - local.used + tolerance)) + tokens;
      }
      return Math.max(0, Math.min(rate.capacity, Math.floor(rate.capacity - (known?.used ?? 0) + tolerance) + tokens));
    },
    retryMs: ({ retryAt }) => Math.max(0, retryAt - now()),
    isAlone: () => !mayAsk(now()),
    sweep: () => sweep(),
    async close() {
      clearInterval(timer);
      await sweep(true);
      redis?.off("close", onClose);
      redis?.off("ready", onReady);
    },
  };
}
