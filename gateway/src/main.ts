import process from "node:process";
import { openObservability } from "@tradegraph/kit/open-observability";
import { connectRedis } from "@tradegraph/kit/redis";
import { stopOnSignals } from "@tradegraph/kit/shutdown";
import { openSigningKeys } from "@tradegraph/kit/signing-keys";
import { readEnv } from "./env.ts";
import { createOperatorServer } from "./operator-server.ts";
import { optionsOf } from "./options-of.ts";
import { createGateway } from "./server.ts";

const env = readEnv();
const { logger, metrics, tracing, stopTraces, stopReports } = await openObservability("gateway", env);
if (env.GUARDS_OFF.length > 0) logger.warn({ guardsOff: env.GUARDS_OFF }, "Guards are switched off");
const redis = env.REDIS_URL ? connectRedis({ url: env.REDIS_URL, logger, name: "gateway" }) : undefined;
const signing = openSigningKeys(env, logger);
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
    stopTraces,
    { name: "operators", stop: async () => operators?.close() },
    { name: "graph", stop: gateway.close },
    { name: "signing keys", stop: () => Promise.resolve(signing.close()) },
    { name: "redis", stop: async () => redis?.quit() },
    stopReports,
  ],
  graceMs: env.SHUTDOWN_GRACE_MS,
  logger,
});
