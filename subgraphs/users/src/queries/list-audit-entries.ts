import { badUserInput } from "@tradegraph/kit/errors";
import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type QueryFilter } from "mongoose";
import { type AuditEntryFilter } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { type AuditEntryDocument, listIndexes } from "../models/audit-entry.ts";

interface AuditListArguments extends ConnectionArguments {
  filter?: AuditEntryFilter | null | undefined;
}

type IndexedBy = keyof typeof listIndexes;

/** One page of the audit log, newest first. @throws PublicError BAD_USER_INPUT for a period that ends before it begins */
export async function listAuditEntries(
  models: Models,
  args: AuditListArguments,
  limit: number,
): Promise<Connection<AuditEntryDocument>> {
  const filter = auditFilter(args.filter ?? {});
  const hint = listIndexes[leadOf(args.filter ?? {})];
  return readConnection(
    { args, sort: { path: "at", direction: -1 }, filter, limit },
    (page) =>
      models.AuditEntry.find(page.filter).sort(page.sort).limit(page.limit).hint(hint).lean<AuditEntryDocument[]>(),
    (most) => models.AuditEntry.countDocuments(filter, { limit: most, hint }),
  );
}

const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

/** The filter that leaves the fewest entries; the others are checked on what it finds. */
function leadOf({ subjectId, userId, action, category, outcome }: AuditEntryFilter): IndexedBy {
  if (given(subjectId)) return "subject";
  if (given(userId)) return given(category) ? "userAndCategory" : "user";
  if (given(action)) return "action";
  // Refusals and failures are rare, success is not.
  if (given(outcome) && (outcome !== "success" || !given(category))) return "outcome";
  return given(category) ? "category" : "all";
}

function auditFilter({ category, action, userId, subjectId, outcome, from, to }: AuditEntryFilter) {
  if (given(from) && given(to) && from >= to) throw badUserInput("`from` must lie before `to`.", ["filter", "from"]);
  return {
    ...(given(category) && { category }),
    ...(given(action) && { action }),
    ...(given(userId) && { "actor.userId": userId }),
    ...(given(subjectId) && { "subject.id": subjectId }),
    ...(given(outcome) && { outcome }),
    ...((given(from) || given(to)) && { at: { ...(given(from) && { $gte: from }), ...(given(to) && { $lt: to }) } }),
  } as QueryFilter<AuditEntryDocument>;
}
