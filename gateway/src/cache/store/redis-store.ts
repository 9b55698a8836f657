// Kept answers in Redis, one key each. Reads are single GETs that the client sends together, so that a cluster may spread the
// keys; writes wait in a short queue and nobody waits for them.
import { type Logger } from "@tradegraph/kit/logger";
import { type RedisClient } from "@tradegraph/kit/redis";
import { decodeEntry, encodeEntry } from "./entry-codec.ts";
import { type CacheEntry } from "./entry.ts";
import { createRedisGate, type RedisGate } from "./redis-gate.ts";
import { type StoreMetrics } from "./store-metrics.ts";

export interface RedisStore {
  /** In the order of the keys; undefined for what is not there, cannot be read, or did not come in time. */
  read: (keys: readonly string[]) => Promise<(CacheEntry | undefined)[]>;
  /** @param until when it ends, by the monotonic clock */
  write: (key: string, entry: CacheEntry, until: number) => void;
  close: () => Promise<void>;
}

export interface RedisStoreOptions {
  redis: RedisClient;
  logger: Logger;
  metrics?: StoreMetrics;
  lookupMs: number;
  maxSeconds: number;
  monotonic: () => number;
  /** Asked right before an answer is written: it may have waited. */
  mayWrite: (key: string, entry: CacheEntry) => boolean;
}

/** Beyond, answers are not written: Redis is slower than they come, and memory is for something else. */
const mostWaiting = 1_000;
const mostWaitingBytes = 16 * 1_024 * 1_024;
const mostAtOnce = 32;
/** Nobody waits for a write. */
const writeMs = 500;

export function createRedisStore(options: RedisStoreOptions): RedisStore {
  const { redis, logger, metrics, lookupMs } = options;
  const gate = createRedisGate({ logger, metrics });
  const writer = createWriter(options, gate);

  const decode = (key: string, value: Buffer | null | undefined): CacheEntry | undefined => {
    if (!value) return undefined;
    const entry = decodeEntry(key, value);
    if (entry) return entry;
    metrics?.corrupt.inc();
    void gate.run(() => redis.unlink(key), writeMs);
    return undefined;
  };
  return {
    async read(keys) {
      // What has come by the deadline counts, though another node of a cluster is late.
      const values: (Buffer | null)[] = [];
      const get = async (key: string, index: number) => {
        values[index] = await redis.getBuffer(key);
      };
      const timed = metrics?.lookupSeconds.startTimer();
      await gate.run(() => Promise.all(keys.map(get)), lookupMs);
      timed?.();
      return keys.map((key, index) => decode(key, values[index]));
    },
    write: writer.add,
    close: writer.close,
  };
}

function createWriter({ redis, metrics, maxSeconds, monotonic, mayWrite }: RedisStoreOptions, gate: RedisGate) {
  const waiting = new Map<string, { entry: CacheEntry; until: number }>();
  const running = new Set<Promise<void>>();
  let waitingBytes = 0;
  let turn: NodeJS.Immediate | undefined;

  const take = (key: string) => {
    const found = waiting.get(key);
    if (found && waiting.delete(key)) waitingBytes -= found.entry.bytes.length;
    return found;
  };
  const write = async (key: string, entry: CacheEntry, until: number): Promise<void> => {
    const left = Math.floor(Math.min(until - monotonic(), maxSeconds * 1_000));
    if (left < 1 || !mayWrite(key, entry)) {
      metrics?.writes.inc({ outcome: "outdated" });
      return;
    }
    const value = encodeEntry(key, entry);
    const answer = await gate.run(() => redis.set(key, value, "PX", left), writeMs);
    metrics?.writes.inc({ outcome: answer === "OK" ? "stored" : "failed" });
    if (answer === "OK") metrics?.writtenBytes.inc(value.length);
  };
  const work = () => {
    turn = undefined;
    for (const [key] of waiting) {
      if (running.size >= mostAtOnce) return;
      const next = take(key);
      if (!next) continue;
      const failed = () => metrics?.writes.inc({ outcome: "failed" });
      const end = () => {
        running.delete(run);
        if (waiting.size > 0) wake();
      };
      const run: Promise<void> = write(key, next.entry, next.until).catch(failed).finally(end);
      running.add(run);
    }
  };
  // Not at once: compressing must not delay the answer that is being sent.
  const wake = () => (turn ??= setImmediate(work));

  return {
    add(key: string, entry: CacheEntry, until: number) {
      take(key);
      const bytes = entry.bytes.length;
      if (gate.isOpen() || waiting.size >= mostWaiting || waitingBytes + bytes > mostWaitingBytes) {
        metrics?.writes.inc({ outcome: "dropped" });
        return;
      }
      waiting.set(key, { entry, until });
      waitingBytes += bytes;
      wake();
    },
    async close() {
      waiting.clear();
      clearImmediate(turn);
      await Promise.all(running);
    },
  };
}
