import { applySnapshot, readSnapshot } from "@tradegraph/kit/collections";
import { type mongo } from "mongoose";

const snapshot = readSnapshot(import.meta.filename);

export const up = (db: mongo.Db) => applySnapshot(db, snapshot);

/** Takes indexes and validators away; collections and documents stay. */
export const down = (db: mongo.Db) => applySnapshot(db, [], snapshot);
