import { createNestedLimit } from "@tradegraph/kit/concurrency";
import { createLoaderFactory } from "@tradegraph/kit/loader";
import { type Subgraph, type SubgraphResources } from "@tradegraph/kit/subgraph";
import { type Context } from "./context.ts";
import { createLoaders } from "./loaders.ts";
import { createModels } from "./models.ts";
import { createSchema } from "./schema.ts";

/** The content subgraph over its resources; listens to nothing by itself. */
export function createContent({ mongo, metrics }: SubgraphResources): Subgraph<Context> {
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
  };
}
