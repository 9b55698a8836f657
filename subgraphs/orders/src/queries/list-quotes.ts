import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type QueryFilter } from "mongoose";
import { buyerList } from "../access.ts";
import { type Models } from "../models.ts";
import { type QuoteDocument } from "../models/quote.ts";

/** Requests for quotes that the viewer may read, newest first. @param limit longest page where the field stands */
export async function listQuotes(
  models: Models,
  viewer: Viewer,
  args: ConnectionArguments,
  limit: number,
): Promise<Connection<QuoteDocument> | null> {
  const filter = buyerList(viewer) as QueryFilter<QuoteDocument> | undefined;
  if (!filter) return null;
  const owner = ["customerId", "companyId"].find((name) => name in filter);
  const hint = { tenantId: 1, ...(owner && { [owner]: 1 }), createdAt: 1, _id: 1 } as const;
  return readConnection(
    { args, sort: { path: "createdAt", direction: -1 }, filter, limit },
    (page) => models.Quote.find(page.filter).sort(page.sort).limit(page.limit).hint(hint).lean<QuoteDocument[]>(),
    (most) => models.Quote.countDocuments(filter, { limit: most, hint }),
  );
}
