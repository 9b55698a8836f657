import { type ProductOfferResolvers } from "../generated/resolvers.ts";

export const ProductOffer: ProductOfferResolvers = {
  isAvailable: ({ product }) => product !== undefined,
  sku: ({ product }) => product?.sku,
  name: ({ product }) => product?.name,
  supplierId: ({ product }) => product?.supplierId.toHexString(),
  quantityRule: ({ product }) =>
    product && { minimum: product.moq, maximum: product.maxQuantity, increment: product.increment },
};
