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
   * @param id equal for equal questions of the tenant, such as the text of the request
   * @param operation called the first time
   */
  record: (tenantId: string, id: string, operation: () => PopularOperation) => void;
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

interface Counted {
  /** Undefined where it is too long to be written down. */
  text: string | undefined;
  count: number;
}

export interface PopularOperationsOptions {
  redis: RedisClient;
  namespace: string;
  logger: Logger;
}

/** @param options.namespace of Redis */
export function createPopularOperations({ redis, namespace, logger }: PopularOperationsOptions): PopularOperations {
  /** By tenant and id: an id that is made for each hit takes longer than the look. */
  let counted = new Map<string, Map<string, Counted>>();
  let size = 0;
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
    const all = [...counted.values()].flatMap((ofTenant) => [...ofTenant.values()]);
    const entries = all.flatMap(({ text, count }) => (text === undefined ? [] : [{ text, count }]));
    counted = new Map();
    size = 0;
    if (entries.length === 0) return;
    await write(entries).catch((error: unknown) => {
      logger.debug({ error }, "Popular operations could not be written down");
    });
  };
  const timer = setInterval(() => void flush(), flushMs).unref();

  return {
    record(tenantId, id, operation) {
      const ofTenant = counted.get(tenantId);
      const known = ofTenant?.get(id);
      if (known) {
        known.count += 1;
      } else if (size < maxCounted) {
        const first = { text: textOf(operation()), count: 1 };
        if (ofTenant) ofTenant.set(id, first);
        else counted.set(tenantId, new Map([[id, first]]));
        size += 1;
      }
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
