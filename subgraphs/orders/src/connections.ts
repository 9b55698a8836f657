// Types that generated code binds to the graph's connections.
import { type Connection } from "@tradegraph/kit/pagination";
import { type OrderDocument } from "./models/order.ts";
import { type QuoteDocument } from "./models/quote.ts";

export type OrderPage = Connection<OrderDocument>;
export type QuotePage = Connection<QuoteDocument>;
