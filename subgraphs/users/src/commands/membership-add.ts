import { type Actor, outboxEntry, withOutbox } from "@tradegraph/kit/outbox";
import { mongo, type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type MembershipDocument, mostMembers, mostMemberships } from "../models/membership.ts";
import { changedMeanwhile } from "./company-tools.ts";

export type NewMembership = Pick<MembershipDocument, "userId" | "companyId" | "role" | "spendingPeriod"> &
  Partial<Pick<MembershipDocument, "_id" | "spendingLimit">>;

/** Who has as many memberships as there may be. */
export type FullSide = "person" | "company";

/** Each round that fails, another one has taken a place; nobody is unlucky so often. */
const mostRounds = 20;

/**
 * Makes a person a member, once: whoever is one already stays as is. Takes a free place of the person's 100 and of the
 * company's 1,000; a unique index gives each place to one, so no race goes past a limit.
 *
 * @returns the membership, or who is full
 * @throws PublicError CONFLICT when others are always quicker
 */
export async function addMembership(
  models: Models,
  wanted: NewMembership,
  actor: Actor,
): Promise<MembershipDocument | FullSide> {
  const { userId, companyId, role } = wanted;
  for (let round = 0; round < mostRounds; round += 1) {
    const known = await models.Membership.findOne({ userId, companyId }).lean<MembershipDocument | null>();
    if (known) return known;
    const personSlot = await freeSlot(models, { userId }, "personSlot", mostMemberships);
    if (personSlot === undefined) return "person";
    const companySlot = await freeSlot(models, { companyId }, "companySlot", mostMembers);
    if (companySlot === undefined) return "company";
    const entry = outboxEntry("companyMember.added", actor, {
      userId: userId.toHexString(),
      companyId: companyId.toHexString(),
      role,
    });
    try {
      const slots = { personSlot, companySlot, hasSlots: true };
      const membership = await models.Membership.create({ ...wanted, ...slots, ...withOutbox(entry) });
      return membership.toObject();
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  throw changedMeanwhile();
}

/** Whether a unique index refused a write. */
export const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === 11000;

/** Whether the person may have one more, so far. */
export const hasRoomForMembership = async (models: Models, userId: Types.ObjectId): Promise<boolean> =>
  (await freeSlot(models, { userId }, "personSlot", mostMemberships)) !== undefined;

/**
 * A free place, any of them, so that those who come at once seldom choose the same. Memberships without a place, which
 * no command makes, count as well.
 */
async function freeSlot(
  models: Models,
  side: { userId: Types.ObjectId } | { companyId: Types.ObjectId },
  field: "personSlot" | "companySlot",
  most: number,
): Promise<number | undefined> {
  const key = "userId" in side ? ["userId", "companyId"] : ["companyId", "_id"];
  const hint = Object.fromEntries(["tenantId", ...key].map((name) => [name, 1]));
  const rows = await models.Membership.find(side, { [field]: 1 })
    .hint(hint)
    .limit(most)
    .lean<Partial<Record<typeof field, number>>[]>();
  if (rows.length >= most) return undefined;
  const taken = new Set(rows.map((row) => row[field]));
  const withoutSlot = rows.filter((row) => row[field] === undefined).length;
  return pickFree(most - withoutSlot, taken);
}

/** Any number from 0 up to `below` that is not taken. */
export function pickFree(below: number, taken: ReadonlySet<number | undefined>): number | undefined {
  const free = Array.from({ length: below }, (_, slot) => slot).filter((slot) => !taken.has(slot));
  return free[Math.floor(Math.random() * free.length)];
}
