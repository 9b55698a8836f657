import mongoose, { type Connection } from "mongoose";
import { type Logger } from "./logger.ts";
import { type Registry } from "./metrics.ts";
import { observeMongo } from "./mongo-metrics.ts";
import { traceMongo } from "./mongo-trace.ts";

export interface MongoOptions {
  /** Names the server; the database is given apart (ruling 8). */
  uri: string;
  database: string;
  /** DocumentDB before 8.0.2 refuses retryable writes. */
  flavor: "mongodb" | "documentdb";
  poolMin: number;
  poolMax: number;
  applicationName: string;
  /**
   * Milliseconds without an answer after which a connection is given up; a frozen server would hold requests for ever.
   * Far above the time limit of queries; 0, without limit, for migrations, which build indexes.
   */
  socketTimeoutMs?: number;
  logger: Logger;
  metrics?: Registry;
  /** Makes commands of traced requests spans. */
  traces?: boolean;
}

export interface Mongo {
  connection: Connection;
  /** Rejects when the server does not answer. */
  ping: () => Promise<unknown>;
  close: () => Promise<void>;
}

/**
 * Connects and returns a mongoose connection of its own, never the global one. Models and migrations own collections:
 * nothing is created or indexed at run time.
 *
 * @throws MongoServerSelectionError when no server answers within 30 s (CON-1)
 */
export async function connectMongo(options: MongoOptions): Promise<Mongo> {
  // Listeners must be attached before connect(), which mongoose's own openUri() does not allow.
  const client = new mongoose.mongo.MongoClient(options.uri, {
    appName: options.applicationName,
    minPoolSize: Math.min(options.poolMin, options.poolMax),
    maxPoolSize: options.poolMax,
    maxConnecting: 8,
    maxIdleTimeMS: 600_000,
    connectTimeoutMS: 30_000,
    // Below the gateway's patience of 5 s, so that it is told what is wrong instead of giving up.
    serverSelectionTimeoutMS: 2_500,
    socketTimeoutMS: options.socketTimeoutMs ?? 15_000,
    // The default waits for ever: an exhausted pool must become an error that clients can retry.
    waitQueueTimeoutMS: 5_000,
    // What an option says counts more than the address: jobs are told of DocumentDB by the address alone.
    retryWrites: options.flavor === "mongodb" && !/[?&]retryWrites=false(?:&|$)/i.test(options.uri),
    retryReads: true,
    writeConcern: { w: "majority" },
    // Whatever the address says: a secondary may not have heard yet that a session has ended.
    readPreference: "primary",
    monitorCommands: options.metrics !== undefined || options.traces === true,
  });
  if (options.metrics) observeMongo(client, options.metrics);
  if (options.traces) traceMongo(client);
  await connectWithin(client, 30_000, options.logger);
  const connection = mongoose.createConnection().setClient(client).useDb(options.database, { useCache: false });
  return {
    connection,
    ping: () => client.db(options.database).command({ ping: 1 }, { timeoutMS: 1_000 }),
    close: () => client.close(),
  };
}

/** At boot the database may still be starting: try for `limit` milliseconds, with growing pauses. */
async function connectWithin(client: mongoose.mongo.MongoClient, limit: number, logger: Logger): Promise<void> {
  const deadline = Date.now() + limit;
  for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
    try {
      await client.connect();
      return;
    } catch (error) {
      const fatal = error instanceof mongoose.mongo.MongoServerError;
      if (fatal || Date.now() + pause > deadline) throw error;
      logger.warn({ error: (error as Error).message }, "MongoDB does not answer yet; trying again");
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
