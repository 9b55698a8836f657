import { runSubgraph } from "@tradegraph/kit/run-subgraph";
import { readEnv } from "./env.ts";
import { createContent } from "./server.ts";

await runSubgraph("content", readEnv(), createContent);
