// For the tests of migrations: changes what 0001 made, and hangs or fails in the middle when a test says so.
import { setTimeout as sleep } from "node:timers/promises";
import { type mongo } from "mongoose";
import { applySnapshot, readSnapshot } from "../../src/collections.ts";

const before = readSnapshot(import.meta.filename.replace("0002-more", "0001-things"));
const after = readSnapshot(import.meta.filename);

export const up = async (db: mongo.Db) => {
  await db.collection("runs").insertOne({ file: "0002" });
  await applySnapshot(db, after.slice(0, 1));
  const trouble = await db.collection<{ mode: string }>("trouble").findOne();
  if (trouble?.mode === "fail") throw new Error("The disk is full.");
  if (trouble?.mode === "hang") await sleep(60_000);
  if (trouble?.mode === "slow") await sleep(1_500);
  await applySnapshot(db, after, before);
};

export const down = (db: mongo.Db) => applySnapshot(db, before, after);
