// How a subgraph is put together: its factory gets resources and gives a graph; main.ts and the tests serve it alike.
import { type Express } from "express";
import { type GraphQLSchema } from "graphql";
import { type SigningKey } from "./internal-assertion.ts";
import { type Logger } from "./logger.ts";
import { type Registry } from "./metrics.ts";
import { type Mongo } from "./mongo.ts";
import { type RedisClient } from "./redis.ts";
import { createReplayGuard } from "./replay-guard.ts";
import { type RequestContext, type RunningSubgraph, startSubgraph } from "./start-subgraph.ts";

/** What a subgraph lives on. */
export interface SubgraphResources {
  name: string;
  mongo: Mongo;
  redis?: RedisClient | undefined;
  logger: Logger;
  metrics: Registry;
  /** Keys of the internal assertion. */
  keys: readonly SigningKey[];
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
  const { mongo, redis, name } = resources;
  const running = await startSubgraph({
    ...address,
    ...subgraph,
    ...resources,
    replayGuard: createReplayGuard({ redis, namespace: name }),
    dependencies: [
      { name: "mongodb", check: mongo.ping, required: true },
      ...(redis ? [{ name: "redis", check: () => redis.ping(), required: false }] : []),
    ],
  });
  return {
    ...running,
    async stop() {
      await running.stop();
      await Promise.all((subgraph.workers ?? []).map((worker) => worker.stop()));
    },
  };
}
