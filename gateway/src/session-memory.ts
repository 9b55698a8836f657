// What the gateway remembers of sessions, in Redis. It counts only while nothing says that it may be old: neither the
// user's mark, nor everybody's, nor the servers that hold them have changed since before users was asked (see
// kit/session-tag.ts). A restarted server, or a promoted replica, may have marks from before the last change, together with
// what was remembered under them.
import { type Logger } from "@tradegraph/kit/logger";
import { type RedisClient } from "@tradegraph/kit/redis";
import { watchServers } from "@tradegraph/kit/redis-server-id";
import {
  isChanging,
  newMark,
  sessionKeys,
  tagLifetimeSeconds,
  verdictLifetimeSeconds,
} from "@tradegraph/kit/session-tag";

/** Somebody's session, as a verified token names it. */
export interface SessionName {
  tenantId: string;
  userId: string;
  sessionId: string;
}

export interface SessionState {
  isActive: boolean;
  /** Tokens issued earlier must be refreshed, seconds since 1970. */
  notBefore: number;
}

export interface Recalled {
  /** Absent when nothing is known. */
  state?: SessionState;
  /** Writes down what users answers to a question asked from now on. Absent when that would be of no use. */
  remember?: (state: SessionState) => void;
}

export interface SessionMemory {
  /** Never throws: a Redis that does not answer knows nothing. */
  recall: (session: SessionName) => Promise<Recalled>;
}

export const noMemory: SessionMemory = { recall: () => Promise.resolve({}) };

/** An ended session never lives again, so this counts whatever has changed. */
const ended = "ended";

/** How long Redis is left alone after it did not answer: nobody shall wait for it with every request. */
const restMs = 1_000;

export function createSessionMemory(redis: RedisClient, namespace: string, logger: Logger): SessionMemory {
  const serverIdOf = watchServers(redis);
  let restingUntil = 0;

  const remember = (key: string, text: string) => {
    redis.set(key, text, "EX", verdictLifetimeSeconds).catch(() => {
      restingUntil = Date.now() + restMs;
    });
  };

  const serversOf = (...keys: string[]) => {
    const ids = keys.map(serverIdOf);
    return ids.includes(undefined) ? undefined : ids.join();
  };

  const read = async ({ tenantId, userId, sessionId }: SessionName): Promise<Recalled> => {
    const epochKey = sessionKeys.epoch(namespace);
    const tagKey = sessionKeys.tag(namespace, tenantId, userId);
    const verdictKey = sessionKeys.verdict(namespace, sessionId);
    const before = serversOf(epochKey, tagKey);
    // On a cluster they lie in different slots. Each is read before users is asked, which is all that counts.
    const [epoch, known, verdict] = await Promise.all([epochKey, tagKey, verdictKey].map((key) => redis.get(key)));
    if (verdict === ended) return { state: { isActive: false, notBefore: 0 } };
    // Without the mark that only users sets, users could not tell us when this memory is old.
    if (before === undefined || !epoch) return {};
    const tag = known ?? (await makeTag(redis, tagKey));
    if (serversOf(epochKey, tagKey) !== before) return {};
    // Whoever changes the sessions has not come to the end, and perhaps died: nothing is remembered meanwhile.
    if (isChanging(tag)) return {};
    const marks = `${before}|${epoch}|${tag}|`;
    if (verdict?.startsWith(marks))
      return { state: { isActive: true, notBefore: Number(verdict.slice(marks.length)) } };
    return {
      remember: ({ isActive, notBefore }) => {
        remember(verdictKey, isActive ? `${marks}${notBefore}` : ended);
      },
    };
  };

  return {
    async recall(session) {
      if (Date.now() < restingUntil) return {};
      try {
        return await read(session);
      } catch (error) {
        if (restingUntil === 0) logger.warn({ error: String(error) }, "Redis knows nothing of sessions; asking users");
        restingUntil = Date.now() + restMs;
        return {};
      }
    },
  };
}

/** Of several that make one at once, the first wins. */
async function makeTag(redis: RedisClient, key: string): Promise<string> {
  await redis.set(key, newMark(), "EX", tagLifetimeSeconds, "NX");
  const tag = await redis.get(key);
  if (!tag) throw new Error("A mark was gone as soon as it was set.");
  return tag;
}
