// Every list of orders and quotes, for every kind of viewer and in every order, walked page by page while documents come
// and go.
import { describeKeysetWalks } from "@tradegraph/testkit/keyset-walk";
import { createSchema } from "../src/schema.ts";
import { startOrders } from "./start-orders.ts";
import { make, sizes, walks } from "./walks.ts";

const orders = startOrders();

describeKeysetWalks({
  schema: createSchema(),
  subgraph: () => orders.subgraph,
  collections: {
    orders: { model: () => orders.models.Order, size: sizes.orders, make: make.orders },
    quotes: { model: () => orders.models.Quote, size: sizes.quotes, make: make.quotes },
  },
  walks,
});
