// A gateway over the slow graph, whose subgraphs are one server that always says the same.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMetrics } from "@tradegraph/kit/metrics";
import { type GatewayOptions } from "../src/gateway-options.ts";
import { slowSupergraph } from "./slow-graph.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";
import { writeGraph } from "./write-graph.ts";

export interface PlanningStage extends TestGateway {
  /** A metric's value; labels as `{name="value"}` in their order. */
  figure: (name: string, labels?: Record<string, string>) => Promise<number>;
}

export async function startPlanningStage(options: Partial<GatewayOptions>): Promise<PlanningStage> {
  const body = JSON.stringify({ data: { quick: "yes" } });
  const server = createServer((_request, response) => response.setHeader("content-type", "application/json").end(body));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const folder = await mkdtemp(join(tmpdir(), "planning-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  await writeGraph(supergraphPath, slowSupergraph(url));
  const metrics = createMetrics("gateway");
  const gateway = await startTestGateway({ metrics, ...options, supergraphPath });
  return {
    ...gateway,
    supergraphPath,
    async figure(name, labels = {}) {
      const { values } = (await metrics.getSingleMetric(name)?.get()) ?? { values: [] };
      const fits = values.filter(
        (value) =>
          Object.entries(labels).every(([key, label]) => (value.labels as Record<string, unknown>)[key] === label) &&
          !("metricName" in value && (value as { metricName: string }).metricName !== `${name}_count`),
      );
      return fits.reduce((sum, { value }) => sum + value, 0);
    },
    async stop() {
      await gateway.stop();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
