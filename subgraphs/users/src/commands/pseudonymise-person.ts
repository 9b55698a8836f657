import { randomBytes } from "node:crypto";
import { relayComment } from "@tradegraph/kit/mongo-metrics";
import { isObjectIdText } from "@tradegraph/kit/node-id";
import { type QueryFilter, Types, type UpdateQuery } from "mongoose";
import { type Models } from "../models.ts";
import { type AuditEntryDocument, changingAuditLog, listIndexes } from "../models/audit-entry.ts";
import { type UserDocument } from "../models/user.ts";
import { type NewAuditEntry } from "./audit-insert.ts";

const newPseudonym = () => `erased-${randomBytes(8).toString("hex")}`;

/** Whom it was about stays in this one: it shows that the erasure was done. */
const proof = "person.erased";

const batch = 1_000;

/**
 * Takes a person out of the tenant's audit log: what was done stays, by whom and from where does not. The new name is
 * random, the same in all entries of one call, and leads back to nobody. Entries that come later are changed as they come,
 * see {@link withoutErased}; repeating it does no harm.
 *
 * @param userId ObjectId hex
 * @returns how many entries were changed
 */
export async function pseudonymisePerson(models: Models, userId: string): Promise<number> {
  const pseudonym = newPseudonym();
  return changingAuditLog("the erasure of a person", async () => {
    const asActor = await changeAll(models, { "actor.userId": userId }, listIndexes.user, {
      $set: { "actor.userId": pseudonym },
      $unset: { "actor.address": 1, "actor.sessionId": 1, "actor.requestId": 1 },
    });
    const about = { "subject.id": userId, action: { $ne: proof } };
    // Whoever tried to sign in as this person was most likely this person.
    const byVisitors = await changeAll(models, { ...about, "actor.role": "anonymous" }, listIndexes.subject, {
      $set: { "subject.id": pseudonym },
      $unset: { "actor.address": 1, "actor.requestId": 1 },
    });
    const asSubject = await changeAll(models, about, listIndexes.subject, { $set: { "subject.id": pseudonym } });
    return asActor + byVisitors + asSubject;
  });
}

/** In batches, so that no single command takes long. The update must take entries out of the filter. */
async function changeAll(
  models: Models,
  filter: QueryFilter<AuditEntryDocument>,
  hint: Record<string, 1>,
  update: UpdateQuery<AuditEntryDocument>,
): Promise<number> {
  let changed = 0;
  for (;;) {
    const found = await models.AuditEntry.find(filter, { _id: 1 }).hint(hint).limit(batch).lean();
    if (found.length === 0) return changed;
    const _id = { $in: found.map((entry) => entry._id) };
    changed += (await models.AuditEntry.updateMany({ _id }, update, { timestamps: false })).modifiedCount;
  }
}

/**
 * The same for entries that are not in the log yet: events and access records of a person may still be on their way when
 * the person is erased.
 */
export async function withoutErased(models: Models, entries: readonly NewAuditEntry[]): Promise<NewAuditEntry[]> {
  const ids = new Set(entries.flatMap(({ actor, subject }) => [actor.userId, userSubject(subject)]));
  const people = [...ids].filter((id) => id !== undefined && isObjectIdText(id)).map((id) => new Types.ObjectId(id));
  if (people.length === 0) return [...entries];
  const erased = await models.User.find({ _id: { $in: people }, erasedAt: { $exists: true } }, { _id: 1 })
    .comment(relayComment)
    .lean<Pick<UserDocument, "_id">[]>();
  const names = new Map(erased.map(({ _id }) => [_id.toHexString(), newPseudonym()]));
  return names.size === 0 ? [...entries] : entries.map((entry) => renamed(entry, names));
}

const userSubject = (subject: NewAuditEntry["subject"]) => (subject?.type === "User" ? subject.id : undefined);

function renamed(entry: NewAuditEntry, names: ReadonlyMap<string, string>): NewAuditEntry {
  const { actor, subject, action } = entry;
  const byPerson = names.get(actor.userId ?? "");
  const { address: _address, sessionId: _session, requestId: _request, ...unplaced } = actor;
  const aboutPerson = action === proof ? undefined : names.get(userSubject(subject) ?? "");
  const isVisitor = actor.role === "anonymous" && aboutPerson !== undefined;
  return {
    ...entry,
    ...(byPerson !== undefined && { actor: { ...unplaced, userId: byPerson } }),
    ...(isVisitor && { actor: unplaced }),
    ...(subject && aboutPerson !== undefined && { subject: { ...subject, id: aboutPerson } }),
  };
}
