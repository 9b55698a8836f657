// Runs once before all integration and end-to-end tests: one MongoDB and one Redis on free ports, removed afterwards.
import { removeAbandonedFolders } from "@tradegraph/devservices/ephemeral-folder";
import { resolveMongo } from "@tradegraph/devservices/resolve-mongo";
import { resolveRedis } from "@tradegraph/devservices/resolve-redis";
import { startMongo } from "@tradegraph/devservices/start-mongo";
import { startRedis } from "@tradegraph/devservices/start-redis";
import { type TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    mongoUri: string;
    /** Absent where no Redis could be had; tests that need it report `skipped: redis`. */
    redisUri: string | undefined;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandonedFolders();
  const mongod = await resolveMongo({});
  const mongo =
    mongod.uri === undefined
      ? await startMongo({ server: mongod, ephemeral: true })
      : { uri: mongod.uri, stop: () => Promise.resolve() };
  const server = await resolveRedis({});
  const redis =
    server &&
    (server.uri === undefined
      ? await startRedis({ server, ephemeral: true })
      : { uri: server.uri, stop: () => Promise.resolve() });
  project.provide("mongoUri", mongo.uri);
  project.provide("redisUri", redis?.uri);
  return async () => {
    await redis?.stop();
    await mongo.stop();
  };
}
