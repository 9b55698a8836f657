// Several gateways over one shop and one Redis.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Invalidation } from "@tradegraph/kit/invalidation";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { createLogger, type Logger } from "@tradegraph/kit/logger";
import { createMetrics, type Registry } from "@tradegraph/kit/metrics";
import { parse } from "graphql";
import { inject, vi } from "vitest";
import { compilePolicy } from "../src/authorization/compile-policy.ts";
import { compileCacheManifest } from "../src/cache/policy/compile-cache-policy.ts";
import { type CacheRules } from "../src/cache/open-cache.ts";
import { createGateway, type Gateway } from "../src/server.ts";
import { type CacheShop } from "./cache-shop.ts";
import { compose, keys } from "./fake-graph.ts";
import { type TestIssuer } from "./issuer.ts";
import { policyPathOf } from "./write-graph.ts";

export interface FleetAnswer {
  status: number;
  headers: Headers;
  data: Record<string, unknown>;
  errors?: { message: string }[];
  extensions?: { cache?: { invalidation?: string } };
}

interface Body {
  query: string;
  variables?: object;
}

export interface CacheFleet {
  namespace: string;
  gateways: readonly Gateway[];
  registries: readonly Registry[];
  redisOf: (gateway: number) => RedisClient;
  /** Tells of a change past the gateways, by one of them, and waits as mutations do. */
  append: (gateway: number, invalidation: Invalidation) => Promise<boolean>;
  /** Ends one in order, whose place another takes that knows nothing. */
  restart: (gateway: number) => Promise<void>;
  post: (gateway: number, body: Body, headers?: Record<string, string>) => Promise<FleetAnswer>;
  get: (gateway: number, body: Body, headers?: Record<string, string>) => Promise<FleetAnswer>;
  /** Begins with an empty cache again. */
  forget: () => Promise<void>;
  /** Whole answers out of memory or Redis, over all gateways. */
  hits: () => Promise<number>;
  stop: () => Promise<void>;
}

export interface FleetOptions extends CacheRules {
  redisUri?: string;
  /** Where one of the gateways reaches the same Redis; as the others unless given. */
  redisUriOf?: (gateway: number) => string | undefined;
  /** Popular operations that are asked after the start. */
  warm?: number;
  /** Silent unless given. */
  logger?: Logger;
}

const silent = createLogger({ service: "gateway", level: "silent" });

async function readAnswer(response: Response): Promise<FleetAnswer> {
  const body = (await response.json()) as Omit<FleetAnswer, "status" | "headers">;
  return { status: response.status, headers: response.headers, ...body };
}

export async function startCacheFleet(
  shop: CacheShop,
  issuer: TestIssuer,
  count: number,
  { redisUri = inject("redisUri") ?? "", redisUriOf, warm = 0, logger = silent, ...rules }: FleetOptions,
): Promise<CacheFleet> {
  const folder = await mkdtemp(join(tmpdir(), "fleet-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  const sdl = compose(shop.subgraphs);
  const documents = new Map(shop.subgraphs.map(({ name, typeDefs }) => [name, parse(typeDefs)]));
  await writeFile(supergraphPath, sdl);
  await writeFile(
    policyPathOf(supergraphPath),
    JSON.stringify({ ...compilePolicy(sdl), cache: compileCacheManifest(documents) }),
  );
  const start = async (index: number) => {
    const redis = connectRedis({ url: redisUriOf?.(index) ?? redisUri, logger, name: `gateway-${index}` });
    const metrics = createMetrics("gateway");
    const gateway = await createGateway({
      ...{ supergraphPath, keys, tokens: issuer.rules, logger, metrics, redis, cache: rules, warm },
      // Machines that test are busy, and no answer at all proves nothing.
      subgraphTimeoutMs: 60_000,
      tenants: { hosts: {}, trustHeader: true, fallback: "acme" },
    });
    const origin = `http://127.0.0.1:${await gateway.listen(0, "127.0.0.1")}/graphql`;
    return { redis, gateway, metrics, origin };
  };
  type Started = Awaited<ReturnType<typeof start>>;
  const end = async ({ gateway, redis }: Started) => {
    await gateway.drain();
    await gateway.close();
    redis.disconnect();
  };
  const started = await Promise.all(Array.from({ length: count }, (_, index) => start(index)));
  const at = (index: number) => started[index] as Started;
  const logOf = (index: number) => {
    const { cache } = at(index).gateway;
    if (!cache) throw new Error("This gateway keeps nothing.");
    return cache.log;
  };
  const allServe = () =>
    vi.waitUntil(() => started.every(({ gateway }) => gateway.cache?.log.position() !== undefined), {
      ...{ timeout: 60_000, interval: 5 },
    });
  await allServe();
  const originOf = (index: number) => at(index).origin;
  return {
    namespace: rules.namespace,
    gateways: started.map(({ gateway }) => gateway),
    registries: started.map(({ metrics }) => metrics),
    redisOf: (index) => at(index).redis,
    append: (index, invalidation) => logOf(index).append(invalidation, rules.wait ?? "strict"),
    async restart(index) {
      const before = at(index);
      started[index] = await start(index);
      await end(before);
    },
    async post(index, body, headers) {
      const init = { method: "POST", headers: { "content-type": "application/json", ...headers } };
      return readAnswer(await fetch(originOf(index), { ...init, body: JSON.stringify(body) }));
    },
    async get(index, { query, variables = {} }, headers) {
      const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
      return readAnswer(
        await fetch(`${originOf(index)}?${search}`, { headers: { "apollo-require-preflight": "1", ...headers } }),
      );
    },
    async forget() {
      await logOf(0).flush();
      await allServe();
    },
    async hits() {
      const counts = await Promise.all(
        started.map(async ({ metrics }) => {
          const metric = await metrics.getSingleMetric("response_cache_requests_total")?.get();
          const hits = (metric?.values ?? []).filter(({ labels }) =>
            ["memory", "redis"].includes(String(labels.result)),
          );
          return hits.reduce((sum, { value }) => sum + value, 0);
        }),
      );
      return counts.reduce((sum, value) => sum + value, 0);
    },
    async stop() {
      for (const one of started) await end(one);
      await rm(folder, { recursive: true });
    },
  };
}
