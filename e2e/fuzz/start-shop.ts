// The seeded demo shop for the fuzz: four subgraphs and a gateway as it runs in production, so that nothing a developer
// would be told is told here.
import { randomBytes } from "node:crypto";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { generateSecrets } from "@tradegraph/devservices/demo-secrets";
import { openEncryptionKey } from "@tradegraph/devservices/encryption-key";
import { childEnvironment } from "@tradegraph/devservices/env";
import { type LocalGraph, programEnvironment } from "@tradegraph/devservices/program-environment";
import { type ProcessEnd, startProcess } from "@tradegraph/devservices/start-process";
import { startSupervised } from "@tradegraph/devservices/supervised-program";
import { waitUntilReady } from "@tradegraph/devservices/wait-until-ready";
import { programPorts } from "@tradegraph/testkit/program-ports";
import mongoose from "mongoose";
import { gateway, type ServiceName, services, subgraphs } from "../../services.ts";

const root = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

/** The limits of production stay on; how often somebody asks and which texts are known is not the question here. */
const production = {
  NODE_ENV: "production",
  RATE_LIMIT_MODE: "off",
};

export interface FuzzedShop {
  graph: LocalGraph;
  /** GraphQL endpoint of the gateway. */
  url: string;
  /** GraphQL endpoint of each subgraph. */
  subgraphUrls: Record<string, string>;
  gateway: { pid: number; logFile: string; exited: Promise<ProcessEnd> };
  /** @param logCopy where the gateway's log is kept */
  stop: (logCopy?: string) => Promise<void>;
}

/** Migrates, seeds and starts everything on free ports; nothing of it is left after `stop`. */
export async function startShop(servers: { mongoUri: string; redisUri: string }): Promise<FuzzedShop> {
  const folder = await mkdtemp(join(tmpdir(), "tradegraph-fuzz-"));
  const free = await programPorts(services.length);
  const ports = Object.fromEntries(services.map(({ name }, place) => [name, free[place]]));
  const graph: LocalGraph = {
    ...{ ...servers, ports: ports as Record<ServiceName, number>, secrets: generateSecrets() },
    ...{ databasePrefix: `fuzz_${randomBytes(4).toString("hex")}_`, defaultTenant: "alpenmarkt", logLevel: "info" },
    ...{ encryptionKeyFile: await openEncryptionKey(folder), mailFolder: join(folder, "mail") },
    spoolFolder: join(folder, "audit-spool"),
  };
  const { databasePrefix = "", encryptionKeyFile, secrets } = graph;
  const script = (name: string, ...args: string[]) => {
    const env = childEnvironment({
      ...{ NODE_ENV: "test", MONGODB_URI: servers.mongoUri, REDIS_URL: servers.redisUri },
      ...{ DEMO_PASSWORD: secrets.demoPassword, ENCRYPTION_KEY_FILE: encryptionKeyFile },
    });
    return run(process.execPath, [`scripts/${name}.ts`, ...args, "--prefix", databasePrefix], { cwd: root, env });
  };
  await script("migrate", "up");
  await script("seed");
  const programs = await Promise.all(
    subgraphs.map((service) => startSupervised({ graph, service, logFolder: folder })),
  );
  await Promise.all(programs.map((program) => program.ready()));
  const started = await startProcess({
    ...{ command: process.execPath, args: gateway.command, role: gateway.name, cwd: root },
    logFile: join(folder, "gateway.log"),
    env: { ...programEnvironment(graph, gateway), ...production },
  });
  const origin = `http://127.0.0.1:${graph.ports.gateway}`;
  await waitUntilReady(`${origin}${gateway.probes.ready}?all=1`);
  return {
    ...{ graph, url: `${origin}/graphql`, gateway: started },
    subgraphUrls: Object.fromEntries(
      subgraphs.map(({ name }) => [name, `http://127.0.0.1:${graph.ports[name]}/graphql`]),
    ),
    async stop(logCopy) {
      await started.stop(30_000);
      if (logCopy !== undefined) await copyFile(started.logFile, logCopy);
      await Promise.all(programs.map((program) => program.stop()));
      const mongo = await new mongoose.mongo.MongoClient(servers.mongoUri).connect();
      await Promise.all(subgraphs.map(({ name }) => mongo.db(`${databasePrefix}${name}`).dropDatabase()));
      await mongo.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
