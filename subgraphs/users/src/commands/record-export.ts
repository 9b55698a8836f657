import { notFound } from "@tradegraph/kit/errors";
import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";

/** Writes down that somebody takes a person's data out. @throws PublicError NOT_FOUND */
export async function recordExport(models: Models, userId: Types.ObjectId, actor: Actor): Promise<void> {
  const { $push, $set } = pushOutbox(outboxEntry("person.exported", actor));
  const { matchedCount } = await models.User.updateOne({ _id: userId }, { $push, $set });
  if (matchedCount === 0) throw notFound("There is no such person.");
}
