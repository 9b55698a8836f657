import { type Limit } from "@tradegraph/kit/concurrency";
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type RequestContext } from "@tradegraph/kit/admission";
import { type Loaders } from "./loaders.ts";
import { type Models } from "./models.ts";
import { type ProductsService } from "./products-service.ts";
import { type UsersService } from "./users-service.ts";

/** What resolvers of this subgraph work with, fresh for each request. */
export interface Context extends RequestContext {
  cipher: FieldCipher;
  models: Models;
  loaders: Loaders;
  /** Runs pages inside lists, a few at a time. */
  nested: Limit;
  products: ProductsService;
  users: UsersService;
}
