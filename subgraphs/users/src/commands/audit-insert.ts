import { mongo } from "mongoose";
import { expiryOf } from "../audit-retention.ts";
import { type Models } from "../models.ts";
import { type AuditEntryDocument } from "../models/audit-entry.ts";

/** An entry as its source gives it. */
export type NewAuditEntry = Omit<
  AuditEntryDocument,
  "_id" | "version" | "createdAt" | "updatedAt" | "expiresAt" | "tenantId" | "_seed"
> & { tenantId?: string };

const duplicate = 11_000;

/**
 * Adds entries to the log; those whose event is there already are left out. Run it for one tenant, or across tenants with
 * `tenantId` in each entry.
 *
 * @returns how many were new
 */
export async function insertAuditEntries(models: Models, entries: readonly NewAuditEntry[]): Promise<number> {
  if (entries.length === 0) return 0;
  const documents = entries.map((entry) => ({
    ...entry,
    expiresAt: expiryOf(models.auditRetention, entry.category, entry.at),
  }));
  try {
    return (await models.AuditEntry.insertMany(documents, { ordered: false, throwOnValidationError: true })).length;
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    if ([error.writeErrors].flat().some(({ code }) => code !== duplicate)) throw error;
    return error.insertedCount;
  }
}
