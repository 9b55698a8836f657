// Counts what the reviews say. Done on the server, because reviews of a large seed do not fit into memory.
import { withOutbox } from "@tradegraph/kit/outbox";
import { type SeedTask } from "@tradegraph/kit/seed-writer";
import { type AnyBulkWriteOperation, type Types } from "mongoose";
import { summaryOf } from "./rating-summary.ts";

const batchSize = 1_000;

interface CountedRatings {
  _id: Types.ObjectId;
  one: number;
  two: number;
  three: number;
  four: number;
  five: number;
}

const countOf = (rating: number) => ({ $sum: { $cond: [{ $eq: ["$rating", rating] }, 1, 0] } });

/**
 * Writes the summary of each product that has approved reviews, seeded or not. A second run finds the same numbers and
 * changes nothing.
 *
 * @returns how many summaries were new
 */
export async function seedSummaries(task: SeedTask): Promise<number> {
  const { connection, plan, report } = task;
  const products = connection.collection("reviews").aggregate<CountedRatings>(
    [
      { $match: { tenantId: plan.tenantId, status: "approved" } },
      {
        $group: {
          _id: "$productId",
          one: countOf(1),
          two: countOf(2),
          three: countOf(3),
          four: countOf(4),
          five: countOf(5),
        },
      },
    ],
    // This index holds all that is read, so no review is fetched.
    { allowDiskUse: true, batchSize, hint: { tenantId: 1, productId: 1, status: 1, rating: 1, _id: 1 } },
  );
  let written = 0;
  let seen = 0;
  let batch: AnyBulkWriteOperation[] = [];
  const flush = async () => {
    const result = await connection.collection("reviewSummaries").bulkWrite(batch as never, { ordered: false });
    written += result.upsertedCount;
    seen += batch.length;
    batch = [];
    report("reviewSummaries", seen, plan.counts.products);
  };
  for await (const counted of products) {
    batch.push(upsertOf(task, counted));
    if (batch.length === batchSize) await flush();
  }
  if (batch.length > 0) await flush();
  return written;
}

function upsertOf({ plan }: SeedTask, counted: CountedRatings): AnyBulkWriteOperation {
  const { _id: productId, one, two, three, four, five } = counted;
  return {
    updateOne: {
      filter: { tenantId: plan.tenantId, productId },
      update: {
        $set: summaryOf([one, two, three, four, five]),
        $setOnInsert: {
          _id: plan.id("reviewSummary", productId.toHexString()),
          version: 1,
          ...withOutbox(),
          _seed: plan.runId,
          createdAt: plan.today,
          updatedAt: plan.today,
        },
      },
      upsert: true,
    },
  };
}
