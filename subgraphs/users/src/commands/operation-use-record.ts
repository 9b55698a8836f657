import { badUserInput } from "@tradegraph/kit/errors";
import { isObjectIdText } from "@tradegraph/kit/node-id";
import { type AnyBulkWriteOperation, Types } from "mongoose";
import { type OperationUseInput } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { mostUseDays, type OperationUseDocument } from "../models/operation-use.ts";

/** Most operations in one report. */
export const mostReportedUses = 1_000;
const dayMs = 86_400_000;

/**
 * Adds what a gateway counted. A report whose answer is lost is sent again and counted twice: these are figures for
 * people, and whether an operation is used at all stays right.
 *
 * @returns how many operations there are places for; lists that are gone have none
 * @throws PublicError BAD_USER_INPUT
 */
export async function recordOperationUses(models: Models, uses: readonly OperationUseInput[]): Promise<number> {
  if (uses.length > mostReportedUses) throw badUserInput(`Send ${mostReportedUses} uses at most.`, ["uses"]);
  if (uses.some((use) => !isObjectIdText(use.listId) || use.uses < 1))
    throw badUserInput("A use names a list, an operation and a count.", ["uses"]);
  if (uses.length === 0) return 0;
  const now = new Date();
  const day = new Date(Math.floor(now.getTime() / dayMs) * dayMs);
  const operations = uses.flatMap(({ listId, operationId, uses: count }) => {
    const one = { listId: new Types.ObjectId(listId), operationId };
    return [
      {
        updateOne: {
          filter: { ...one, "days.day": { $ne: day } },
          update: { $push: { days: { $each: [{ day, uses: 0 }], $slice: -mostUseDays } } },
        },
      },
      {
        updateOne: {
          filter: { ...one, "days.day": day },
          update: { $inc: { uses: count, "days.$.uses": count }, $max: { lastUsedAt: now } },
        },
      },
    ];
  });
  await models.OperationUse.bulkWrite(operations as AnyBulkWriteOperation<OperationUseDocument>[]);
  return models.OperationUse.countDocuments({
    listId: { $in: uses.map(({ listId }) => new Types.ObjectId(listId)) },
    operationId: { $in: uses.map(({ operationId }) => operationId) },
    lastUsedAt: now,
  });
}
