import { withoutPassword } from "@tradegraph/devservices/candidate";
import { type ProcessLedger } from "@tradegraph/devservices/process-ledger";
import { type Report } from "@tradegraph/devservices/progress";
import { resolveMongo } from "@tradegraph/devservices/resolve-mongo";
import { resolveRedis } from "@tradegraph/devservices/resolve-redis";
import { startMongo } from "@tradegraph/devservices/start-mongo";
import { type ProcessEnd } from "@tradegraph/devservices/start-process";
import { startRedis } from "@tradegraph/devservices/start-redis";
import { type ScriptEnv } from "../env.ts";
import { unlessAborted } from "./ending.ts";

export interface LocalServer {
  uri: string;
  /** For people: version and where it came from. */
  choice: string;
  /** Resolves when a server of ours is gone; never for one that was given. */
  exited: Promise<ProcessEnd>;
  stop: () => Promise<void>;
}

interface Options {
  env: ScriptEnv;
  dataDir: string;
  ledger: ProcessLedger;
  report: Report;
  /** Aborted when `start` ends: nothing is to be started any more. */
  signal: AbortSignal;
}

const notOurs = {
  exited: new Promise<never>(() => {
    // Its owner knows.
  }),
  stop: () => Promise.resolve(),
};

/** MongoDB: the given one, or one found or fetched. @throws Error that names what to install */
export async function provideMongo({ env, dataDir, ledger, report, signal }: Options): Promise<LocalServer> {
  const server = await unlessAborted(
    signal,
    resolveMongo({ report, ...(env.MONGODB_URI && { uri: env.MONGODB_URI }) }),
  );
  const choice = `MongoDB ${server.version} from ${server.source}`;
  if (server.uri !== undefined)
    return { uri: server.uri, choice: `${choice}, ${withoutPassword(server.uri)}`, ...notOurs };
  const mongo = await startMongo({
    server,
    dataDir,
    ledger,
    report,
    ...(env.MONGODB_PORT && { port: env.MONGODB_PORT }),
  });
  return {
    uri: mongo.uri,
    choice: `${choice}, 127.0.0.1:${mongo.port}`,
    exited: mongo.process.exited,
    stop: mongo.stop,
  };
}

/** Redis, or undefined where none can be had: the graph runs without cache then. */
export async function provideRedis({
  env,
  dataDir,
  ledger,
  report,
  signal,
}: Options): Promise<LocalServer | undefined> {
  const server = await unlessAborted(signal, resolveRedis({ report, ...(env.REDIS_URL && { uri: env.REDIS_URL }) }));
  if (!server) return undefined;
  const choice = `Redis ${server.version} from ${server.source}`;
  if (server.uri !== undefined)
    return { uri: server.uri, choice: `${choice}, ${withoutPassword(server.uri)}`, ...notOurs };
  const redis = await startRedis({ server, dataDir, ledger, report, ...(env.REDIS_PORT && { port: env.REDIS_PORT }) });
  return {
    uri: redis.uri,
    choice: `${choice}, 127.0.0.1:${redis.port}`,
    exited: redis.process.exited,
    stop: redis.stop,
  };
}
