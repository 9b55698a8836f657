// What a product costs whom. Pure: the loader brings the agreed prices.
import { type StoredMoney } from "@tradegraph/kit/money";
import { type ProductDocument } from "./models/product.ts";

/** A price agreed with the viewer's company. */
export interface AgreedPrice {
  minimumQuantity: number;
  /** Of its price list; higher wins. */
  priority: number;
  price: StoredMoney;
}

type Priced = Pick<ProductDocument, "price" | "tiers">;

/** Base price as the first tier, then the product's own tiers. */
export function priceTiers({ price, tiers }: Priced): { minimumQuantity: number; price: StoredMoney }[] {
  const base = { minimumQuantity: 1, amount: price.amount };
  return [base, ...tiers.filter((tier) => tier.minimumQuantity > 1)]
    .sort((a, b) => a.minimumQuantity - b.minimumQuantity)
    .map(({ minimumQuantity, amount }) => ({ minimumQuantity, price: { amount, currency: price.currency } }));
}

/**
 * Price of one unit when buying `quantity`: the agreed price of the highest list that has one, or the tier's, whichever
 * is lower. Agreed prices in another currency than the product's do not compare and are left out.
 */
export function unitPrice(product: Priced, quantity: number, agreed: readonly AgreedPrice[] = []): StoredMoney {
  const tier =
    priceTiers(product).findLast(({ minimumQuantity }) => minimumQuantity <= quantity)?.price ?? product.price;
  const [best] = agreed
    .filter(({ minimumQuantity, price }) => minimumQuantity <= quantity && price.currency === product.price.currency)
    .sort((a, b) => b.priority - a.priority || b.minimumQuantity - a.minimumQuantity);
  return best && best.price.amount < tier.amount ? best.price : tier;
}
