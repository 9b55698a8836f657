import { toNodeId } from "@tradegraph/kit/node-id";
import { pageLimit } from "@tradegraph/kit/pagination";
import { type PriceListEntryResolvers, type PriceListResolvers } from "../generated/resolvers.ts";
import { listPriceListEntries } from "../queries/list-price-lists.ts";

export const PriceList: PriceListResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.priceListById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("PriceList", _id.toHexString()),
  companies: ({ companyIds }) => companyIds.map((id) => ({ id: id.toHexString() })),
  entries: ({ _id }, args, { models, nested }, info) =>
    nested(() => listPriceListEntries(models, _id, args, pageLimit(info))),
};

export const PriceListEntry: PriceListEntryResolvers = {
  product: ({ productId }, _, { loaders }) => loaders.productById.load(productId),
};
