// Operations that begin to count while one supergraph replaces another.
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { expect, it } from "vitest";
import { createGatewayMetrics } from "../src/gateway-metrics.ts";
import { type LiveGraph, startLiveGraph } from "../src/live-graph.ts";
import { type GraphPlanning, type Planning } from "../src/planning/open-planning.ts";
import { createPlanStore } from "../src/planning/plan-store.ts";
import { createSubgraphClient } from "../src/subgraph-client.ts";
import { compose, keys, opinionTypeDefs, shelfTypeDefs } from "./fake-graph.ts";

const sdl = compose([
  { name: "shelf", url: "http://127.0.0.1:1", typeDefs: shelfTypeDefs },
  { name: "opinions", url: "http://127.0.0.1:1", typeDefs: opinionTypeDefs },
]);
const files = (fingerprint: string) => ({ sdl, policy: undefined, fingerprint });
const operation = { body: "query Latest { latest }" };

/** Each generation's name with what it was given to plan, in order; `onWarm` runs while that is planned. */
async function start(
  onWarm: (generation: number, graph: LiveGraph | undefined) => Promise<void> = () => Promise.resolve(),
) {
  const planned: string[] = [];
  let generations = 0;
  const live: { graph?: LiveGraph } = {};
  const planning: Planning = {
    forGraph() {
      const generation = (generations += 1);
      return {
        apolloStore: createPlanStore(1_000).apollo,
        wrap: (execute) => execute,
        async warm(documents) {
          for (const { body } of documents) planned.push(`${generation} ${body}`);
          await onWarm(generation, live.graph);
          return { planned: documents.length, failed: 0, skipped: 0 };
        },
        warmUp: () => Promise.resolve(),
        recent: () => [],
        close: () => Promise.resolve(),
      } satisfies GraphPlanning;
    },
  };
  const client = createSubgraphClient({ timeoutMs: 1_000 });
  const graph = (live.graph = await startLiveGraph(files("1"), {
    ...{ guardsOff: new Set(["authorization" as const]), introspection: false, development: false, client, keys },
    ...{ subgraphUrls: {}, planning, authorization: { reject: false, errors: "errors" } },
    logger: createLogger({ service: "gateway", level: "silent" }),
    metrics: createGatewayMetrics(createMetrics("gateway")),
  }));
  const stop = async () => {
    await graph.stop();
    await client.close();
  };
  return { graph, planned, stop };
}

const both = [`1 ${operation.body}`, `2 ${operation.body}`];

it("plans for the supergraph that is about to answer too", async () => {
  const { graph, planned, stop } = await start();
  const replacing = graph.replace(files("2"));
  await graph.warm([operation]);
  expect(planned).toEqual(both);
  await replacing;
  await stop();
});

it("plans again where a switch came while it planned", async () => {
  const { graph, planned, stop } = await start(async (generation, live) => {
    if (generation === 1) await live?.replace(files("2"));
  });
  await graph.warm([operation]);
  expect(planned).toEqual(both);
  await stop();
});

it("plans for what answers alone where a switch fails, or none is made", async () => {
  const { graph, planned, stop } = await start();
  const replacing = graph.replace({ ...files("2"), sdl: "no supergraph" });
  await Promise.all([graph.warm([operation]), expect(replacing).rejects.toThrow()]);
  await graph.warm([operation]);
  expect(planned).toEqual([both[0], both[0]]);
  await stop();
});
