// How users tells gateways that what they remember of a session counts no more. Gateways remember in Redis that a session
// is alive, together with random marks; only while every mark is still the one it was does the memory count. Changing a
// mark is therefore enough, and losing one is the same as changing it: a Redis that forgets makes gateways ask again.
import { randomUUID } from "node:crypto";
import { type Logger } from "./logger.ts";
import { type RedisClient } from "./redis.ts";
import { repeat } from "./repeat.ts";
import { type Worker } from "./subgraph.ts";

/** How long a gateway may believe its memory of a session, and a mark of a user stays, in seconds. */
export const verdictLifetimeSeconds = 3_600;
export const tagLifetimeSeconds = 86_400;

export const sessionKeys = {
  /** Mark of everybody; only users sets it, so that a gateway with another Redis or namespace remembers nothing. */
  epoch: (namespace: string) => `${namespace}:session-epoch`,
  /** Mark of one user. */
  tag: (namespace: string, tenantId: string, userId: string) => `${namespace}:session-tag:${tenantId}:${userId}`,
  /** What a gateway remembers of one session. */
  verdict: (namespace: string, sessionId: string) => `${namespace}:session:${sessionId}`,
};

export const newMark = (): string => randomUUID();

const changing = "changing:";

/** Whether a user's mark says that somebody is changing the sessions: what users answers now may be old at once. */
export const isChanging = (mark: string): boolean => mark.startsWith(changing);

export interface SessionTags {
  /**
   * Does `work`, which changes sessions of this user in the database, or what they follow from. Before it gateways are
   * told to remember nothing of the user, afterwards to ask again; a program that dies in between leaves the former
   * standing, so that what it did or did not write is asked for each time. Answer the client after this resolves.
   *
   * Never throws itself. While only this program cannot reach Redis, gateways go on believing for at most
   * {@link verdictLifetimeSeconds}; the mark of everybody is changed as soon as Redis is reached again, also after a
   * restart.
   */
  whileChanging: <T>(tenantId: string, userId: string, work: () => Promise<T>) => Promise<T>;
}

/** Where there is no Redis: gateways ask every time. */
export const noSessionTags: SessionTags = { whileChanging: (_tenantId, _userId, work) => work() };

export interface SessionTagOptions {
  redis?: RedisClient | undefined;
  namespace: string;
  logger: Logger;
  /** How often the mark of everybody is looked after. */
  intervalMs?: number;
}

/** The marks of a program that ends sessions, with the work that goes on beside its requests. */
export function openSessionTags({ redis, ...options }: SessionTagOptions): {
  sessionTags: SessionTags;
  workers: Worker[];
} {
  if (!redis) return { sessionTags: noSessionTags, workers: [] };
  const { worker, ...sessionTags } = createSessionTags({ ...options, redis });
  return { sessionTags, workers: [worker] };
}

/** Longer than any change takes: who announced one this long ago has died. */
const changeSeconds = 600;

/**
 * Counts those who are changing the sessions of one user: `changing:<how many>:<since>:<random>`, and a mark of gateways'
 * own again when the last is done. Whoever dies is counted until {@link changeSeconds} after the last that began.
 *
 * ARGV: how many more or fewer, the random part, seconds that the mark stays
 */
const countScript = `
  local now = tonumber(redis.call("TIME")[1])
  local count, since = string.match(redis.call("GET", KEYS[1]) or "", "^${changing}(%d+):(%d+):")
  count = tonumber(count) or 0
  since = tonumber(since) or now
  if now - since > ${changeSeconds} then count = 0 end
  local change = tonumber(ARGV[1])
  if change > 0 then since = now end
  count = math.max(0, count + change)
  local mark = ARGV[2]
  if count > 0 then mark = "${changing}" .. count .. ":" .. since .. ":" .. ARGV[2] end
  redis.call("SET", KEYS[1], mark, "EX", count > 0 and ${changeSeconds} or ARGV[3])`;

function createSessionTags(options: SessionTagOptions & { redis: RedisClient }): SessionTags & { worker: Worker } {
  const { redis, namespace, logger, intervalMs = 2_000 } = options;
  const epoch = sessionKeys.epoch(namespace);
  // At first too: a program that was killed may have ended sessions and not told anybody.
  let untold = true;
  const lookAfterEpoch = async () => {
    const change = untold;
    untold = false;
    try {
      await (change ? redis.set(epoch, newMark()) : redis.set(epoch, newMark(), "NX"));
    } catch {
      // connectRedis() has logged that Redis is away.
      untold ||= change;
    }
  };
  /** @returns whether it is known there */
  const count = async (tenantId: string, userId: string, change: 1 | 0 | -1): Promise<boolean> => {
    try {
      const key = sessionKeys.tag(namespace, tenantId, userId);
      await redis.eval(countScript, 1, key, change, newMark(), tagLifetimeSeconds);
      return true;
    } catch (error) {
      untold = true;
      logger.error({ error, userId }, "Gateways could not be told that sessions changed; trying on");
      await lookAfterEpoch();
      return false;
    }
  };
  return {
    async whileChanging(tenantId, userId, work) {
      const isCounted = await count(tenantId, userId, 1);
      try {
        return await work();
      } finally {
        await count(tenantId, userId, isCounted ? -1 : 0);
      }
    },
    worker: repeat({ name: "session marks", intervalMs, logger, work: lookAfterEpoch }),
  };
}
