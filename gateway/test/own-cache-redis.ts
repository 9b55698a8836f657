// A Redis of a test's own, which may be stopped, filled up or killed.
import { resolveRedis } from "@tradegraph/devservices/resolve-redis";
import { type RedisSettings, startRedis, type StartedRedis } from "@tradegraph/devservices/start-redis";
import process from "node:process";

export interface OwnCacheRedis extends StartedRedis {
  /** Takes connections and commands, and answers none. */
  freeze: () => void;
  thaw: () => void;
}

/** @returns undefined where no Redis server can be had */
export async function startOwnCacheRedis(settings: RedisSettings = {}): Promise<OwnCacheRedis | undefined> {
  const server = await resolveRedis({});
  if (!server || server.uri !== undefined) return undefined;
  const redis = await startRedis({ server, ephemeral: true, ...settings });
  const signal = (name: NodeJS.Signals) => process.kill(redis.process.pid, name);
  return {
    ...redis,
    freeze: () => void signal("SIGSTOP"),
    thaw: () => void signal("SIGCONT"),
    async stop() {
      signal("SIGCONT");
      await redis.stop();
    },
  };
}
