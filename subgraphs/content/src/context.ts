import { type RequestContext } from "@tradegraph/kit/admission";
import { type Limit } from "@tradegraph/kit/concurrency";
import { type Loaders } from "./loaders.ts";
import { type Models } from "./models.ts";

/** What resolvers of this subgraph work with, fresh for each request. */
export interface Context extends RequestContext {
  models: Models;
  loaders: Loaders;
  /** Runs pages inside lists, a few at a time. */
  nested: Limit;
}
