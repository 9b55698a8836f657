import { join } from "node:path";
import { applySnapshot, readSnapshot } from "@tradegraph/kit/collections";
import { type mongo } from "mongoose";

const before = readSnapshot(join(import.meta.dirname, "0001-initial.ts"));
const snapshot = readSnapshot(import.meta.filename);

export const up = (db: mongo.Db) => applySnapshot(db, snapshot, before);

export const down = (db: mongo.Db) => applySnapshot(db, before, snapshot);
