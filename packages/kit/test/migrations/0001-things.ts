// For the tests of migrations: two indexes and a validator.
import { type mongo } from "mongoose";
import { applySnapshot, readSnapshot } from "../../src/collections.ts";

const snapshot = readSnapshot(import.meta.filename);

export const up = async (db: mongo.Db) => {
  await db.collection("runs").insertOne({ file: "0001" });
  await applySnapshot(db, snapshot);
};

export const down = (db: mongo.Db) => applySnapshot(db, [], snapshot);
