import { recordOfEachRequest } from "@tradegraph/kit/audit-requests";
import { badUserInput } from "@tradegraph/kit/errors";
import { type Actor } from "@tradegraph/kit/outbox";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { tenantIdPattern, viewerRoles } from "@tradegraph/kit/viewer";
import { z } from "zod";
import { type AuditEntryInput } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { insertAuditEntries, type NewAuditEntry } from "./audit-insert.ts";
import { withoutErased } from "./pseudonymise-person.ts";

/** Most entries in one call, of which one may be about many requests; as many are inserted at once. */
export const mostAuditEntries = 500;
const mostRequests = 100;

const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .nullish()
    .transform((value) => value ?? undefined);

const entryMembers = z.object({
  /** A place is added to it where there are several requests; 64 fit. */
  eventId: z.string().regex(/^[\w-]{8,60}$/),
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
  requestIds: z.array(z.string().min(1).max(128)).min(1).max(mostRequests).nullish(),
  operation: text(128),
  entityTypes: z.array(z.string().min(1).max(64)).max(100).nullish(),
  code: text(64),
  count: z.int().min(1).nullish(),
});
const entrySchema = entryMembers.refine(({ requestId, requestIds }) => requestId === undefined || !requestIds, {
  message: "Name one request, or several.",
  path: ["requestIds"],
});

type Checked = z.infer<typeof entrySchema>;

const without = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

function newEntry(source: string, entry: Omit<Checked, "requestIds">): NewAuditEntry {
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
      const newEntries = ofTenant.flatMap(recordOfEachRequest).map((entry) => newEntry(source, entry));
      let ofThem = 0;
      for (let at = 0; at < newEntries.length; at += mostAuditEntries) {
        const some = await withoutErased(models, newEntries.slice(at, at + mostAuditEntries));
        ofThem += await insertAuditEntries(models, some);
      }
      return ofThem;
    });
  return added;
}
