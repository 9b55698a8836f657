// All that the gateway has for keeping answers, put together.
import { createHmac } from "node:crypto";
import { type SigningKeys } from "@tradegraph/kit/internal-assertion";
import { type Logger } from "@tradegraph/kit/logger";
import { type Registry } from "@tradegraph/kit/metrics";
import { type RedisClient } from "@tradegraph/kit/redis";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type ResponseCache, serveWholeResponses } from "../http/response-cache.ts";
import { type OperationLabel } from "../operation-labels.ts";
import { cacheDebugHeader } from "../plugins/cache-extensions.ts";
import { type CacheMetrics, createCacheMetrics } from "./operate/cache-metrics.ts";
import { type CacheState } from "./operate/cache-state.ts";
import { startCdnPurger } from "./cdn/cdn-purger.ts";
import { type CdnRules } from "./cdn/cdn-rules.ts";
import { createCdnProvider } from "./cdn/create-cdn-provider.ts";
import { createCallerOf } from "./policy/caller.ts";
import { type TagHeaderOptions } from "./response/cdn-tags.ts";
import { createFillLead } from "./store/fill-lead.ts";
import { type GraphCache } from "./fetch/graph-cache.ts";
import { type InvalidationLog, type Wait } from "./log/invalidation-log.ts";
import { openInvalidationLog } from "./log/open-invalidation-log.ts";
import { createPopularOperations, type PopularOperations } from "./operate/popular-operations.ts";
import { createShadow, type Shadow, type ShadowedGraph, type ShadowRules } from "./operate/shadow.ts";
import { createQuarantine } from "./fetch/quarantine.ts";
import { createSingleFlight } from "./store/single-flight.ts";
import { createCacheStore } from "./store/store.ts";
import { type TtlOverrides } from "./policy/subgraph-cache-policies.ts";

export interface CacheRules {
  /** First part of all keys in Redis; relays of subgraphs write into the log of the same. */
  namespace: string;
  memoryBytes?: number;
  /** Longest wait for Redis before a subgraph is asked instead, milliseconds. */
  lookupMs?: number;
  /** Longest that anything stays in Redis. */
  maxRedisSeconds?: number;
  /** Whom mutations wait for, unless the schema says `strict`; all gateways unless given. */
  wait?: Wait;
  /** Subgraphs whose relays say that they have told all, or what they answered is not used; none unless given. */
  watched?: readonly string[];
  ttlOverrides?: TtlOverrides;
  /** Subgraphs that do not report what they read. */
  foreignSubgraphs?: ReadonlySet<string>;
  /** Explains to everybody where an answer came from, not to staff alone, and lets everybody ask for fresh ones. */
  debug?: boolean;
  tagHeader?: TagHeaderOptions | undefined;
  /** Header for a CDN that is purged, see kept-answer.ts. */
  cdnHeader?: string | undefined;
  /** The CDN in front that is told what to forget; none unless given. */
  cdn?: CdnRules | undefined;
  /** Hits that are asked again to compare; none unless given. */
  shadow?: ShadowRules;
}

export interface OpenCache {
  /** For the data sources of a graph. */
  graph: GraphCache;
  log: InvalidationLog;
  metrics: CacheMetrics;
  popular: PopularOperations;
  state: () => CacheState;
  /** The level in front of GraphQL. @param fingerprint of the graph that answers now */
  wholeResponses: (fingerprint: () => string, csrf: boolean) => ResponseCache;
  /** Asks hits again; undefined where none shall be. */
  shadow: (graph: ShadowedGraph) => Shadow | undefined;
  close: () => Promise<void>;
}

export interface OpenCacheOptions {
  rules: CacheRules;
  redis: RedisClient;
  /** What stands for a caller in keys is made with the first. */
  keys: SigningKeys;
  logger: Logger;
  registry: Registry;
  labelOf: OperationLabel;
}

/** Keys of one purpose tell nothing about those of another. */
function callerSecret(keys: SigningKeys): string {
  const [first] = typeof keys === "function" ? keys() : keys;
  return createHmac("sha256", first?.secret ?? "")
    .update("response cache: callers")
    .digest("base64url");
}

const isStaff = ({ role }: Viewer) => role === "admin";

export function openCache({ rules, redis, keys, logger, registry, labelOf }: OpenCacheOptions): OpenCache {
  const { namespace, lookupMs = 50, wait = "strict", watched = [], debug = false } = rules;
  const { memoryBytes, maxRedisSeconds, ttlOverrides, foreignSubgraphs, tagHeader, cdnHeader, cdn } = rules;
  const metrics = createCacheMetrics(registry, labelOf);
  const log = openInvalidationLog({ redis, namespace, logger, watched, metrics: registry });
  const state = () => ({ ...log.state(), redis: redis.status });
  metrics.observe(state);
  const store = createCacheStore({
    ...{ redis, log, logger, lookupMs, metrics: metrics.store },
    ...(memoryBytes !== undefined && { memoryBytes }),
    ...(maxRedisSeconds !== undefined && { maxRedisSeconds }),
  });
  const purger =
    cdn &&
    startCdnPurger({
      ...{ redis, namespace, logger, metrics: registry, provider: createCdnProvider(cdn), id: cdn.id },
      ...(cdn.repeatAfterMs !== undefined && { repeatAfterMs: cdn.repeatAfterMs }),
    });
  const popular = createPopularOperations({ redis, namespace, logger });
  const callerOf = createCallerOf(callerSecret(keys));
  const mayDebug = (viewer: Viewer) => debug || isStaff(viewer);
  return {
    ...{ log, metrics, popular, state },
    graph: {
      ...{ callerOf, store, log, namespace, wait, metrics, logger, mayDebug },
      flights: createSingleFlight(log),
      lead: createFillLead({ redis, logger, lookupMs }),
      quarantine: createQuarantine(),
      refreshing: new Set(),
      random: Math.random,
      ...(ttlOverrides && { ttlOverrides }),
      ...(foreignSubgraphs && { foreignSubgraphs }),
    },
    wholeResponses: (fingerprint, csrf) =>
      serveWholeResponses({
        ...{ store, log, callerOf, namespace, fingerprint, csrf, metrics, tagHeader, cdnHeader },
        isTrusted: mayDebug,
        isBypassed: ({ httpHeaders, scope }) => httpHeaders[cacheDebugHeader] === "true" && mayDebug(scope.viewer),
      }),
    shadow: (graph) =>
      rules.shadow && rules.shadow.share > 0
        ? createShadow({ ...rules.shadow, ...graph, log, foreignSubgraphs, metrics, logger })
        : undefined,
    async close() {
      // Its wait is bounded, and nobody waits for it.
      const purged = purger?.close();
      await popular.close();
      await store.close();
      await log.close();
      await purged;
    },
  };
}
