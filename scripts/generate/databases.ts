import { join } from "node:path";
import { describeCollections } from "@tradegraph/kit/collections";
import { schemas as content } from "@tradegraph/content/models";
import { schemas as orders } from "@tradegraph/orders/models";
import { schemas as products } from "@tradegraph/products/models";
import { schemas as users } from "@tradegraph/users/models";
import { type GeneratedFiles } from "./generated-files.ts";

/** Validators and indexes of each database as its models ask for them; a test compares them with what migrations made. */
export function describeDatabases(root: string): GeneratedFiles {
  return new Map(
    Object.entries({ products, orders, users, content }).map(([name, schemas]) => [
      join(root, "subgraphs", name, "src/generated/collections.json"),
      `${JSON.stringify(describeCollections(schemas), null, 2)}\n`,
    ]),
  );
}
