import { toNodeId } from "@tradegraph/kit/node-id";
import { type QuoteLineResolvers, type QuoteMessageResolvers, type QuoteResolvers } from "../generated/resolvers.ts";
import { reference } from "../models/references.ts";

export const Quote: QuoteResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.quoteById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Quote", _id.toHexString()),
  customer: ({ customerId }) => reference(customerId),
  company: ({ companyId }) => reference(companyId),
};

export const QuoteLine: QuoteLineResolvers = {
  id: ({ _id }) => _id.toHexString(),
  product: ({ productId }) => reference(productId),
};

export const QuoteMessage: QuoteMessageResolvers = {
  author: ({ authorId }) => reference(authorId),
};
