import { type Limit } from "@tradegraph/kit/concurrency";
import { type RequestContext } from "@tradegraph/kit/start-subgraph";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type Loaders } from "./loaders.ts";
import { type Models } from "./models.ts";
import { type Passwords } from "./password.ts";
import { type TokenIssuer } from "./token-issuer.ts";

/** What resolvers of this subgraph work with, fresh for each request. */
export interface Context extends RequestContext {
  models: Models;
  loaders: Loaders;
  passwords: Passwords;
  tokens: TokenIssuer;
  /** Runs pages inside lists, a few at a time. */
  nested: Limit;
  /** For the moment when the viewer becomes another: signing in. */
  loadersFor: (viewer: Viewer) => Loaders;
}
