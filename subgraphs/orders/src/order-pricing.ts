// From what products say about the lines to what the order costs, or to what the buyer must change. Pure.
import { type StoredMoney, sumMoney, timesQuantity } from "@tradegraph/kit/money";
import { type OrderLine } from "./order-input.ts";
import { invalidInput, type OrderPlaceError } from "./user-errors.ts";

/** What products offers for a line. */
export type Offer = UnavailableOffer | AvailableOffer;

interface UnavailableOffer {
  productId: string;
  isAvailable: false;
}

interface AvailableOffer {
  productId: string;
  isAvailable: true;
  sku: string;
  name: string;
  supplierId: string;
  unitPrice: StoredMoney;
  quantityRule: { minimum: number; maximum?: number | null; increment: number };
}

export interface PricedLine extends OrderLine {
  sku: string;
  productName: string;
  supplierId: string;
  price: StoredMoney;
}

export interface PricedOrder {
  lines: PricedLine[];
  total: StoredMoney;
}

/** @param offers one for each line, in the same order */
export function priceOrder(lines: readonly OrderLine[], offers: readonly Offer[]): PricedOrder | OrderPlaceError[] {
  const errors: OrderPlaceError[] = [];
  const priced: PricedLine[] = [];
  for (const [index, line] of lines.entries()) {
    const offer = offers[index];
    const error = lineError(line, offer, index);
    if (error) errors.push(error);
    else if (offer?.isAvailable) {
      const { sku, name, supplierId, unitPrice } = offer;
      priced.push({ ...line, sku, productName: name, supplierId, price: unitPrice });
    }
  }
  const currencies = new Set(priced.map(({ price }) => price.currency));
  if (currencies.size > 1) {
    errors.push(
      invalidInput(`Order products of one currency at a time; these are in ${[...currencies].join(" and ")}.`, "lines"),
    );
  }
  if (errors.length > 0) return errors;
  const total = totalOf(priced);
  return total ? { lines: priced, total } : [invalidInput("The order is too large; order less.", "lines")];
}

/** @returns undefined for a sum beyond what can be counted exactly */
function totalOf(lines: readonly PricedLine[]): StoredMoney | undefined {
  try {
    return sumMoney(
      lines.map(({ price, quantity }) => timesQuantity(price, quantity)),
      lines[0]?.price.currency ?? "",
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function lineError(
  { productId, quantity }: OrderLine,
  offer: Offer | undefined,
  index: number,
): OrderPlaceError | undefined {
  const place = ["input", "lines", String(index)];
  if (offer?.productId !== productId || !offer.isAvailable) {
    const message = "This product is not on sale; take it out.";
    return { __typename: "ProductUnavailableError", message, field: [...place, "productId"], productId };
  }
  const { minimum, increment } = offer.quantityRule;
  const maximum = offer.quantityRule.maximum ?? undefined;
  if (quantity >= minimum && quantity <= (maximum ?? Infinity) && quantity % increment === 0) return undefined;
  const range = maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`;
  return {
    __typename: "QuantityRuleError",
    message: `Order ${range}${increment > 1 ? `, a multiple of ${increment}` : ""}.`,
    field: [...place, "quantity"],
    productId,
    minimum,
    maximum,
    increment,
  };
}
