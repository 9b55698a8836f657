import process from "node:process";
import { parseEnv } from "@tradegraph/kit/env";
import { subgraphEnv } from "@tradegraph/kit/run-subgraph";

export const settings = () => subgraphEnv("products", 4001);

/** Settings of this program. @throws EnvError naming every wrong one */
export const readEnv = () => parseEnv(settings(), process.env);
