// Callers that a subgraph did not believe, for the audit log: who can reach its port is inside already. They wait in one
// document with an outbox; a flood is counted, not written.
import { type mongo } from "mongoose";
import { createCollapser } from "./collapse.ts";
import { type Logger } from "./logger.ts";
import { networkOf } from "./networks.ts";
import { outboxEntry, pushOutbox } from "./outbox.ts";
import { type SecurityRecordDocument } from "./system-models.ts";
import { platformTenant } from "./viewer.ts";

export interface Refusal {
  reason: string;
  address: string | undefined;
}

export interface RefusalRecords {
  add: (refusal: Refusal) => void;
  /** Writes what was counted and waits for what is being written. */
  stop: () => Promise<void>;
}

const periodMs = 60_000;

export function createRefusalRecords({ db, logger }: { db: mongo.Db; logger: Logger }): RefusalRecords {
  const records = db.collection<SecurityRecordDocument>("securityRecords");
  const writing = new Set<Promise<void>>();
  const write = async ({ reason, address }: Refusal, count: number) => {
    const actor = { role: "anonymous" as const, ...(address !== undefined && { address }) };
    const { $push, $set } = pushOutbox(
      outboxEntry("request.refused", actor, { outcome: "refused", code: reason, count }),
    );
    const now = new Date();
    try {
      await records.updateOne(
        { tenantId: platformTenant, kind: "refusals" },
        { $push, $set: { ...$set, updatedAt: now }, $setOnInsert: { version: 1, createdAt: now } },
        { upsert: true },
      );
    } catch (error) {
      logger.error({ error, reason, address, count }, "A refused caller could not be recorded");
    }
  };
  const collapser = createCollapser<Refusal>(
    periodMs,
    ({ value, count }) => {
      const written = write(value, count).finally(() => writing.delete(written));
      writing.add(written);
    },
    // From too many places to name.
    ({ reason }) => [reason, { reason, address: undefined }],
  );
  return {
    add(refusal) {
      collapser.add(`${refusal.reason} ${networkOf(refusal.address)}`, refusal);
    },
    async stop() {
      collapser.flush();
      await Promise.all(writing);
    },
  };
}
