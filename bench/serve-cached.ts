// Our gateway as it runs in production: every setting has its production value, but for those below.
import { setTimeout as sleep } from "node:timers/promises";
import process from "node:process";
import { readEnv } from "@tradegraph/gateway/env";
import { createOperatorServer } from "@tradegraph/gateway/operator-server";
import { optionsOf } from "@tradegraph/gateway/options-of";
import { createGateway } from "@tradegraph/gateway/server";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { connectRedis } from "@tradegraph/kit/redis";
import { reportToParent } from "./report-to-parent.ts";

/** Settings, as JSON: where things are. */
const [given = "{}"] = process.argv.slice(2);
/** Counts as always and refuses nobody. */
const enough = "1000000000";
const env = readEnv({
  ...(JSON.parse(given) as Record<string, string>),
  NODE_ENV: "production",
  // As production's stacks have it (OBS-3).
  LOG_LEVEL: "warn",
  DEFAULT_TENANT: "acme",
  INTERNAL_SIGNING_KEYS: "bench:0123456789abcdef0123456789abcdef",
  RATE_LIMIT_MAX_REQUESTS: enough,
  RATE_LIMIT_USER_MAX_REQUESTS: enough,
  // No relay runs beside the subgraphs of the benchmark; nothing at all would mean the default.
  RESPONSE_CACHE_WATCHED: "none",
});
const metrics = createMetrics("gateway");
const logger = createLogger({ service: "gateway", level: env.LOG_LEVEL });
const redis = env.REDIS_URL ? connectRedis({ url: env.REDIS_URL, logger, name: "bench" }) : undefined;
const keys = env.INTERNAL_SIGNING_KEYS ?? [];
const gateway = await createGateway(optionsOf(env, { keys, logger, metrics, redis }));
for (let tries = 0; gateway.cache && gateway.cache.log.position() === undefined && tries < 200; tries += 1)
  await sleep(50);
const operators = createOperatorServer({
  ...{ health: gateway.health, registry: metrics, logger },
  cache: gateway.cache && {
    ...{ ...gateway.cache, keys: env.RESPONSE_CACHE_INVALIDATION_KEYS, subgraphs: gateway.subgraphs },
  },
});
reportToParent([await gateway.listen(0, "127.0.0.1"), await operators.listen(0, "127.0.0.1")]);
