import { type SubgraphExpectations } from "./expectation.ts";
import { content } from "./expectations/content.ts";
import { orders } from "./expectations/orders.ts";
import { products } from "./expectations/products.ts";
import { users } from "./expectations/users.ts";

const tables = { products, orders, users, content } satisfies Record<string, SubgraphExpectations>;

/** `node` gives what the owner's `_entities` gives, of every type that has a `nodeId`. */
const nodes = Object.fromEntries(
  Object.values<SubgraphExpectations>({ products, orders, users }).flatMap(({ entities }) =>
    Object.entries(entities)
      .filter(([typeName, { isStub }]) => !isStub && typeName !== "CartLine")
      .map(([typeName, { about, sees, nothing, refused, rest }]) => [
        `Query.node(${typeName})`,
        { about, sees, ...(nothing && { nothing }), ...(refused && { refused }), ...(rest && { rest }) },
      ]),
  ),
);

/** Who sees and does what, of every root field and every entity type of the graph. */
export const expectations: Record<keyof typeof tables, SubgraphExpectations> = {
  ...tables,
  content: { ...content, operations: { ...content.operations, ...nodes } },
};

/** The root field that a key of a table is about. @example rootField("Query.order(number)") // "Query.order" */
export const rootField = (operation: string): string => operation.replace(/\(.*$/, "");
