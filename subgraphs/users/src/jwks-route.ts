import { jwksPath } from "@tradegraph/kit/access-token";
import { type RequestContext } from "@tradegraph/kit/admission";
import { type SubgraphOptions } from "@tradegraph/kit/start-subgraph";
import { type TokenIssuer } from "./token-issuer.ts";

/** Publishes the keys that verify our tokens. Anybody may read them, so no assertion is asked for (ruling 21). */
export const createJwksRoute =
  ({ jwks }: TokenIssuer): NonNullable<SubgraphOptions<RequestContext>["publicRoutes"]> =>
  (app) => {
    app.get(jwksPath, async (_request, response) => {
      response.set("cache-control", "public, max-age=600").json(await jwks());
    });
  };
