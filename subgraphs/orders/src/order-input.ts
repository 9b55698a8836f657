// Checks of what a buyer sends, before anything is asked of a database.
import { toObjectId } from "@tradegraph/kit/node-id";
import { type StoredPaymentMethod } from "./enums.ts";
import { type AddressDocument, addressLimits, countryPattern } from "./models/address.ts";
import { type InvalidInput, invalidInput } from "./user-errors.ts";

type Optional<T> = T | null | undefined;

export interface AddressText {
  street: string;
  city: string;
  state?: Optional<string>;
  zip: string;
  country: string;
}

export interface OrderLine {
  productId: string;
  quantity: number;
}

/** `OrderPlaceInput` as it arrives. */
export interface OrderInput {
  lines: readonly OrderLine[];
  shippingAddress: AddressText;
  billingAddress?: Optional<AddressText>;
  paymentMethod: StoredPaymentMethod;
  purchaseOrderNumber?: Optional<string>;
  notes?: Optional<string>;
}

/** The same after the checks: nothing is null, text is trimmed, and equal orders are equal. */
export interface OrderRequest {
  lines: OrderLine[];
  shippingAddress: AddressDocument;
  billingAddress?: AddressDocument;
  paymentMethod: StoredPaymentMethod;
  purchaseOrderNumber?: string;
  notes?: string;
}

const most = { lines: 100, quantity: 1_000_000, purchaseOrderNumber: 64, notes: 2_000 };

/** @throws PublicError BAD_USER_INPUT for a product id that is none */
export function checkOrderInput(input: OrderInput): OrderRequest | InvalidInput[] {
  const errors = [
    ...lineErrors(input.lines),
    ...addressErrors(input.shippingAddress, "shippingAddress"),
    ...(input.billingAddress ? addressErrors(input.billingAddress, "billingAddress") : []),
    ...tooLong(input.purchaseOrderNumber, most.purchaseOrderNumber, "purchaseOrderNumber"),
    ...tooLong(input.notes, most.notes, "notes"),
  ];
  if (errors.length > 0) return errors;
  const purchaseOrderNumber = input.purchaseOrderNumber?.trim();
  const notes = input.notes?.trim();
  return {
    lines: input.lines.map(({ productId, quantity }) => ({ productId, quantity })),
    shippingAddress: trimmed(input.shippingAddress),
    ...(input.billingAddress && { billingAddress: trimmed(input.billingAddress) }),
    paymentMethod: input.paymentMethod,
    ...(purchaseOrderNumber && { purchaseOrderNumber }),
    ...(notes && { notes }),
  };
}

function lineErrors(lines: readonly OrderLine[]): InvalidInput[] {
  if (lines.length === 0 || lines.length > most.lines) {
    return [invalidInput(`Order 1 to ${most.lines} lines.`, "lines")];
  }
  const seen = new Set<string>();
  return lines.flatMap(({ productId, quantity }, index) => {
    const place = ["lines", String(index)];
    const isRepeated = seen.has(toObjectId(productId, "productId").toHexString());
    seen.add(productId);
    return [
      ...(isRepeated ? [invalidInput("Name each product once, with all its units.", ...place, "productId")] : []),
      ...(quantity < 1 || quantity > most.quantity
        ? [invalidInput("Order 1 to 1,000,000 units of a product.", ...place, "quantity")]
        : []),
    ];
  });
}

function addressErrors(address: AddressText, field: string): InvalidInput[] {
  const required = (["street", "city", "zip"] as const).filter((part) => address[part].trim() === "");
  return [
    ...required.map((part) => invalidInput(`Fill in ${part}.`, field, part)),
    ...Object.entries(addressLimits).flatMap(([part, limit]) =>
      tooLong(address[part as keyof AddressText], limit, field, part),
    ),
    ...(countryPattern.test(address.country)
      ? []
      : [invalidInput("Give the country as two capital letters, such as DE.", field, "country")]),
  ];
}

const tooLong = (text: Optional<string>, limit: number, ...field: string[]): InvalidInput[] =>
  (text ?? "").trim().length > limit ? [invalidInput(`Use at most ${limit} characters.`, ...field)] : [];

function trimmed({ street, city, state, zip, country }: AddressText): AddressDocument {
  const region = state?.trim();
  return { street: street.trim(), city: city.trim(), ...(region && { state: region }), zip: zip.trim(), country };
}
