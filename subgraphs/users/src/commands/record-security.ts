import { type Actor } from "@tradegraph/kit/outbox";
import { Types } from "mongoose";
import { type Models } from "../models.ts";
import { insertAuditEntries } from "./audit-insert.ts";

export interface SecurityEvent {
  /** Noun and past participle, such as `login.refused`. */
  action: string;
  outcome: "success" | "refused" | "failed";
  actor: Actor;
  subject?: { type: string; id: string };
  /** Why it was refused or failed. */
  code?: string;
}

/** Writes down a security event that changes no document, in the current tenant; changes carry theirs in an outbox. */
export async function recordSecurity(models: Models, event: SecurityEvent): Promise<void> {
  await insertAuditEntries(models, [
    {
      ...event,
      eventId: new Types.ObjectId().toHexString(),
      at: new Date(),
      category: "security",
      source: "users",
      entityTypes: event.subject ? [event.subject.type] : [],
      changes: [],
    },
  ]);
}
