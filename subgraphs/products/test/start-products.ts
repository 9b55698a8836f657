import { createTestResources } from "@tradegraph/testkit/test-database";
import { serveTestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { createModels } from "../src/models.ts";
import { createProducts } from "../src/server.ts";

/** The subgraph over a migrated database of its own; call `stop` afterwards. */
export async function startProducts() {
  const resources = await createTestResources("products");
  const products = createProducts(resources);
  // Tests sweep when they want to; its commands must not stand among those that are counted.
  await Promise.all((products.workers ?? []).map((worker) => worker.stop()));
  const subgraph = await serveTestSubgraph(products, resources);
  return {
    ...subgraph,
    resources,
    models: createModels(resources.mongo.connection),
    async stop() {
      await subgraph.stop();
      await resources[Symbol.asyncDispose]();
    },
  };
}

export type StartedProducts = Awaited<ReturnType<typeof startProducts>>;
