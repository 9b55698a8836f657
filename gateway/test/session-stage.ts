// A gateway that checks sessions, with what stands around it.
import { randomBytes } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { openSessionTags, sessionKeys, type SessionTags } from "@tradegraph/kit/session-tag";
import { type Worker } from "@tradegraph/kit/subgraph";
import { expect } from "vitest";
import { type FakeSessions } from "./fake-sessions.ts";
import { type TestIssuer } from "./issuer.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

const logger = createLogger({ service: "test", level: "silent" });
const patient = { timeout: 15_000 };

export interface Stage {
  gateway: TestGateway;
  namespace: string;
  redis: RedisClient | undefined;
  /** What users does when it ends or outdates sessions. */
  tags: SessionTags;
  /** Status and code of a request with a token of this session. */
  ask: (sid: string, issuedAt?: number) => Promise<string>;
  stop: () => Promise<void>;
}

/** A gateway that checks sessions, and users' side of Redis beside it. @param uri none runs without Redis */
export async function startStage(
  { issuer, users }: { issuer: TestIssuer; users: FakeSessions },
  uri?: string,
): Promise<Stage> {
  const namespace = `test_${randomBytes(6).toString("hex")}`;
  const connect = (name: string) => (uri ? connectRedis({ url: uri, logger, name }) : undefined);
  const [redis, usersRedis] = [connect("gateway"), connect("users")];
  for (const client of [redis, usersRedis]) if (client) await expect.poll(() => client.status, patient).toBe("ready");
  const marks: { sessionTags: SessionTags; workers: Worker[] } = openSessionTags({
    ...{ redis: usersRedis, namespace, logger, intervalMs: 20 },
  });
  if (redis) await expect.poll(() => redis.get(sessionKeys.epoch(namespace)).catch(() => null), patient).not.toBeNull();
  const gateway = await startTestGateway({
    ...{ tokens: issuer.rules, usersUrl: users.url, sessions: { redisNamespace: namespace }, redis },
  });
  const ask = async (sid: string, issuedAt = Math.floor(Date.now() / 1_000)) => {
    const bearer = await issuer.token({ sid, iat: issuedAt });
    const { status, body } = await gateway.post({ query: "{ latest }" }, { authorization: `Bearer ${bearer}` });
    return `${status} ${String(body.errors?.[0]?.extensions.code ?? body.data?.latest)}`;
  };
  return {
    ...{ gateway, namespace, redis, tags: marks.sessionTags, ask },
    async stop() {
      await gateway.stop();
      await Promise.all(marks.workers.map((worker) => worker.stop()));
      redis?.disconnect();
      usersRedis?.disconnect();
    },
  };
}
