import { type CursorValue } from "@tradegraph/kit/cursor";
import { type Connection, type KeysetPage, readConnection } from "@tradegraph/kit/pagination";
import { type Types } from "mongoose";

type Key = [value: string | number | boolean, id: string];

const keyOf = (value: CursorValue, id: Types.ObjectId): Key => [
  value instanceof Date ? value.getTime() : value,
  id.toHexString(),
];

function compare([aValue, aId]: Key, [bValue, bId]: Key): number {
  if (aValue !== bValue) return aValue < bValue ? -1 : 1;
  return aId < bId ? -1 : Number(aId > bId);
}

/**
 * One page of documents that a cap keeps few and that are in memory already, such as the viewer's own companies: the
 * same order and cursors as a page of a query, without an index for each combination.
 *
 * @param page its `filter` only tells cursors of different lists apart; `documents` meet it already
 */
export function pageOfFew<N extends { _id: Types.ObjectId }>(
  documents: readonly N[],
  page: KeysetPage,
): Promise<Connection<N>> {
  const { path } = page.sort;
  const keyOfDocument = (document: N) =>
    keyOf(path === "_id" ? "" : ((document as Record<string, unknown>)[path] as CursorValue), document._id);
  return readConnection(
    page,
    ({ sort, limit, position }) => {
      const direction = sort[path] ?? 1;
      const from = position && keyOf(position.value, position.id);
      const found = documents
        .map((document) => ({ document, key: keyOfDocument(document) }))
        .filter(({ key }) => !from || compare(key, from) * direction > 0)
        .sort((a, b) => compare(a.key, b.key) * direction)
        .slice(0, limit);
      return Promise.resolve(found.map(({ document }) => document));
    },
    (most) => Promise.resolve(Math.min(documents.length, most)),
  );
}
