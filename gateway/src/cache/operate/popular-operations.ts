// Which public questions visitors ask most, over all gateways: what is worth asking again after a deployment, before the
// first of them does. Only questions of visitors who are not signed in are written down.
import { type Logger } from "@tradegraph/kit/logger";
import { type RedisClient } from "@tradegraph/kit/redis";
import { z } from "zod";
import { canonicalJson } from "../store/cache-key.ts";

const popularOperation = z.strictObject({
  tenantId: z.string(),
  query: z.string(),
  operationName: z.string().optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
});

/** A question as a visitor asked it. */
export type PopularOperation = z.infer<typeof popularOperation>;

export interface PopularOperations {
  /**
   * Counts a question; call it for hits as well. It costs a look into a map after the first time.
   *
   * @param id equal for equal questions of one tenant, such as the key of the kept answer without its epoch
   * @param operation called the first time
   */
  record: (id: string, operation: () => PopularOperation) => void;
  /** The most popular first; none without Redis. */
  read: (count: number) => Promise<PopularOperation[]>;
  /** Writes what was counted since the last time; called each {@link flushMs}. Never throws. */
  flush: () => Promise<void>;
  close: () => Promise<void>;
}

/** Longest text of a question with its variables, bytes. */
const maxBytes = 8 * 1024;
/** Questions counted between two flushes; of more the first count. */
const maxCounted = 1_000;
/** Questions kept in Redis. */
const maxKept = 500;
const flushMs = 10_000;
/** After this long without use everything counts half; after a week without any, nothing is left. */
const halfLifeSeconds = 3_600;
const forgottenAfterSeconds = 7 * 24 * 3_600;

const keys = {
  popular: (namespace: string) => `${namespace}:popular`,
  halved: (namespace: string) => `${namespace}:popular-halved`,
};

export interface PopularOperationsOptions {
  redis: RedisClient;
  namespace: string;
  logger: Logger;
}

/** @param options.namespace of Redis */
export function createPopularOperations({ redis, namespace, logger }: PopularOperationsOptions): PopularOperations {
  /** Undefined as text: too long to be written down. */
  let counted = new Map<string, { text: string | undefined; count: number }>();
  const key = keys.popular(namespace);

  const write = async (entries: { text: string; count: number }[]) => {
    const commands = redis.pipeline();
    for (const { text, count } of entries) commands.zincrby(key, count, text);
    commands.zremrangebyrank(key, 0, -1 - maxKept);
    await commands.exec();
    // Whichever gateway is first after an hour.
    const isDue = await redis.set(keys.halved(namespace), "1", "EX", halfLifeSeconds, "NX");
    if (isDue) await redis.zunionstore(key, 1, key, "WEIGHTS", 0.5);
    // Last, because what is stored anew lives for ever.
    await redis.expire(key, forgottenAfterSeconds);
  };

  const flush = async () => {
    const entries = [...counted.values()].flatMap(({ text, count }) => (text === undefined ? [] : [{ text, count }]));
    counted = new Map();
    if (entries.length === 0) return;
    await write(entries).catch((error: unknown) => {
      logger.debug({ error }, "Popular operations could not be written down");
    });
  };
  const timer = setInterval(() => void flush(), flushMs).unref();

  return {
    record(id, operation) {
      const known = counted.get(id);
      if (known) known.count += 1;
      else if (counted.size < maxCounted) counted.set(id, { text: textOf(operation()), count: 1 });
    },
    async read(count) {
      if (count === 0) return [];
      try {
        return (await redis.zrevrange(key, 0, count - 1)).flatMap(operationOf);
      } catch (error) {
        logger.info({ error: String(error) }, "Redis does not tell which operations are popular");
        return [];
      }
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

function textOf(operation: PopularOperation): string | undefined {
  const text = canonicalJson(operation);
  return Buffer.byteLength(text) > maxBytes ? undefined : text;
}

function operationOf(text: string): PopularOperation[] {
  try {
    return [popularOperation.parse(JSON.parse(text))];
  } catch {
    // Of another version of this program.
    return [];
  }
}
