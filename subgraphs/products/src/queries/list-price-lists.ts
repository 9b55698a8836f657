import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Types } from "mongoose";
import { type Models } from "../models.ts";
import { type PriceListDocument, type PriceListEntryDocument } from "../models/price-list.ts";

const listIndex = { tenantId: 1, priority: -1, _id: -1 } as const;
const entryIndex = { tenantId: 1, priceListId: 1, _id: 1 } as const;

/** All price lists of the shop, highest priority first. */
export function listPriceLists(
  models: Models,
  args: ConnectionArguments,
  limit: number,
): Promise<Connection<PriceListDocument>> {
  return readConnection(
    { args, sort: { path: "priority", direction: -1 }, filter: {}, limit },
    (page) =>
      models.PriceList.find(page.filter).sort(page.sort).limit(page.limit).hint(listIndex).lean<PriceListDocument[]>(),
    (most) => models.PriceList.countDocuments({}, { limit: most, hint: listIndex }),
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
      models.PriceListEntry.find(page.filter)
        .sort(page.sort)
        .limit(page.limit)
        .hint(entryIndex)
        .lean<PriceListEntryDocument[]>(),
    (most) => models.PriceListEntry.countDocuments(filter, { limit: most, hint: entryIndex }),
  );
}
