// Which Redis process answers: another one, restarted or promoted, may have data from before the last write.
import { randomUUID } from "node:crypto";
import { Cluster, type Redis } from "ioredis";
import { ownerOf, slotOf } from "./redis-owner.ts";
import { type RedisClient } from "./redis.ts";

/** Id of the process that holds a key; undefined while it is not known, and asking makes it known a little later. */
export type ServerIdOf = (key: string) => string | undefined;

/**
 * Watches which processes answer. On a cluster a key may move while it is read: what was read is of the process that is
 * named both before and afterwards, or of nobody.
 */
export function watchServers(redis: RedisClient): ServerIdOf {
  if (!(redis instanceof Cluster)) return watchServer(redis);
  const watched = new WeakMap<Redis, () => string | undefined>();
  return (key) => {
    const owner = ownerOf(redis, slotOf(key));
    const node = redis.nodes("master").find(({ options }) => `${options.host}:${options.port}` === owner);
    if (!node) return undefined;
    const known = watched.get(node) ?? watchServer(node);
    watched.set(node, known);
    return known();
  };
}

type WatchedServer = Pick<RedisClient, "info" | "on" | "status">;

/** One that does not say who it is is another with each connection. */
function watchServer(redis: WatchedServer): () => string | undefined {
  let id: string | undefined;
  let asking = false;
  const ask = async () => {
    asking = true;
    try {
      id = /^run_id:(\w+)/m.exec(await redis.info("server"))?.[1] ?? randomUUID();
    } catch {
      id = undefined;
    } finally {
      asking = false;
    }
  };
  redis.on("close", () => {
    id = undefined;
  });
  return () => {
    if (id === undefined && !asking && redis.status === "ready") void ask();
    return id;
  };
}
