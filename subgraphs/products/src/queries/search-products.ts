// Text search. MongoDB's text stage gives matches in no order, so at most `candidateCap` best ones are ranked; a client
// that pages further is told there is no more, as search engines do.
import { badUserInput } from "@tradegraph/kit/errors";
import { type Connection, type ConnectionArguments, type KeysetSort, readConnection } from "@tradegraph/kit/pagination";
import { type PipelineStage, type QueryFilter } from "mongoose";
import { type Models } from "../models.ts";
import { type ProductDocument } from "../models/product.ts";

/** Best matches that are ranked, sorted and paged. */
export const candidateCap = 1_000;

/** Computed field that relevance sorts by. */
export const relevancePath = "score";

interface Search {
  args: ConnectionArguments;
  limit: number;
  filter: QueryFilter<ProductDocument>;
  sort: KeysetSort;
  text: string;
}

/** Words as data: no phrases and no negation, which a stray quote or hyphen would turn on. */
export function searchText(query: string | null | undefined): string | undefined {
  if (query === null || query === undefined) return undefined;
  const words = query.replaceAll(/["\-\\]/g, " ").trim();
  if (!/[\p{L}\p{N}]/u.test(words) || query.length > 200)
    throw badUserInput("`query` must be 1 to 200 characters with a word.", ["query"]);
  return words;
}

export function searchProducts(
  models: Models,
  { args, limit, filter, sort, text }: Search,
): Promise<Connection<ProductDocument>> {
  const match = { ...filter, $text: { $search: text } };
  const candidates: PipelineStage[] = [
    { $match: match },
    // Rounded, because a cursor must compare equal to the score it was made from.
    { $addFields: { score: { $round: [{ $meta: "textScore" }, 6] } } },
    { $sort: { score: -1, _id: -1 } },
    { $limit: candidateCap },
  ];
  return readConnection(
    // The words belong to the list, so a cursor of another search is refused.
    { args, sort, filter: match, limit },
    (page) =>
      models.Product.aggregate<ProductDocument>([
        ...candidates,
        ...(page.range ? [{ $match: page.range }] : []),
        { $sort: page.sort },
        { $limit: page.limit },
      ]),
    (most) => models.Product.countDocuments(match, { limit: Math.min(most, candidateCap) }),
  );
}
