import process from "node:process";
import { parseEnv } from "@tradegraph/kit/env";
import { subgraphEnv } from "@tradegraph/kit/run-subgraph";

/** Settings of this program. @throws EnvError naming every wrong one */
export const readEnv = () => parseEnv(subgraphEnv("content", 4004), process.env);
