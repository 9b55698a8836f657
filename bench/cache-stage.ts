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
import { parse } from "graphql";
import { gateway } from "../services.ts";
import { typeDefs } from "./cache-subgraph.ts";
import { openTarget, type Target } from "./cache-load.ts";
import { startSlowProxy, type SlowProxy } from "./slow-proxy.ts";
import { type Child, startChild } from "./start-child.ts";

export interface CacheStage {
  /** Two instances that share Redis, and a third behind the proxy. */
  ours: [Target, Target, Target];
  apollo: Target;
  apolloWithRedis: Target;
  /** GraphQL endpoint of the subgraph, and the key of operators. */
  subgraphUrl: string;
  operatorKey: string;
  proxy: SlowProxy;
  /** How often pages were asked of the subgraph. */
  calls: () => Promise<number>;
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
  const subgraph: Child = await startChild("serve-cache-subgraph.ts");
  const url = `http://127.0.0.1:${subgraph.ports[0]}/graphql`;
  const { supergraphSdl: sdl } = composeServices([{ name: "products", url, typeDefs: parse(typeDefs) }]);
  if (!sdl) throw new Error("The subgraph does not compose.");
  const supergraphPath = join(folder, "supergraph.graphql");
  const cache = compileCacheManifest(new Map([["products", parse(typeDefs)]]));
  await writeFile(supergraphPath, sdl);
  await writeFile(join(folder, "policy.json"), JSON.stringify({ ...compilePolicy(sdl), cache }));
  const through = new URL(redis.uri);
  through.port = String(proxy.port);
  const operatorKey = randomBytes(32).toString("hex");
  // As in production.
  const options = gateway.command.filter((argument) => argument.startsWith("--"));
  const cached = (uri: string, most?: number) =>
    start("serve-cached.ts", [supergraphPath, uri, "bench", operatorKey], { options, ...(most && { most }) });
  const ours: CacheStage["ours"] = [
    await cached(redis.uri, 500),
    await cached(redis.uri, 500),
    await cached(through.href),
  ];
  return {
    ...{
      ours,
      proxy,
      start,
      operatorKey,
      subgraphUrl: url,
      apollo: await start("serve-apollo-cached.ts", [supergraphPath]),
      apolloWithRedis: await start("serve-apollo-cached.ts", [supergraphPath, redis.uri]),
    },
    calls: async () => Number(await (await fetch(url)).text()),
    async stop() {
      await Promise.all(targets.map(({ pool }) => pool.close()));
      await Promise.all([...targets.map(({ child }) => child), subgraph].map((child) => child.stop()));
      proxy.close();
      await redis.stop();
      await rm(folder, { recursive: true });
    },
  };
}
