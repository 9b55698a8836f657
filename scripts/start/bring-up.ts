// The steps of `start`, in order, each shown while it runs.
import { join } from "node:path";
import process from "node:process";
import { openSecrets } from "@tradegraph/devservices/demo-secrets";
import { openEncryptionKey } from "@tradegraph/devservices/encryption-key";
import { assertPortFree } from "@tradegraph/devservices/ports";
import { type ProcessLedger } from "@tradegraph/devservices/process-ledger";
import { type LocalGraph } from "@tradegraph/devservices/program-environment";
import { type ProcessEnd } from "@tradegraph/devservices/start-process";
import { startSupervised, type SupervisedProgram } from "@tradegraph/devservices/supervised-program";
import { createFileKeyManagement, readKeyFile } from "@tradegraph/kit/key-management-file";
import { hashDemoPassword } from "@tradegraph/users/password";
import { Listr } from "listr2";
import { gateway, type Service, services, subgraphs } from "../../services.ts";
import { databaseNames, migrate } from "../databases.ts";
import { flushCache, namespaceOf } from "../flush-cache.ts";
import { type ScriptEnv } from "../env.ts";
import { midnight, seedDatabases } from "../seed-databases.ts";
import { isSeeded } from "../seed-state.ts";
import { unlessAborted } from "./ending.ts";
import { reportTo } from "./progress.ts";
import { type LocalServer, provideMongo, provideRedis } from "./servers.ts";

export interface StartOptions {
  dataDir: string;
  env: ScriptEnv;
  ledger: ProcessLedger;
  scale?: number | undefined;
  watch?: boolean | undefined;
  /** Told in a sentence when a program died and is started again, or Redis is gone. */
  onTrouble: (line: string) => void;
  /** Told in a sentence when MongoDB is gone. */
  onDisaster: (line: string) => void;
  /** Aborted when `start` ends: no step and no process begins after that. */
  signal: AbortSignal;
}

/** Everything that runs, filled step by step, so that an interrupted start stops what it began. */
export interface Started {
  mongo?: LocalServer;
  redis?: LocalServer | undefined;
  graph?: LocalGraph;
  programs: SupervisedProgram[];
}

const howItEnded = ({ code, signal }: ProcessEnd) => signal ?? `code ${code}`;

/** Says when a server of ours dies: everything needs MongoDB, nothing needs Redis. */
function watchServers({ dataDir, signal, onTrouble, onDisaster }: StartOptions, { mongo, redis }: Started): void {
  void mongo?.exited.then((end) => {
    if (signal.aborted) return;
    onDisaster(`MongoDB ended (${howItEnded(end)}), and nothing works without it: see its log in ${dataDir}.`);
  });
  void redis?.exited.then((end) => {
    if (!signal.aborted) onTrouble(`Redis ended (${howItEnded(end)}): the graph goes on without cache.`);
  });
}

export async function bringUp(options: StartOptions, started: Started): Promise<void> {
  const { dataDir, env, ledger, signal } = options;
  const ports = {
    gateway: env.GATEWAY_PORT,
    products: env.PRODUCTS_PORT,
    orders: env.ORDERS_PORT,
    users: env.USERS_PORT,
    content: env.CONTENT_PORT,
  };
  const server = () => ({ uri: started.mongo?.uri ?? "", prefix: "" });
  const begin = async (service: Service) => {
    if (!started.graph) throw new Error("Programs start after the databases.");
    signal.throwIfAborted();
    const program = await startSupervised({
      graph: started.graph,
      service,
      ledger,
      logFolder: join(dataDir, "logs"),
      ...(options.watch && { watch: true }),
      onRestart: (end, pauseMs) => {
        options.onTrouble(`${service.name} ended (${howItEnded(end)}); started again in ${pauseMs} ms`);
      },
    });
    started.programs.push(program);
    return program;
  };
  // All have begun before one may fail: a program that nobody knows of yet would be left behind.
  const launch = async (...wanted: Service[]) => {
    const begun = await Promise.allSettled(wanted.map(begin));
    const ready = begun.map((result) => {
      if (result.status === "rejected") throw result.reason;
      return result.value.ready();
    });
    await unlessAborted(signal, Promise.all(ready));
  };
  const steps = new Listr(
    [
      {
        title: "Ports are free",
        task: async () => {
          signal.throwIfAborted();
          for (const { name } of services) await assertPortFree(ports[name], name, `${name.toUpperCase()}_PORT`);
          await assertPortFree(env.OPERATOR_PORT, "operators", "OPERATOR_PORT");
        },
      },
      {
        title: "MongoDB and Redis",
        task: async (_, task) => {
          const settings = { env, dataDir, ledger, report: reportTo(task), signal };
          const both = await Promise.allSettled([
            provideMongo(settings).then((mongo) => (started.mongo = mongo)),
            provideRedis(settings).then((redis) => (started.redis = redis)),
          ]);
          for (const result of both) if (result.status === "rejected") throw result.reason;
          watchServers(options, started);
          task.title = [started.mongo?.choice, started.redis?.choice ?? "no Redis: running without cache"].join("; ");
        },
      },
      {
        title: "Migrations",
        task: async (_, task) => {
          for (const name of databaseNames) {
            signal.throwIfAborted();
            const files = await migrate(server(), name, "up");
            task.output = `${name}: ${files.length === 0 ? "up to date" : files.join(", ")}`;
          }
          const secrets = await openSecrets(dataDir);
          const encryptionKeyFile = await openEncryptionKey(dataDir);
          const mongoUri = server().uri;
          started.graph = {
            ports,
            operatorPort: env.OPERATOR_PORT,
            mongoUri,
            redisUri: started.redis?.uri,
            secrets,
            encryptionKeyFile,
            mailFolder: join(dataDir, "mail"),
            spoolFolder: join(dataDir, "audit-spool"),
            defaultTenant: env.DEFAULT_TENANT,
            logLevel: env.LOG_LEVEL,
          };
        },
      },
      {
        title: "Demo data",
        skip: () => isSeeded(server()).then((seeded) => seeded && !options.scale && "Demo data is there"),
        task: async (_, task) => {
          signal.throwIfAborted();
          if (!started.graph) throw new Error("The demo data needs the key of the graph.");
          const keyManagement = createFileKeyManagement(readKeyFile(started.graph.encryptionKeyFile));
          const demoPasswordHash = await hashDemoPassword(started.graph.secrets.demoPassword);
          await seedDatabases({
            server: server(),
            scale: options.scale,
            demoPasswordHash,
            keyManagement,
            today: midnight(),
            report: ({ tenant, database, collection, done, total }) => {
              // Called after each batch; a second seed goes on where this one was cut.
              signal.throwIfAborted();
              task.output = `${tenant} ${database}.${collection}: ${done} of ${total}`;
            },
          });
          if (started.redis) await flushCache(started.redis.uri, namespaceOf());
        },
      },
      { title: "Subgraphs", task: () => launch(...subgraphs) },
      { title: "Gateway", task: () => launch(gateway) },
    ],
    {
      concurrent: false,
      renderer: process.stdout.isTTY ? "default" : "simple",
      rendererOptions: {
        timer: {
          condition: true,
          field: (ms: number) => `${(ms / 1_000).toFixed(1)} s`,
          format: () => (text?: string) => text ?? "",
        },
      },
      registerSignalListeners: false,
    } as never,
  );
  await steps.run();
}
