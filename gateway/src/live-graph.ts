// The generation that answers now, and the older ones that finish what they began.
import { type HTTPGraphQLRequest, type HTTPGraphQLResponse } from "@apollo/server";
import { type GraphQLSchema } from "graphql";
import { type GraphFiles } from "./graph-files.ts";
import { type CostEstimator } from "./limits/cost-estimator.ts";
import { type Graph, type GraphOptions, startGraph } from "./graph.ts";
import { type Warmed, type WarmOperation } from "./planning/warm-plans.ts";
import { type RequestScope } from "./request-scope.ts";

interface Generation extends Graph {
  running: number;
  retired: boolean;
}

export interface LiveGraph {
  /** Runs one request on the generation of this moment, however long it takes. */
  execute: (request: HTTPGraphQLRequest, scope: RequestScope) => Promise<HTTPGraphQLResponse>;
  /** Switches to another supergraph once it is ready. @throws Error when it cannot be used; then nothing has changed */
  replace: (files: GraphFiles) => Promise<void>;
  subgraphs: () => readonly { name: string; url: string }[];
  /** Of the generation of this moment, as clients see it. */
  schema: () => GraphQLSchema;
  /** What operations cost in the generation of this moment; undefined while its policy file does not say. */
  costs: () => CostEstimator | undefined;
  /**
   * Plans operations that will be asked for, such as those of a partner's list, also for a generation that is about to
   * answer; does nothing where planning is not apart.
   */
  warm: (documents: readonly WarmOperation[]) => Promise<Warmed | undefined>;
  /** Tells the generation of this moment from others. */
  fingerprint: () => string;
  stop: () => Promise<void>;
}

export async function startLiveGraph(files: GraphFiles, options: GraphOptions): Promise<LiveGraph> {
  let current: Generation = { ...(await startGraph(files, options)), running: 0, retired: false };
  await current.planning?.warmUp(undefined);
  let { fingerprint } = files;
  let stopped = false;
  /** Plans for a switch, so that the requests of the first seconds do not all wait for their plans. */
  let warming: Graph | undefined;
  let starting: Promise<Graph> | undefined;

  const release = (generation: Generation) => {
    generation.running -= 1;
    if (!generation.retired || generation.running > 0) return;
    generation.server.stop().catch((error: unknown) => {
      options.logger.warn({ error }, "An old generation of the graph did not stop");
    });
  };

  return {
    async execute(httpGraphQLRequest, scope) {
      const generation = current;
      generation.running += 1;
      try {
        const context = () => Promise.resolve({ scope });
        return await generation.server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context });
      } finally {
        release(generation);
      }
    },
    async replace(next) {
      const previous = current;
      const started = (starting = startGraph(next, options));
      try {
        warming = await started;
      } catch (error) {
        starting = undefined;
        throw error;
      }
      if (!stopped) await warming.planning?.warmUp(previous.planning);
      if (stopped) return warming.server.stop();
      current = { ...warming, running: 0, retired: false };
      warming = starting = undefined;
      ({ fingerprint } = next);
      previous.retired = true;
      previous.running += 1;
      release(previous);
    },
    subgraphs: () => current.subgraphs,
    schema: () => current.schema,
    costs: () => current.costs,
    fingerprint: () => fingerprint,
    async warm(documents) {
      let planning = current.planning;
      let warmed = await planning?.warm(documents);
      // The warm-up of a switch that is under way, or came meanwhile, knew nothing of them.
      for (;;) {
        const next = (await starting?.catch(() => undefined))?.planning ?? current.planning;
        if (next === planning) return warmed;
        planning = next;
        warmed = await planning?.warm(documents);
      }
    },
    async stop() {
      stopped = true;
      await warming?.planning?.close();
      await current.server.stop();
    },
  };
}
