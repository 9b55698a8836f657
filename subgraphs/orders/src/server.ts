import { createNestedLimit } from "@tradegraph/kit/concurrency";
import { createInternalClient } from "@tradegraph/kit/internal-client";
import { createLoaderFactory } from "@tradegraph/kit/loader";
import { type Subgraph, type SubgraphResources } from "@tradegraph/kit/subgraph";
import { startOrderResumer } from "./commands/resume-orders.ts";
import { type Context } from "./context.ts";
import { createLoaders } from "./loaders.ts";
import { createModels } from "./models.ts";
import { createProductsService } from "./products-service.ts";
import { createSchema } from "./schema.ts";

export interface OrdersResources extends SubgraphResources {
  /** GraphQL endpoint of products. */
  productsUrl: string;
}

/** The orders subgraph over its resources; listens to nothing by itself. */
export function createOrders({ mongo, logger, metrics, keys, productsUrl }: OrdersResources): Subgraph<Context> {
  const models = createModels(mongo.connection);
  const loaderFactory = createLoaderFactory(metrics);
  const client = createInternalClient({ service: "products", url: productsUrl, keys });
  return {
    schema: createSchema(),
    createContext: (base) => ({
      ...base,
      models,
      loaders: createLoaders(models, loaderFactory, base.viewer),
      nested: createNestedLimit(base.closed),
      products: createProductsService(client, base.viewer, base.requestId),
    }),
    workers: [startOrderResumer({ models, logger }), { name: "client of products", stop: client.close }],
  };
}
