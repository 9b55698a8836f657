import { type Limit } from "@tradegraph/kit/concurrency";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type Connection, type ConnectionArguments, type KeysetSort, readConnection } from "@tradegraph/kit/pagination";
import { type ReviewSort } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { type ReviewDocument } from "../models/review.ts";

export interface ReviewListArguments extends ConnectionArguments {
  productId: string;
  sort?: ReviewSort | null | undefined;
}

const sortPaths = { CREATED_AT: "createdAt", RATING: "rating" } as const;

/**
 * One page of a product's approved reviews. Staff see the same: this is what the shop shows.
 *
 * @param limit longest page where the field stands
 * @param turn runs the page and its count, so that a list of products does not read all its pages at once
 */
export async function listReviews(
  models: Models,
  args: ReviewListArguments,
  limit: number,
  turn: Limit,
): Promise<Connection<ReviewDocument>> {
  const filter = { productId: toObjectId(args.productId, "productId"), status: "approved" as const };
  const sort = reviewSort(args.sort);
  // Two more indexes begin like this one; another would have to sort in memory.
  const hint = { tenantId: 1, productId: 1, status: 1, [sort.path]: 1, _id: 1 } as const;
  return readConnection(
    { args, sort, filter, limit },
    (page) =>
      turn(() => models.Review.find(page.filter).sort(page.sort).limit(page.limit).hint(hint).lean<ReviewDocument[]>()),
    (most) => turn(() => models.Review.countDocuments(filter, { limit: most, hint })),
  );
}

function reviewSort(sort: ReviewSort | null | undefined): KeysetSort {
  if (!sort) return { path: "createdAt", direction: -1 };
  return { path: sortPaths[sort.key], direction: sort.direction === "DESC" ? -1 : 1 };
}
