// The whole graph as real processes, on the test run's MongoDB and Redis, with a database of its own.
import { randomBytes } from "node:crypto";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSecrets } from "@tradegraph/devservices/demo-secrets";
import { encryptionKeyFile as keyFileName, openEncryptionKey } from "@tradegraph/devservices/encryption-key";
import { type LocalGraph } from "@tradegraph/devservices/program-environment";
import { startSupervised, type SupervisedProgram } from "@tradegraph/devservices/supervised-program";
import mongoose from "mongoose";
import { inject } from "vitest";
import { gateway, type ServiceName, services, subgraphs } from "../../../services.ts";
import { runGraphScript } from "./graph-script.ts";
import { programPorts } from "./program-ports.ts";
import { copySeededShop, seededToday } from "./seeded-shop.ts";

export interface TestGraph {
  graph: LocalGraph;
  /** GraphQL endpoint of the gateway. */
  url: string;
  programs: Record<ServiceName, SupervisedProgram>;
  /** Client of the test's MongoDB, and the name of each service's database there. */
  mongo: mongoose.mongo.MongoClient;
  databaseOf: (service: ServiceName) => string;
  /** Runs one of `scripts/` against this graph's databases; resolves with its standard output. */
  script: (name: string, args: string[]) => Promise<string>;
  stop: () => Promise<void>;
}

export interface TestGraphOptions {
  /** Demo data of both shops; without it the databases are only migrated. */
  seed?: boolean;
  extra?: Record<string, string>;
  /** Instead of the Redis of the test run. */
  redisUri?: string;
  /** Makes users for programs to log in to MongoDB with; without it they are its root. */
  makeUsers?: (databasePrefix: string) => Promise<Partial<Record<ServiceName, string>>>;
}

/** Migrates, seeds and starts four subgraphs and the gateway on free ports; resolves when all are ready. */
export async function startGraph(options: TestGraphOptions = {}): Promise<TestGraph> {
  const databasePrefix = `e2e_${randomBytes(4).toString("hex")}_`;
  const logFolder = await mkdtemp(join(tmpdir(), "tradegraph-e2e-"));
  const mongoUri = inject("mongoUri");
  const seeded = options.seed ? seededToday() : undefined;
  const secrets = { ...generateSecrets(), ...(seeded && { demoPassword: seeded.demoPassword }) };
  if (seeded) await copyFile(seeded.encryptionKeyFile, join(logFolder, keyFileName));
  const encryptionKeyFile = await openEncryptionKey(logFolder);
  const free = await programPorts(services.length);
  const ports = Object.fromEntries(services.map(({ name }, index) => [name, free[index]])) as Record<
    ServiceName,
    number
  >;
  const graph: LocalGraph = {
    ports,
    mongoUri,
    ...(options.makeUsers && { mongoUris: await options.makeUsers(databasePrefix) }),
    databasePrefix,
    redisUri: options.redisUri ?? inject("redisUri"),
    secrets,
    encryptionKeyFile,
    mailFolder: join(logFolder, "mail"),
    spoolFolder: join(logFolder, "audit-spool"),
    defaultTenant: "alpenmarkt",
    logLevel: "info",
    ...(options.extra && { extra: options.extra }),
  };
  const { redisUri } = graph;
  const { demoPassword } = secrets;
  const script = (name: string, args: string[]) =>
    runGraphScript({ mongoUri, redisUri, databasePrefix, demoPassword, encryptionKeyFile }, name, args);
  if (seeded) await copySeededShop(mongoUri, seeded, databasePrefix);
  else {
    await script("migrate", ["up"]);
    if (options.seed) await script("seed", []);
  }
  const launch = async (service: (typeof services)[number]) => {
    const program = await startSupervised({ graph, service, logFolder });
    await program.ready();
    return [service.name, program] as const;
  };
  const started = await Promise.all(subgraphs.map(launch));
  const programs = Object.fromEntries([...started, await launch(gateway)]) as Record<ServiceName, SupervisedProgram>;
  const mongo = await new mongoose.mongo.MongoClient(mongoUri).connect();
  const databaseOf = (service: ServiceName) => `${databasePrefix}${service}`;
  return {
    graph,
    url: `http://127.0.0.1:${ports.gateway}/graphql`,
    programs,
    mongo,
    databaseOf,
    script,
    async stop() {
      await programs.gateway.stop();
      await Promise.all(Object.values(programs).map((program) => program.stop()));
      await Promise.all(subgraphs.map(({ name }) => mongo.db(databaseOf(name)).dropDatabase()));
      await mongo.close();
      await rm(logFolder, { recursive: true, force: true });
    },
  };
}
