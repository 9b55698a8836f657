import process from "node:process";
import { parseEnv } from "@tradegraph/kit/env";
import { subgraphEnv } from "@tradegraph/kit/run-subgraph";

export const settings = () => subgraphEnv("content", 4004);

/** Settings of this program. @throws EnvError naming every wrong one */
export const readEnv = () => parseEnv(settings(), process.env);
