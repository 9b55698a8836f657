import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type ReviewDocument } from "../models/review.ts";

/** Everything that a person has written about products, published or not. */
export function listReviewsByAuthor(
  models: Models,
  authorId: Types.ObjectId,
  args: ConnectionArguments,
): Promise<Connection<ReviewDocument>> {
  const hint = { tenantId: 1, authorId: 1, _id: 1 } as const;
  return readConnection(
    { args, sort: { path: "_id", direction: 1 }, filter: { authorId } },
    ({ filter, sort, limit }) =>
      models.Review.find(filter, { outbox: 0 }).sort(sort).limit(limit).hint(hint).lean<ReviewDocument[]>(),
    (most) => models.Review.countDocuments({ authorId }, { limit: most, hint }),
  );
}
