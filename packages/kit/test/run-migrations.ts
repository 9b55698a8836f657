// A runner of its own process: node run-migrations.ts <uri> <database> <lease in milliseconds>. Prints what it applied.
import { resolve } from "node:path";
import process from "node:process";
import mongoose from "mongoose";
import { migrateUp } from "../src/migrations.ts";

const [uri = "", database = "", leaseMs = ""] = process.argv.slice(2);
const client = await new mongoose.mongo.MongoClient(uri).connect();
try {
  const directory = resolve(import.meta.dirname, "migrations");
  const applied = await migrateUp({ db: client.db(database), client, directory, leaseMs: Number(leaseMs) });
  process.stdout.write(JSON.stringify(applied));
} finally {
  await client.close();
}
