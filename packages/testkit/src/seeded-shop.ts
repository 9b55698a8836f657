// The demo data of both shops, written once for a test run: a graph of a test copies it, as a seed of its own takes ten
// times as long. The seed itself has tests of its own, and so has `start`, which seeds.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSecrets } from "@tradegraph/devservices/demo-secrets";
import { openEncryptionKey } from "@tradegraph/devservices/encryption-key";
import mongoose from "mongoose";
import { inject } from "vitest";
import { type TestProject } from "vitest/node";
import { subgraphs } from "../../../services.ts";
import { copyDatabase } from "./copy-database.ts";
import { runGraphScript } from "./graph-script.ts";

export interface SeededShop {
  /** Put before the names of its databases. */
  databasePrefix: string;
  /** UTC, from which its dates count back, such as 2026-11-22; "" when midnight passed while it was seeded. */
  day: string;
  demoPassword: string;
  /** Wraps the data keys with which it is sealed. */
  encryptionKeyFile: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** Only where tests are of whole graphs. */
    seededShop: SeededShop | undefined;
  }
}

const today = () => new Date().toISOString().slice(0, 10);

async function withMongo<T>(uri: string, work: (client: mongoose.mongo.MongoClient) => Promise<T>): Promise<T> {
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** Runs once before all end-to-end tests, after global-setup.ts. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { mongoUri } = project.getProvidedContext();
  const folder = await mkdtemp(join(tmpdir(), "tradegraph-seeded-"));
  const encryptionKeyFile = await openEncryptionKey(folder);
  const { demoPassword } = generateSecrets();
  const databasePrefix = "seeded_";
  const graph = { mongoUri, redisUri: undefined, databasePrefix, demoPassword, encryptionKeyFile };
  const day = today();
  await runGraphScript(graph, "migrate", ["up"]);
  await runGraphScript(graph, "seed", []);
  project.provide("seededShop", { databasePrefix, day: day === today() ? day : "", demoPassword, encryptionKeyFile });
  return async () => {
    await withMongo(mongoUri, (client) =>
      Promise.all(subgraphs.map(({ name }) => client.db(`${databasePrefix}${name}`).dropDatabase())),
    );
    await rm(folder, { recursive: true, force: true });
  };
}

/** @returns undefined after midnight, since when a seed writes other dates, and outside of end-to-end tests */
export function seededToday(): SeededShop | undefined {
  const shop = inject("seededShop");
  return shop?.day === today() ? shop : undefined;
}

/** @param databasePrefix of databases that are not there yet */
export const copySeededShop = (mongoUri: string, shop: SeededShop, databasePrefix: string): Promise<unknown> =>
  withMongo(mongoUri, (client) =>
    Promise.all(
      subgraphs.map(({ name }) => copyDatabase(client, `${shop.databasePrefix}${name}`, `${databasePrefix}${name}`)),
    ),
  );
