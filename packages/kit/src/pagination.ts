// Relay connections over a keyset: a page begins where the last one ended, not at an offset, so that inserts and deletes
// between pages neither skip nor repeat a document. https://relay.dev/graphql/connections.htm
import { type GraphQLResolveInfo } from "graphql";
import { type Types } from "mongoose";
import { type CursorPosition, type CursorValue, decodeCursor, encodeCursor, listDigest } from "./cursor.ts";
import { badUserInput } from "./errors.ts";

export const defaultPageSize = 20;
export const maximumPageSize = 100;
/** Inside a list every further element multiplies: a nested page is at most this long (ruling 14). */
export const maximumNestedPageSize = 10;
/** `totalCount` is null above this; counting further would cost more than it tells. */
export const maximumCount = 10_000;

/** Arguments of every connection field. */
export interface ConnectionArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** How a list is sorted: a stored path that is never null or missing, ties broken by `_id` in the same direction. */
export interface KeysetSort {
  path: string;
  direction: 1 | -1;
}

/** One page to read: at most `limit` documents of `filter`, in the order of `sort`. */
export interface PageQuery {
  /** The list's filter and the range together. */
  filter: object;
  /** What lies after the cursor, for lists whose sort key is computed and cannot stand in the filter. */
  range?: object;
  /** Where the page begins, for lists that are in memory already. */
  position?: CursorPosition;
  sort: Record<string, 1 | -1>;
  limit: number;
}

export interface KeysetPage {
  args: ConnectionArguments;
  sort: KeysetSort;
  /** The list's own filter, without the tenant. */
  filter: object;
  /** Longest page allowed here; see {@link pageLimit}. */
  limit?: number;
}

export interface Connection<N> {
  edges: { cursor: string; node: N }[];
  nodes: N[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** Called by GraphQL only when the field is selected. */
  totalCount: () => Promise<number | null>;
}

/**
 * Reads one page.
 *
 * @param find reads documents, lean, for example `(page) => Model.find(page.filter).sort(page.sort).limit(page.limit).lean()`
 * @param count counts documents up to a limit: `(limit) => Model.countDocuments(filter, { limit })`
 * @throws PublicError BAD_USER_INPUT for a wrong page size, mixed directions or a foreign cursor
 */
export async function readConnection<N extends { _id: Types.ObjectId }>(
  page: KeysetPage,
  find: (query: PageQuery) => Promise<N[]>,
  count: (limit: number) => Promise<number>,
): Promise<Connection<N>> {
  const { args, sort } = page;
  const { size, backward } = pageSize(args, page.limit ?? maximumPageSize);
  const digest = listDigest([sort, page.filter]);
  const argument = backward ? "before" : "after";
  const cursorText = args[argument];
  const position = cursorText == null ? undefined : decodeCursor(cursorText, digest, argument);
  const direction = backward ? flip(sort.direction) : sort.direction;

  const range = position && keysetRange(sort.path, direction, position);
  const found = await find({
    filter: range ? { $and: [page.filter, range] } : page.filter,
    ...(range && { range }),
    ...(position && { position }),
    sort: sort.path === "_id" ? { _id: direction } : { [sort.path]: direction, _id: direction },
    limit: size + 1,
  });
  const hasMore = found.length > size;
  const nodes = found.slice(0, size);
  if (backward) nodes.reverse();
  const edges = nodes.map((node) => ({
    node,
    cursor: encodeCursor({ value: valueAt(node, sort.path), id: node._id }, digest),
  }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: backward ? position !== undefined : hasMore,
      hasPreviousPage: backward ? hasMore : position !== undefined,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    async totalCount() {
      const counted = await count(maximumCount + 1);
      return counted > maximumCount ? null : counted;
    },
  };
}

/** @throws PublicError BAD_USER_INPUT */
export function pageSize(args: ConnectionArguments, limit: number): { size: number; backward: boolean } {
  const { first, after, last, before } = args;
  const backward = last != null || before != null;
  if (backward && (first != null || after != null)) {
    throw badUserInput("Ask for `first`/`after` or `last`/`before`, not both.", [first == null ? "after" : "first"]);
  }
  const size = (backward ? last : first) ?? Math.min(defaultPageSize, limit);
  if (size < 1 || size > limit) {
    throw badUserInput(`\`${backward ? "last" : "first"}\` must be between 1 and ${limit}.`, [
      backward ? "last" : "first",
    ]);
  }
  return { size, backward };
}

/**
 * The longest page this field may give where it stands in the query: inside a list only {@link maximumNestedPageSize}.
 * A federated fetch of one single entity is not a list.
 */
export function pageLimit(info: GraphQLResolveInfo): number {
  const { representations } = info.variableValues as { representations?: unknown[] };
  for (let path = info.path.prev; path; path = path.prev) {
    const single = path.prev?.key === "_entities" && representations?.length === 1;
    if (typeof path.key === "number" && !single) return maximumNestedPageSize;
  }
  return maximumPageSize;
}

const flip = (direction: 1 | -1): 1 | -1 => (direction === 1 ? -1 : 1);

/** The outer bound on the path gives the planner tight index bounds; the `$or` alone would scan from the start. */
export function keysetRange(path: string, direction: 1 | -1, { value, id }: CursorPosition): object {
  const [beyond, from] = direction === 1 ? (["$gt", "$gte"] as const) : (["$lt", "$lte"] as const);
  if (path === "_id") return { _id: { [beyond]: id } };
  return {
    [path]: { [from]: value },
    $or: [{ [path]: { [beyond]: value } }, { [path]: value, _id: { [beyond]: id } }],
  };
}

function valueAt(document: object, path: string): CursorValue {
  if (path === "_id") return "";
  let value: unknown = document;
  for (const step of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[step];
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value instanceof Date)
    return value;
  throw new Error(`The sort key ${path} must be in every document and in the projection.`);
}
