// The four databases as scripts work on them: migrate, seed, clean, one after the other.
import { resolve } from "node:path";
import { schemas as contentSchemas } from "@tradegraph/content/models";
import { seed as seedContent } from "@tradegraph/content/seed";
import { createLogger } from "@tradegraph/kit/logger";
import { migrateDown, migrateUp, migrationStatus, type MigrationTarget } from "@tradegraph/kit/migrations";
import { connectMongo, type Mongo } from "@tradegraph/kit/mongo";
import { cleanSeed, type SeedTask } from "@tradegraph/kit/seed-writer";
import { schemas as ordersSchemas } from "@tradegraph/orders/models";
import { seed as seedOrders } from "@tradegraph/orders/seed";
import { schemas as productsSchemas } from "@tradegraph/products/models";
import { seed as seedProducts } from "@tradegraph/products/seed";
import { schemas as usersSchemas } from "@tradegraph/users/models";
import { seed as seedUsers } from "@tradegraph/users/seed";

export const databases = {
  users: { schemas: usersSchemas, seed: seedUsers },
  products: { schemas: productsSchemas, seed: seedProducts },
  orders: { schemas: ordersSchemas, seed: seedOrders },
  content: { schemas: contentSchemas, seed: seedContent },
} satisfies Record<string, { schemas: object; seed: (task: SeedTask) => Promise<number> }>;

export type DatabaseName = keyof typeof databases;
export const databaseNames = Object.keys(databases) as DatabaseName[];

export interface Server {
  uri: string;
  /** Put before each database's name. */
  prefix: string;
}

/** Runs `work` on one database with a small pool of its own. */
export async function withDatabase<T>(
  server: Server,
  name: DatabaseName,
  work: (mongo: Mongo) => Promise<T>,
): Promise<T> {
  const mongo = await connectMongo({
    uri: server.uri,
    database: `${server.prefix}${name}`,
    flavor: "mongodb",
    poolMin: 0,
    poolMax: 5,
    socketTimeoutMs: 0,
    applicationName: `tradegraph-scripts-${name}`,
    logger: createLogger({ service: "scripts", level: "error" }),
  });
  try {
    return await work(mongo);
  } finally {
    await mongo.close();
  }
}

function targetOf(mongo: Mongo, name: DatabaseName): MigrationTarget {
  const { db } = mongo.connection;
  if (!db) throw new Error("The database is not connected.");
  const directory = resolve(import.meta.dirname, "../subgraphs", name, "migrations");
  return { db, client: mongo.connection.getClient(), directory };
}

/** @returns names of the migrations that ran */
export const migrate = (server: Server, name: DatabaseName, direction: "up" | "down"): Promise<string[]> =>
  withDatabase(server, name, (mongo) => (direction === "up" ? migrateUp : migrateDown)(targetOf(mongo, name)));

export const statusOf = (server: Server, name: DatabaseName) =>
  withDatabase(server, name, (mongo) => migrationStatus(targetOf(mongo, name)));

/** @returns how many documents went */
export const clean = (server: Server, name: DatabaseName): Promise<number> =>
  withDatabase(server, name, (mongo) => cleanSeed(mongo.connection, Object.keys(databases[name].schemas)));
