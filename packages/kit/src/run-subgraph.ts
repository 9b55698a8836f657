import { type z } from "zod";
import { type RequestContext } from "./admission.ts";
import { mongoEnv, port, programEnv, redisEnv, redisNamespace } from "./env.ts";
import { connectMongo } from "./mongo.ts";
import { openObservability } from "./open-observability.ts";
import { connectRedis } from "./redis.ts";
import { stopOnSignals } from "./shutdown.ts";
import { openSigningKeys } from "./signing-keys.ts";
import { serveSubgraph, type Subgraph, type SubgraphResources } from "./subgraph.ts";

/** Variables of every subgraph; `env.ts` of each spreads it and adds its own. */
export const subgraphEnv = (name: string, defaultPort: number) => ({
  ...programEnv,
  ...mongoEnv,
  ...redisEnv,
  REDIS_NAMESPACE: redisNamespace,
  PORT: port(defaultPort).describe("Port to listen on; 0 is any free one."),
  MONGODB_DATABASE: mongoEnv.MONGODB_DATABASE.default(name).describe("The program's own database."),
});

export type SubgraphEnv = z.infer<z.ZodObject<ReturnType<typeof subgraphEnv>>>;

/** The whole life of a subgraph's process: connect, serve, stop on signals in the right order. */
export async function runSubgraph<C extends RequestContext>(
  name: string,
  env: SubgraphEnv,
  create: (resources: SubgraphResources) => Subgraph<C> | Promise<Subgraph<C>>,
): Promise<void> {
  const { logger, metrics, tracing, stopTraces, stopReports } = await openObservability(name, env);
  const mongo = await connectMongo({
    uri: env.MONGODB_URI,
    database: env.MONGODB_DATABASE,
    flavor: env.MONGODB_FLAVOR,
    poolMin: env.DATABASE_POOL_MIN,
    poolMax: env.DATABASE_POOL_MAX,
    applicationName: `tradegraph-${name}`,
    logger,
    metrics,
    traces: tracing !== undefined,
  });
  const redis = env.REDIS_URL ? connectRedis({ url: env.REDIS_URL, logger, name }) : undefined;
  const signing = openSigningKeys(env, logger);
  const resources: SubgraphResources = {
    ...{ name, mongo, redis, logger, metrics, tracing, keys: signing.keys },
    redisNamespace: env.REDIS_NAMESPACE,
  };
  const served = await serveSubgraph(await create(resources), resources, { host: env.HOST, port: env.PORT });
  logger.info({ port: served.port }, "Ready");
  stopOnSignals({
    logger,
    graceMs: env.SHUTDOWN_GRACE_MS,
    steps: [
      { name: "requests and workers", stop: served.stop },
      stopTraces,
      { name: "signing keys", stop: () => Promise.resolve(signing.close()) },
      { name: "mongodb", stop: mongo.close },
      { name: "redis", stop: () => Promise.resolve(redis?.disconnect()) },
      stopReports,
    ],
  });
}
