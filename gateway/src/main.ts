import process from "node:process";
import { reportCrashes } from "@tradegraph/kit/crash-report";
import { lastReportsMs, openErrorReporting } from "@tradegraph/kit/error-reporting";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { openTracing } from "@tradegraph/kit/open-tracing";
import { connectRedis } from "@tradegraph/kit/redis";
import { stopOnSignals } from "@tradegraph/kit/shutdown";
import { openSigningKeys } from "@tradegraph/kit/signing-keys";
import { traceLogFields } from "@tradegraph/kit/trace";
import { readEnv } from "./env.ts";
import { createOperatorServer } from "./operator-server.ts";
import { optionsOf } from "./options-of.ts";
import { createGateway } from "./server.ts";

const env = readEnv();
const isTraced = env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
const metrics = createMetrics("gateway");
const reporting = await openErrorReporting(env, { service: "gateway", metrics });
const logger = createLogger({
  service: "gateway",
  level: env.LOG_LEVEL,
  onFault: reporting?.onFault,
  ...(isTraced && { mixin: traceLogFields }),
});
if (reporting) reportCrashes({ reporting, logger });
if (env.GUARDS_OFF.length > 0) logger.warn({ guardsOff: env.GUARDS_OFF }, "Guards are switched off");
const redis = env.REDIS_URL ? connectRedis({ url: env.REDIS_URL, logger, name: "gateway" }) : undefined;
const signing = openSigningKeys(env, logger);
const tracing = await openTracing("gateway", env, logger);
const gateway = await createGateway(optionsOf(env, { keys: signing.keys, logger, metrics, redis, tracing }));
const port = await gateway.listen(env.PORT, env.HOST);
const operators =
  env.OPERATOR_PORT === undefined
    ? undefined
    : createOperatorServer({
        ...{ health: gateway.health, registry: metrics, logger },
        cache: gateway.cache && {
          ...{ ...gateway.cache, keys: env.RESPONSE_CACHE_INVALIDATION_KEYS, subgraphs: gateway.subgraphs },
        },
      });
const operatorPort = await operators?.listen(env.OPERATOR_PORT ?? 0, env.OPERATOR_HOST);
logger.info({ port, operatorPort, pid: process.pid }, "Gateway listening");
stopOnSignals({
  steps: [
    { name: "http", stop: gateway.drain },
    { name: "traces", stop: async () => tracing?.close() },
    { name: "operators", stop: async () => operators?.close() },
    { name: "graph", stop: gateway.close },
    { name: "signing keys", stop: () => Promise.resolve(signing.close()) },
    { name: "redis", stop: async () => redis?.quit() },
    { name: "error reports", stop: async () => reporting?.close(lastReportsMs) },
  ],
  graceMs: env.SHUTDOWN_GRACE_MS,
  logger,
});
