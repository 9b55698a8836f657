import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import mongoose, { type mongo } from "mongoose";

interface LockDocument {
  _id: string;
  owner: string;
  expiresAt: Date;
}

export interface MigrationLockOptions {
  /** How long a runner that died keeps the lock. */
  leaseMs?: number;
  /** How long to wait for the holder before giving up. */
  patienceMs?: number;
}

/**
 * Runs `work` while nobody else does, over all instances of a deployment. migrate-mongo's own lock is read-then-write and
 * lets two runners in. The lease is renewed while `work` runs; a crashed runner frees the lock after ten seconds.
 *
 * @throws Error when another runner holds the lock for longer than `patienceMs`
 */
export async function withMigrationLock<T>(
  db: mongo.Db,
  work: () => Promise<T>,
  { leaseMs = 10_000, patienceMs = 120_000 }: MigrationLockOptions = {},
): Promise<T> {
  const locks = db.collection<LockDocument>("migrationLock");
  const owner = randomUUID();
  const deadline = Date.now() + patienceMs;
  while (!(await acquire(locks, owner, leaseMs))) {
    if (Date.now() > deadline)
      throw new Error(`Another migration of ${db.databaseName} holds the lock for ${patienceMs / 1000} s.`);
    await sleep(Math.min(250, leaseMs));
  }
  const heartbeat = setInterval(() => {
    void locks
      .updateOne({ _id: "lock", owner }, { $set: { expiresAt: new Date(Date.now() + leaseMs) } })
      .catch(() => undefined);
  }, leaseMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await locks.deleteOne({ _id: "lock", owner });
  }
}

async function acquire(locks: mongo.Collection<LockDocument>, owner: string, leaseMs: number): Promise<boolean> {
  const now = Date.now();
  try {
    // Matches only an expired lock; with a live one the upsert collides on _id.
    await locks.updateOne(
      { _id: "lock", expiresAt: { $lt: new Date(now) } },
      { $set: { owner, expiresAt: new Date(now + leaseMs) } },
      { upsert: true },
    );
    return true;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return false;
    throw error;
  }
}
