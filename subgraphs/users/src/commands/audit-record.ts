import { badUserInput } from "@tradegraph/kit/errors";
import { type Actor } from "@tradegraph/kit/outbox";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { tenantIdPattern, viewerRoles } from "@tradegraph/kit/viewer";
import { z } from "zod";
import { type AuditEntryInput } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { insertAuditEntries, type NewAuditEntry } from "./audit-insert.ts";
import { withoutErased } from "./pseudonymise-person.ts";

/** Most entries in one call. */
export const mostAuditEntries = 500;

const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .nullish()
    .transform((value) => value ?? undefined);

const entrySchema = z.object({
  eventId: z.string().regex(/^[\w-]{8,64}$/),
  category: z.enum(["security", "access"]),
  action: z
    .string()
    .regex(/^[a-z][a-zA-Z]*(\.[a-z][a-zA-Z]*)+$/)
    .max(64),
  outcome: z.enum(["success", "refused", "failed"]),
  at: z.date(),
  tenantId: z.string().regex(tenantIdPattern),
  role: z.enum(viewerRoles),
  userId: text(24),
  partnerId: text(24),
  companyId: text(24),
  sessionId: text(24),
  address: text(64),
  requestId: text(128),
  operation: text(128),
  entityTypes: z.array(z.string().min(1).max(64)).max(100).nullish(),
  code: text(64),
  count: z.int().min(1).nullish(),
});

type Checked = z.infer<typeof entrySchema>;

const without = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

function newEntry(source: string, entry: Checked): NewAuditEntry {
  const { eventId, category, action, outcome, at, role, entityTypes, operation, code, count } = entry;
  const { userId, partnerId, companyId, sessionId, address, requestId } = entry;
  const actor = { role, ...without({ userId, partnerId, companyId, sessionId, address, requestId }) } as Actor;
  const common = { eventId, category, action, outcome, at, actor, source, changes: [] };
  return { ...common, entityTypes: entityTypes ?? [], ...without({ operation, code, count }) };
}

/**
 * Takes over access and security records of another program, each once, into the tenants they name. Changes of data are
 * not taken: they come out of the database that was changed.
 *
 * @param source program that asks
 * @returns how many were new
 * @throws PublicError BAD_USER_INPUT naming the first wrong entry; nothing is taken over then
 */
export async function recordAudit(
  models: Models,
  source: string,
  entries: readonly AuditEntryInput[],
): Promise<number> {
  if (entries.length > mostAuditEntries) throw badUserInput(`Send ${mostAuditEntries} entries at most.`, ["entries"]);
  const checked = z.array(entrySchema).safeParse(entries);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw badUserInput(`An audit entry is wrong: ${issue?.message}`, ["entries", ...(issue?.path.map(String) ?? [])]);
  }
  let added = 0;
  // The call is a program's own; whom an entry is about, it says itself.
  for (const [tenantId, ofTenant] of Map.groupBy(checked.data, (entry) => entry.tenantId))
    added += await runForTenant(tenantId, async () => {
      const newEntries = ofTenant.map((entry) => newEntry(source, entry));
      return insertAuditEntries(models, await withoutErased(models, newEntries));
    });
  return added;
}
