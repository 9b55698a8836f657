// One shop, two gateways over it that share a Redis, and requests whose answers come as they were sent.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as send } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { connectRedis } from "@tradegraph/kit/redis";
import { parse } from "graphql";
import { vi } from "vitest";
import { compilePolicy } from "../src/authorization/compile-policy.ts";
import { type CacheRules } from "../src/cache/open-cache.ts";
import { compileCacheManifest } from "../src/cache/policy/compile-cache-policy.ts";
import { compileCost } from "../src/limits/compile-cost.ts";
import { type GatewayOptions } from "../src/gateway-options.ts";
import { createGateway, type Gateway } from "../src/server.ts";
import { type CacheShop, startCacheShop } from "./cache-shop.ts";
import { compose, keys } from "./fake-graph.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";
import { policyPathOf } from "./write-graph.ts";

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
  text: string;
  /** Cache-Status. */
  cache: string;
}

export interface Asked {
  variables?: Record<string, unknown>;
  headers?: Record<string, string>;
  get?: boolean;
  /** Which gateway. */
  at?: number;
  /** Instead of query and variables. */
  body?: string;
}

export interface WholeResponseStage {
  shop: CacheShop;
  issuer: TestIssuer;
  urls: string[];
  log: Record<string, unknown>[];
  ask: (query: string, asked?: Asked) => Promise<Answer>;
  /** Replaces the supergraph. @param extra SDL for the subgraph `stock` */
  writeGraph: (extra?: string) => Promise<void>;
  stop: () => Promise<void>;
}

/**
 * @param rules of the cache, besides its namespace
 * @param overrides of what gateways are started with
 */
export async function startWholeResponseStage(
  redisUri: string,
  rules: Partial<CacheRules> = {},
  overrides: Partial<GatewayOptions> = {},
): Promise<WholeResponseStage> {
  const [shop, issuer] = await Promise.all([startCacheShop(), startIssuer()]);
  const folder = await mkdtemp(join(tmpdir(), "whole-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  const redis = connectRedis({
    ...{ url: redisUri, logger: createLogger({ service: "test", level: "silent" }), name: "test" },
  });
  const log: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>) };
  const namespace = `whole-${randomUUID()}`;

  const writeGraph = async (extra = "") => {
    const subgraphs = shop.subgraphs.map(({ typeDefs, ...one }) => ({
      ...{ ...one, typeDefs: typeDefs + (one.name === "stock" ? extra : "") },
    }));
    const sdl = compose(subgraphs);
    const cache = compileCacheManifest(new Map(subgraphs.map(({ name, typeDefs }) => [name, parse(typeDefs)])));
    await writeFile(
      policyPathOf(supergraphPath),
      JSON.stringify({ ...compilePolicy(sdl), cache, cost: compileCost(sdl) }),
    );
    await writeFile(supergraphPath, sdl);
  };
  const start = async () => {
    const gateway = await createGateway({
      ...{ supergraphPath, keys, tokens: issuer.rules, redis, cache: { ...rules, namespace } },
      tenants: { hosts: {}, trustHeader: true, fallback: "acme" },
      logger: createLogger({ service: "gateway", level: "info", destination }),
      metrics: createMetrics("gateway"),
      ...overrides,
    });
    await vi.waitUntil(() => gateway.cache?.log.position() !== undefined, 10_000);
    return { gateway, url: `http://127.0.0.1:${await gateway.listen(0, "127.0.0.1")}/graphql` };
  };

  await writeGraph();
  const started: { gateway: Gateway; url: string }[] = await Promise.all([start(), start()]);
  const urls = started.map(({ url }) => url);
  return {
    ...{ shop, issuer, urls, log, writeGraph },
    ask: (query, { at = 0, ...asked } = {}) => exchange(urls[at] ?? "", query, asked),
    async stop() {
      for (const { gateway } of started) {
        await gateway.drain();
        await gateway.close();
      }
      redis.disconnect();
      await shop.stop();
      issuer.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Not fetch, which decodes answers by itself. */
function exchange(url: string, query: string, { variables, headers, get = false, body }: Asked): Promise<Answer> {
  const search = new URLSearchParams({ query, ...(variables && { variables: JSON.stringify(variables) }) });
  const own = get ? { "apollo-require-preflight": "1" } : { "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const options = { method: get ? "GET" : "POST", headers: { ...own, ...headers } };
    const request = send(`${url}${get ? `?${search}` : ""}`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const bytes = Buffer.concat(chunks);
        const { statusCode: status = 0, headers: given } = response;
        resolve({ status, headers: given, bytes, text: bytes.toString(), cache: String(given["cache-status"]) });
      });
    });
    request.on("error", reject).end(get ? undefined : (body ?? JSON.stringify({ query, variables })));
  });
}
