import { createNestedLimit } from "@tradegraph/kit/concurrency";
import { createLoaderFactory } from "@tradegraph/kit/loader";
import { type Subgraph, type SubgraphResources } from "@tradegraph/kit/subgraph";
import { startReservationSweeper } from "./commands/sweep-reservations.ts";
import { type Context } from "./context.ts";
import { createLoaders } from "./loaders.ts";
import { createModels } from "./models.ts";
import { createSchema } from "./schema.ts";

/** The products subgraph over its resources; listens to nothing by itself. */
export function createProducts({ mongo, logger, metrics }: SubgraphResources): Subgraph<Context> {
  const models = createModels(mongo.connection);
  const loaderFactory = createLoaderFactory(metrics);
  return {
    schema: createSchema(),
    createContext: (base) => ({
      ...base,
      models,
      loaders: createLoaders(models, loaderFactory, base.viewer),
      nested: createNestedLimit(base.closed),
    }),
    workers: [startReservationSweeper({ models, logger, metrics })],
  };
}
