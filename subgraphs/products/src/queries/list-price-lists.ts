import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type PriceListDocument, type PriceListEntryDocument } from "../models/price-list.ts";

/** All price lists of the shop, highest priority first. */
export function listPriceLists(
  models: Models,
  args: ConnectionArguments,
  limit: number,
): Promise<Connection<PriceListDocument>> {
  return readConnection(
    { args, sort: { path: "priority", direction: -1 }, filter: {}, limit },
    (page) => models.PriceList.find(page.filter).sort(page.sort).limit(page.limit).lean<PriceListDocument[]>(),
    (most) => models.PriceList.countDocuments({}, { limit: most }),
  );
}

/** Prices of one list, in the order they were entered. */
export function listPriceListEntries(
  models: Models,
  priceListId: Types.ObjectId,
  args: ConnectionArguments,
  limit: number,
): Promise<Connection<PriceListEntryDocument>> {
  const filter = { priceListId };
  return readConnection(
    { args, sort: { path: "_id", direction: 1 }, filter, limit },
    (page) =>
      models.PriceListEntry.find(page.filter).sort(page.sort).limit(page.limit).lean<PriceListEntryDocument[]>(),
    (most) => models.PriceListEntry.countDocuments(filter, { limit: most }),
  );
}
