import { runSubgraph } from "@tradegraph/kit/run-subgraph";
import { readEnv } from "./env.ts";
import { createProducts } from "./server.ts";

await runSubgraph("products", readEnv(), createProducts);
