import { createLogger } from "@tradegraph/kit/logger";
import { type RedisClient } from "@tradegraph/kit/redis";
import { sessionKeys } from "@tradegraph/kit/session-tag";
import { expect, it } from "vitest";
import { createSessionMemory } from "./session-memory.ts";

const logger = createLogger({ service: "test", level: "silent" });
const session = { tenantId: "acme", userId: "0".repeat(24), sessionId: "1".repeat(24) };

/** As a Redis in memory that says this about itself. */
function fakeRedis(info: string) {
  const entries = new Map([
    [sessionKeys.epoch("test"), "epoch"],
    [sessionKeys.tag("test", session.tenantId, session.userId), "tag"],
  ]);
  const closing: (() => void)[] = [];
  const redis = {
    status: "ready",
    info: () => Promise.resolve(info),
    get: (key: string) => Promise.resolve(entries.get(key) ?? null),
    set: (key: string, text: string) => Promise.resolve(void entries.set(key, text)),
    on: (_event: "close", listener: () => void) => closing.push(listener),
  } as unknown as RedisClient;
  return { redis, loseConnection: () => closing.forEach((listener) => listener()) };
}

it.each([
  ["tells which process it is goes on after", "run_id:abc", true],
  ["does not tell which process it is ends with", "redis_version:8", false],
])("what a Redis that %s a lost connection", async (_name, info, goesOn) => {
  const { redis, loseConnection } = fakeRedis(info);
  const memory = createSessionMemory(redis, "test", logger);
  const recalled = async () => {
    // The first question of a connection finds out which process answers.
    await memory.recall(session);
    return memory.recall(session);
  };
  (await recalled()).remember?.({ isActive: true, notBefore: 1 });
  expect((await memory.recall(session)).state).toEqual({ isActive: true, notBefore: 1 });
  loseConnection();
  expect((await recalled()).state !== undefined).toBe(goesOn);
});
