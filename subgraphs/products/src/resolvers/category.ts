import { toNodeId } from "@tradegraph/kit/node-id";
import { pageLimit } from "@tradegraph/kit/pagination";
import { type CategoryResolvers } from "../generated/resolvers.ts";
import { type CategoryDocument } from "../models/category.ts";
import { listProducts } from "../queries/list-products.ts";

const exists = (category: CategoryDocument | null): category is CategoryDocument => category !== null;

export const Category: CategoryResolvers = {
  __resolveReference: (reference, { loaders }) =>
    "id" in reference
      ? loaders.categoryById.load(String(reference.id))
      : loaders.categoryBySlug.load(String(reference.slug)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Category", _id.toHexString()),
  parent: ({ parentId }, _, { loaders }) => (parentId ? loaders.categoryById.load(parentId) : null),
  ancestors: async ({ ancestors }, _, { loaders }) =>
    (await Promise.all(ancestors.map((id) => loaders.categoryById.load(id)))).filter(exists),
  children: ({ _id }, _, { loaders }) => loaders.categoriesByParent.load(_id),
  products: ({ _id }, args, { models, nested }, info) =>
    nested(() => listProducts(models, { ...args, within: _id }, pageLimit(info))),
};
