import { runSubgraph } from "@tradegraph/kit/run-subgraph";
import { readEnv } from "./env.ts";
import { createOrders } from "./server.ts";

const env = readEnv();
await runSubgraph("orders", env, (resources) => createOrders({ ...resources, productsUrl: env.PRODUCTS_URL }));
