import { badUserInput } from "@tradegraph/kit/errors";
import { toObjectId } from "@tradegraph/kit/node-id";
import { type Connection, type ConnectionArguments, type KeysetSort, readConnection } from "@tradegraph/kit/pagination";
import { type QueryFilter, type Types } from "mongoose";
import { type ProductFilter, type ProductSort } from "../generated/resolvers.ts";
import { type Models } from "../models.ts";
import { type ProductDocument } from "../models/product.ts";
import { relevancePath, searchProducts, searchText } from "./search-products.ts";

export interface ProductListArguments extends ConnectionArguments {
  query?: string | null | undefined;
  filter?: ProductFilter | null | undefined;
  sort?: ProductSort | null | undefined;
  /** Only in this category or below it, beside what the filter says. */
  within?: Types.ObjectId;
  /** Those that are not on sale, too. */
  withOffSale?: boolean;
}

const sortPaths = {
  NAME: "nameSort",
  PRICE: "price.amount",
  CREATED_AT: "createdAt",
  UPDATED_AT: "updatedAt",
} as const;

/** One page of products on sale, unless told otherwise. @param limit longest page where the field stands */
export function listProducts(
  models: Models,
  args: ProductListArguments,
  limit: number,
): Promise<Connection<ProductDocument>> {
  const filter = {
    ...productFilter(args.filter ?? {}, args.within),
    // Both values by name: the server merges the two ranges of the index in order.
    ...(args.withOffSale && { isActive: { $in: [true, false] } }),
  };
  const text = searchText(args.query);
  const sort = productSort(args.sort, text !== undefined);
  if (text !== undefined) return searchProducts(models, { args, limit, filter, sort, text });
  return readConnection(
    { args, sort, filter, limit },
    (page) =>
      models.Product.find(page.filter)
        .sort(page.sort)
        .limit(page.limit)
        .hint(indexFor(filter, sort.path))
        .lean<ProductDocument[]>(),
    // Nothing is sorted when counting, so the narrower index is the better one.
    (most) => {
      const path = "price.amount" in filter ? "price.amount" : sort.path;
      return models.Product.countDocuments(filter, { limit: most, hint: indexFor(filter, path) });
    },
  );
}

function productSort(sort: ProductSort | null | undefined, isSearch: boolean): KeysetSort {
  const key = sort?.key ?? (isSearch ? "RELEVANCE" : "UPDATED_AT");
  if (key === "RELEVANCE") {
    if (!isSearch) throw badUserInput("Sorting by RELEVANCE needs `query`.", ["sort", "key"]);
    return { path: relevancePath, direction: -1 };
  }
  const direction = sort ? sort.direction === "DESC" : true;
  return { path: sortPaths[key], direction: direction ? -1 : 1 };
}

/**
 * Names the index whose order is the list's. Left to itself the planner sometimes takes a narrower index and sorts in
 * memory, which is faster on small data and fails on large. Supplier and category bound the scan; the other conditions
 * are checked on what it meets.
 */
function indexFor(filter: QueryFilter<ProductDocument>, path: string): Record<string, 1> {
  const order = { isActive: 1, [path]: 1, _id: 1 } as const;
  if ("supplierId" in filter) return { tenantId: 1, supplierId: 1, ...order };
  if ("categoryPath" in filter) return { tenantId: 1, categoryPath: 1, ...order };
  return { tenantId: 1, ...order };
}

const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

function productFilter(filter: ProductFilter, within?: Types.ObjectId): QueryFilter<ProductDocument> {
  const { categoryId, supplierId, brands, priceMin, priceMax, inStock, postAs, tags, qualityGrades } = filter;
  const categories = [within, given(categoryId) ? toObjectId(categoryId, "categoryId") : undefined].filter(given);
  const price = { ...(given(priceMin) && { $gte: priceMin }), ...(given(priceMax) && { $lte: priceMax }) };
  return {
    isActive: true,
    ...(categories.length > 0 && { categoryPath: { $all: categories } }),
    ...(given(supplierId) && { supplierId: toObjectId(supplierId, "supplierId") }),
    ...(given(brands) && { brand: { $in: capped(brands, 20, "brands") } }),
    ...(Object.keys(price).length > 0 && { "price.amount": price }),
    ...(given(inStock) && { inStock }),
    ...(given(postAs) && { postAs }),
    ...(given(tags) && { tags: { $all: capped(tags, 10, "tags") } }),
    ...(given(qualityGrades) && { qualityGrade: { $in: capped(qualityGrades, 10, "qualityGrades") } }),
  } as QueryFilter<ProductDocument>;
}

function capped<T>(values: readonly T[], most: number, field: string): readonly T[] {
  if (values.length === 0 || values.length > most) {
    throw badUserInput(`\`${field}\` takes 1 to ${most} values.`, ["filter", field]);
  }
  return values;
}
