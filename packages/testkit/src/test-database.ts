import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { createLogger, type Logger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { migrateUp } from "@tradegraph/kit/migrations";
import { connectMongo } from "@tradegraph/kit/mongo";
import { type SubgraphResources } from "@tradegraph/kit/subgraph";
import { inject } from "vitest";

/** Key that test servers and test callers share. */
export const testKeys = [{ kid: "test", secret: randomBytes(32).toString("hex") }];

export const silentLogger: Logger = createLogger({ service: "test", level: "silent" });

const root = resolve(import.meta.dirname, "../../..");

/**
 * A migrated database of its own for a test file, with all that a subgraph's factory needs.
 *
 * @param subgraph whose migrations run
 * @param options `poolMax` for tests of an exhausted pool; `migrate: false` for tests of migrations; `relay: true` for
 *   tests of events, which stay in the outboxes else
 */
export async function createTestResources(
  subgraph: string,
  options: { poolMax?: number; migrate?: boolean; relay?: boolean; logger?: Logger } = {},
): Promise<SubgraphResources & { [Symbol.asyncDispose]: () => Promise<void> }> {
  const database = `test_${subgraph}_${randomBytes(6).toString("hex")}`;
  const logger = options.logger ?? silentLogger;
  const metrics = createMetrics(subgraph);
  const mongo = await connectMongo({
    uri: inject("mongoUri"),
    database,
    flavor: "mongodb",
    poolMin: 0,
    poolMax: options.poolMax ?? 20,
    applicationName: database,
    logger,
    metrics,
  });
  const { db } = mongo.connection;
  if (!db) throw new Error("The test database is not connected.");
  if (options.migrate !== false) {
    await migrateUp({
      db,
      client: mongo.connection.getClient(),
      directory: resolve(root, "subgraphs", subgraph, "migrations"),
    });
  }
  return {
    name: subgraph,
    mongo,
    redisNamespace: database,
    relay: options.relay ?? false,
    logger,
    metrics,
    keys: testKeys,
    async [Symbol.asyncDispose]() {
      await db.dropDatabase();
      await mongo.close();
    },
  };
}
