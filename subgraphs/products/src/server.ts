import { createNestedLimit } from "@tradegraph/kit/concurrency";
import { publishEvents } from "@tradegraph/kit/event-publisher";
import { createLoaderFactory } from "@tradegraph/kit/loader";
import { personRoutes } from "@tradegraph/kit/person-data";
import { type Subgraph, type SubgraphResources } from "@tradegraph/kit/subgraph";
import { startReservationSweeper } from "./commands/sweep-reservations.ts";
import { type Context } from "./context.ts";
import { createLoaders } from "./loaders.ts";
import { createModels } from "./models.ts";
import { createPersonData } from "./person-data.ts";
import { createSchema } from "./schema.ts";

/** The products subgraph over its resources; listens to nothing by itself. */
export function createProducts(resources: SubgraphResources): Subgraph<Context> {
  const { mongo, logger, metrics } = resources;
  const models = createModels(mongo.connection);
  const events = publishEvents(resources, models);
  const loaderFactory = createLoaderFactory(metrics);
  return {
    schema: createSchema(),
    createContext: (base) => ({
      ...base,
      models,
      loaders: createLoaders(models, loaderFactory, base.viewer),
      nested: createNestedLimit(base.closed),
    }),
    internalRoutes: { ...events.routes, ...personRoutes(createPersonData(models)) },
    workers: [startReservationSweeper({ models, logger, metrics }), ...events.workers],
  };
}
