// Everything that the cache's benchmark runs against, each in a process of its own.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeServices } from "@apollo/composition";
import { resolveRedis } from "@tradegraph/devservices/resolve-redis";
import { startRedis } from "@tradegraph/devservices/start-redis";
import { compilePolicy } from "@tradegraph/gateway/authorization/compile-policy";
import { compileCacheManifest } from "@tradegraph/gateway/cache/policy/compile-cache-policy";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis } from "@tradegraph/kit/redis";
import { parse } from "graphql";
import { gateway } from "../services.ts";
import { schemas } from "./cache-subgraph.ts";
import { openTarget, type Target } from "./cache-load.ts";
import { startSlowProxy, type SlowProxy } from "./slow-proxy.ts";
import { type Child, startChild } from "./start-child.ts";

export interface CacheStage {
  /** Two instances that share Redis, and a third behind the proxy. */
  ours: [Target, Target, Target];
  /** The same without a Redis, so without a cache; and the same without users, so without an audit log. */
  uncached: Target;
  unaudited: Target;
  apollo: Target;
  apolloWithRedis: Target;
  /** GraphQL endpoint of the subgraph, and the key of operators. */
  subgraphUrl: string;
  operatorKey: string;
  /** Of somebody who is signed in. */
  token: string;
  proxy: SlowProxy;
  /** What was asked of the subgraphs: how often pages, and how many single items. */
  asked: () => Promise<{ calls: number; entities: number }>;
  /** Figures of Redis. */
  redisInfo: (section: string) => Promise<string>;
  start: (file: string, args: string[]) => Promise<Target>;
  stop: () => Promise<void>;
}

/** @throws Error where there is no Redis */
export async function startCacheStage(): Promise<CacheStage> {
  const server = await resolveRedis({});
  if (!server || server.uri !== undefined) throw new Error("The benchmark needs a redis-server of its own.");
  const redis = await startRedis({ server, ephemeral: true });
  const proxy = await startSlowProxy(redis.port);
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const targets: Target[] = [];
  const start = async (file: string, args: string[], { most, options }: { most?: number; options?: string[] } = {}) => {
    const target = openTarget(await startChild(file, args, options), most);
    targets.push(target);
    return target;
  };
  const helpers: Child[] = [await startChild("serve-cache-subgraph.ts"), await startChild("serve-users.ts")];
  const [url, usersUrl] = helpers.map(({ ports: [port] }) => `http://127.0.0.1:${port}/graphql`) as [string, string];
  const documents = Object.entries(schemas).map(([name, sdl]) => ({ name, url, typeDefs: parse(sdl) }));
  const { supergraphSdl: sdl, errors } = composeServices(documents);
  if (!sdl) throw new Error(errors?.map(({ message }) => message).join("\n"));
  const supergraphPath = join(folder, "supergraph.graphql");
  const cache = compileCacheManifest(new Map(documents.map(({ name, typeDefs }) => [name, typeDefs])));
  await writeFile(supergraphPath, sdl);
  await writeFile(join(folder, "policy.json"), JSON.stringify({ ...compilePolicy(sdl), cache }));
  const through = new URL(redis.uri);
  through.port = String(proxy.port);
  const operatorKey = randomBytes(32).toString("hex");
  // As in production.
  const options = gateway.command.filter((argument) => argument.startsWith("--"));
  const users = { USERS_URL: usersUrl, JWKS_URL: usersUrl };
  const cached = (settings: Record<string, string>, most?: number) => {
    const given = {
      ...{ SUPERGRAPH_PATH: supergraphPath, REDIS_NAMESPACE: "bench" },
      AUDIT_SPOOL_DIR: join(folder, `spool-${targets.length}`),
      RESPONSE_CACHE_INVALIDATION_KEYS: JSON.stringify({ "*": operatorKey }),
      ...settings,
    };
    return start("serve-cached.ts", [JSON.stringify(given)], { options, ...(most && { most }) });
  };
  const client = connectRedis({
    url: redis.uri,
    logger: createLogger({ service: "bench", level: "silent" }),
    name: "bench",
  });
  const ours: CacheStage["ours"] = [
    await cached({ ...users, REDIS_URL: redis.uri }, 500),
    await cached({ ...users, REDIS_URL: redis.uri }, 500),
    await cached({ ...users, REDIS_URL: through.href }),
  ];
  return {
    ...{
      ours,
      proxy,
      start,
      operatorKey,
      subgraphUrl: url,
      token: await (await fetch(new URL("/token", usersUrl))).text(),
      uncached: await cached(users),
      unaudited: await cached({ REDIS_URL: redis.uri }),
      apollo: await start("serve-apollo-cached.ts", [supergraphPath]),
      apolloWithRedis: await start("serve-apollo-cached.ts", [supergraphPath, redis.uri]),
    },
    asked: async () => (await (await fetch(url)).json()) as { calls: number; entities: number },
    redisInfo: (section) => client.info(section),
    async stop() {
      await Promise.all(targets.map(({ pool }) => pool.close()));
      await Promise.all([...targets.map(({ child }) => child), ...helpers].map((child) => child.stop()));
      client.disconnect();
      proxy.close();
      await redis.stop();
      await rm(folder, { recursive: true });
    },
  };
}
