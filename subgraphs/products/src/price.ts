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

/** Most units of one product that a line may name. */
const maximumQuantity = 1_000_000;

export const isQuantity = (quantity: unknown): quantity is number =>
  Number.isInteger(quantity) && Number(quantity) >= 1 && Number(quantity) <= maximumQuantity;

type Priced = Pick<ProductDocument, "price" | "tiers">;

/** Base price as the first tier, then the product's own tiers. */
export function priceTiers({ price, tiers }: Priced): { minimumQuantity: number; price: StoredMoney }[] {
  const base = { minimumQuantity: 1, amount: price.amount };
  return [base, ...tiers.filter((tier) => tier.minimumQuantity > 1)]
    .sort((a, b) => a.minimumQuantity - b.minimumQuantity)
    .map(({ minimumQuantity, amount }) => ({ minimumQuantity, price: { amount, currency: price.currency } }));
}

/**
 * Price of one unit when buying `quantity`: the agreed price of the highest list that has one, or the lowest of the tiers
 * reached, whichever is lower; never above the base price. Agreed prices in another currency than the product's do not
 * compare and are left out.
 */
export function unitPrice(product: Priced, quantity: number, agreed: readonly AgreedPrice[] = []): StoredMoney {
  const { currency } = product.price;
  const reached = product.tiers.filter(({ minimumQuantity }) => minimumQuantity <= quantity);
  const list = Math.min(product.price.amount, ...reached.map(({ amount }) => amount));
  // Between lists of one priority the better price decides, so that the answer never depends on the order of documents.
  const [best] = agreed
    .filter(({ minimumQuantity, price }) => minimumQuantity <= quantity && price.currency === currency)
    .sort(
      (a, b) => b.priority - a.priority || b.minimumQuantity - a.minimumQuantity || a.price.amount - b.price.amount,
    );
  return { amount: Math.min(list, best?.price.amount ?? list), currency };
}
