import { type Loaders } from "../loaders.ts";
import { type CartLineReference } from "../models/references.ts";
import { isQuantity } from "../price.ts";
import { type Offer, productOffer } from "./product-offers.ts";

interface Availability {
  isAvailable: boolean;
  available: number;
}

/** Quantity and product arrive by `@requires`: whatever the caller says. Nothing for a line that makes no sense. */
function offered({ quantity, product }: CartLineReference): { productId: string; quantity: number } | undefined {
  return typeof product?.id === "string" && isQuantity(quantity) ? { productId: product.id, quantity } : undefined;
}

/** The offer for a cart line, undefined for a line that names no product or no quantity. */
export async function lineOffer(loaders: Loaders, reference: CartLineReference): Promise<Offer | undefined> {
  const line = offered(reference);
  return line && productOffer(loaders, line);
}

/** Whether a cart line can be delivered; a product that is not on sale has no units for it. */
export async function lineAvailability(loaders: Loaders, reference: CartLineReference): Promise<Availability | null> {
  const line = offered(reference);
  if (!line) return null;
  const [{ product }, shelves] = await Promise.all([
    productOffer(loaders, line),
    loaders.inventoryByProduct.load(line.productId),
  ]);
  const available = product ? shelves.reduce((sum, shelf) => sum + shelf.available, 0) : 0;
  return { isAvailable: available >= line.quantity, available };
}
