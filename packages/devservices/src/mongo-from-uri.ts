import mongoose from "mongoose";
import { type Candidate, type RunningServer } from "./candidate.ts";
import { isAtLeast } from "./version.ts";

const limitMilliseconds = 5000;

/** A MongoDB somebody else runs, used as it is. */
export function mongoFromUri(uri: string, minimum: string): Candidate<RunningServer> {
  const source = "MONGODB_URI";
  return { source, required: true, find: async () => ({ source, uri, version: await askMongo(uri, minimum) }) };
}

async function askMongo(uri: string, minimum: string): Promise<string> {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: limitMilliseconds });
  try {
    await client.connect();
    const admin = client.db("admin");
    const { version } = await admin.command({ buildInfo: 1 });
    if (!isAtLeast(String(version), minimum))
      throw new Error(`it is MongoDB ${version}, ${minimum} or newer is needed`);
    const { setName, msg } = await admin.command({ hello: 1 });
    // "isdbgrid" is a router of a sharded cluster, whose shards are replica sets.
    if (setName === undefined && msg !== "isdbgrid") {
      throw new Error(
        "it is not a replica set, and transactions and change streams need one (start mongod with --replSet)",
      );
    }
    return String(version);
  } finally {
    await client.close();
  }
}
