import { createNestedLimit } from "@tradegraph/kit/concurrency";
import { createLoaderFactory } from "@tradegraph/kit/loader";
import { type Subgraph, type SubgraphResources } from "@tradegraph/kit/subgraph";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type Context } from "./context.ts";
import { createJwksRoute } from "./jwks-route.ts";
import { createLoaders } from "./loaders.ts";
import { createModels } from "./models.ts";
import { createPasswords } from "./password.ts";
import { createSchema } from "./schema.ts";
import { type TokenIssuer } from "./token-issuer.ts";

/** The users subgraph over its resources; listens to nothing by itself. */
export function createUsers({ mongo, metrics }: SubgraphResources, tokens: TokenIssuer): Subgraph<Context> {
  const models = createModels(mongo.connection);
  const loaderFactory = createLoaderFactory(metrics);
  const passwords = createPasswords();
  const loadersFor = (viewer: Viewer) => createLoaders(models, loaderFactory, viewer);
  return {
    schema: createSchema(),
    createContext: (base) => ({
      ...base,
      models,
      passwords,
      tokens,
      loaders: loadersFor(base.viewer),
      loadersFor,
      nested: createNestedLimit(base.closed),
    }),
    publicRoutes: createJwksRoute(tokens),
  };
}
