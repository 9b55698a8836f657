import { badUserInput } from "@tradegraph/kit/errors";
import { type Loaders } from "../loaders.ts";
import { type ProductDocument } from "../models/product.ts";
import { isQuantity, unitPrice } from "../price.ts";

interface OfferLine {
  productId: string;
  quantity: number;
}

/** Facts that an order line keeps of its product. */
export interface Offer {
  productId: string;
  product?: ProductDocument;
  unitPrice?: ProductDocument["price"];
}

/** What a line would cost the viewer; unknown, inactive and merely wanted products are not available. */
export async function productOffer(loaders: Loaders, { productId, quantity }: OfferLine): Promise<Offer> {
  const product = await loaders.productById.load(productId);
  if (!product?.isActive || product.postAs !== "seller") return { productId };
  return { productId, product, unitPrice: unitPrice(product, quantity, await loaders.agreedPrices.load(product._id)) };
}

/** What lines would cost the viewer. @throws PublicError BAD_USER_INPUT for no or too many lines, or a wrong quantity */
export async function productOffers(loaders: Loaders, lines: readonly OfferLine[]): Promise<Offer[]> {
  if (lines.length === 0 || lines.length > 100) throw badUserInput("Ask for 1 to 100 lines.", ["lines"]);
  if (!lines.every(({ quantity }) => isQuantity(quantity)))
    throw badUserInput("`quantity` must be between 1 and 1,000,000.", ["lines", "quantity"]);
  return Promise.all(lines.map((line) => productOffer(loaders, line)));
}
