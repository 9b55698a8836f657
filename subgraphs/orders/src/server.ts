import { createNestedLimit } from "@tradegraph/kit/concurrency";
import { publishEvents } from "@tradegraph/kit/event-publisher";
import { type FieldCipher, startKeyRefresh } from "@tradegraph/kit/field-cipher";
import { createInternalClient } from "@tradegraph/kit/internal-client";
import { createLoaderFactory } from "@tradegraph/kit/loader";
import { personRoutes } from "@tradegraph/kit/person-data";
import { type Subgraph, type SubgraphResources } from "@tradegraph/kit/subgraph";
import { startOrderResumer } from "./commands/resume-orders.ts";
import { type Context } from "./context.ts";
import { createLoaders } from "./loaders.ts";
import { createModels } from "./models.ts";
import { createProductsService } from "./products-service.ts";
import { createPersonData } from "./person-data.ts";
import { createSchema } from "./schema.ts";
import { createUsersService } from "./users-service.ts";

export interface OrdersResources extends SubgraphResources {
  cipher: FieldCipher;
  /** GraphQL endpoint of products. */
  productsUrl: string;
  /** GraphQL endpoint of users. */
  usersUrl: string;
}

/** The orders subgraph over its resources; listens to nothing by itself. */
export function createOrders(resources: OrdersResources): Subgraph<Context> {
  const { mongo, logger, metrics, keys, cipher, productsUrl, usersUrl } = resources;
  const models = createModels(mongo.connection);
  const events = publishEvents(resources, models);
  const loaderFactory = createLoaderFactory(metrics);
  const productsClient = createInternalClient({ service: "products", url: productsUrl, keys });
  const usersClient = createInternalClient({ service: "users", url: usersUrl, keys });
  return {
    schema: createSchema(),
    createContext: (base) => ({
      ...base,
      cipher,
      models,
      loaders: createLoaders(models, loaderFactory, base.viewer),
      nested: createNestedLimit(base.closed),
      products: createProductsService(productsClient, base.viewer, base.requestId),
      users: createUsersService(usersClient, base.viewer, base.requestId),
    }),
    internalRoutes: { ...events.routes, ...personRoutes(createPersonData(models, cipher)) },
    workers: [
      ...events.workers,
      startOrderResumer({ models, logger }),
      startKeyRefresh(cipher, logger),
      { name: "client of products", stop: productsClient.close },
      { name: "client of users", stop: usersClient.close },
    ],
  };
}
