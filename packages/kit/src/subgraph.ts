// How a subgraph is put together: its factory gets resources and gives a graph; main.ts and the tests serve it alike.
import { type Express } from "express";
import { type GraphQLSchema } from "graphql";
import { type RequestContext } from "./admission.ts";
import { type SigningKeys } from "./internal-assertion.ts";
import { type InternalRoutes } from "./internal-routes.ts";
import { type Logger } from "./logger.ts";
import { type Registry } from "./metrics.ts";
import { type Mongo } from "./mongo.ts";
import { type RedisClient } from "./redis.ts";
import { createRefusalRecords } from "./refusal-records.ts";
import { createReplayGuard, type ReplayGuard } from "./replay-guard.ts";
import { type RunningSubgraph, startSubgraph } from "./start-subgraph.ts";
import { type Tracing } from "./trace.ts";

/** What a subgraph lives on. */
export interface SubgraphResources {
  name: string;
  mongo: Mongo;
  redis?: RedisClient | undefined;
  /** Put before keys that programs share in Redis. */
  redisNamespace: string;
  /** False leaves outbox entries in their documents, for tests that look at them there. */
  relay?: boolean;
  logger: Logger;
  metrics: Registry;
  /** Undefined makes no traces. */
  tracing?: Tracing | undefined;
  /** Keys of the internal assertion. */
  keys: SigningKeys;
}

/** Work that goes on beside requests, such as sweeping expired reservations. */
export interface Worker {
  name: string;
  /** Resolves when the running round has ended. */
  stop: () => Promise<void>;
}

export interface Subgraph<C extends RequestContext> {
  schema: GraphQLSchema;
  createContext: (base: RequestContext) => C;
  publicRoutes?: (app: Express) => void;
  internalRoutes?: InternalRoutes;
  workers?: Worker[];
}

export interface ServedSubgraph extends RunningSubgraph {
  /** In order: readiness off, requests finished, workers ended. The resources stay open. */
  stop: () => Promise<void>;
}

/** Serves a subgraph over HTTP. @throws Error when the port is taken */
export async function serveSubgraph<C extends RequestContext>(
  subgraph: Subgraph<C>,
  resources: SubgraphResources,
  address: { host: string; port: number },
): Promise<ServedSubgraph> {
  const { mongo, redis, name, logger } = resources;
  const { db } = mongo.connection;
  if (!db) throw new Error("Connect before serving.");
  const refusals = createRefusalRecords({ db, logger });
  const guard = createReplayGuard({ redis, namespace: name });
  const replayGuard: ReplayGuard = {
    async claim(signature) {
      const isFirst = await guard.claim(signature);
      if (!isFirst) refusals.add({ reason: "assertion replayed", address: undefined });
      return isFirst;
    },
  };
  const running = await startSubgraph({
    ...address,
    ...subgraph,
    ...resources,
    replayGuard,
    onRefused: refusals.add,
    dependencies: [
      { name: "mongodb", check: mongo.ping, required: true },
      ...(redis ? [{ name: "redis", check: () => redis.ping(), required: false }] : []),
    ],
  });
  return {
    ...running,
    async stop() {
      await running.stop();
      await refusals.stop();
      await Promise.all((subgraph.workers ?? []).map((worker) => worker.stop()));
    },
  };
}
