import { execFile } from "node:child_process";
import { resolve } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { childEnvironment } from "@tradegraph/devservices/env";

const root = resolve(import.meta.dirname, "../../..");
const run = promisify(execFile);

/** The databases that a script works on. */
export interface ScriptedGraph {
  mongoUri: string;
  redisUri: string | undefined;
  /** Put before each database's name. */
  databasePrefix: string;
  demoPassword: string;
  encryptionKeyFile: string;
}

/** Runs one of `scripts/`. @returns its standard output @throws Error with what it said when it ends with another code than 0 */
export async function runGraphScript(graph: ScriptedGraph, name: string, args: readonly string[]): Promise<string> {
  const env = childEnvironment({
    MONGODB_URI: graph.mongoUri,
    DEMO_PASSWORD: graph.demoPassword,
    ENCRYPTION_KEY_FILE: graph.encryptionKeyFile,
    REDIS_URL: graph.redisUri ?? "",
    NODE_ENV: "test",
  });
  const command = [`scripts/${name}.ts`, ...args, "--prefix", graph.databasePrefix];
  return (await run(process.execPath, command, { cwd: root, env })).stdout;
}
