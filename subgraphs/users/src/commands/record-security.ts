import { Types } from "mongoose";
import { type Models } from "../models.ts";
import { insertAuditEntries, type NewAuditEntry } from "./audit-insert.ts";
import { withoutErased } from "./pseudonymise-person.ts";
import { collapseRefusal, type SecurityEvent } from "./record-refusals.ts";

/**
 * Writes down a security event that changes no document, in the current tenant; changes carry theirs in an outbox.
 * Refusals cost their sender nothing, so the first of a kind is written before this resolves, and those that follow soon
 * are counted and written together; see {@link collapseRefusal}.
 */
export async function recordSecurity(models: Models, event: SecurityEvent): Promise<void> {
  const write = async (told: SecurityEvent, followed?: number) => {
    const entry = entryOf(told, followed);
    // Those that waited may be about somebody who was erased meanwhile.
    await insertAuditEntries(models, followed === undefined ? [entry] : await withoutErased(models, [entry]));
  };
  await (event.outcome === "refused" ? collapseRefusal(models, event, write) : write(event));
}

const entryOf = (event: SecurityEvent, count = 1): NewAuditEntry => ({
  ...event,
  eventId: new Types.ObjectId().toHexString(),
  at: new Date(),
  category: "security",
  source: "users",
  entityTypes: event.subject ? [event.subject.type] : [],
  changes: [],
  ...(count > 1 && { count }),
});
