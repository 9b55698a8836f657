import { describe, expect, it } from "vitest";
import { checkOrderInput, type OrderInput } from "./order-input.ts";

const productId = "5f5f5f5f5f5f5f5f5f5f5f5f";
const address = { street: "Hafenstrasse 1", city: "Hamburg", zip: "20457", country: "DE" };
const input = (overrides: Partial<OrderInput> = {}): OrderInput => ({
  lines: [{ productId, quantity: 1 }],
  shippingAddress: address,
  paymentMethod: "card",
  ...overrides,
});
const fieldsOf = (overrides: Partial<OrderInput>) => {
  const checked = checkOrderInput(input(overrides));
  return Array.isArray(checked) ? checked.map(({ field }) => field.slice(1).join(".")) : [];
};
const text = (length: number) => "x".repeat(length);

describe("checkOrderInput", () => {
  it("trims text and leaves out what is empty, so that equal orders are equal", () => {
    const plain = checkOrderInput(input());
    const padded = checkOrderInput(
      input({ shippingAddress: { ...address, city: " Hamburg ", state: " " }, notes: "  ", purchaseOrderNumber: null }),
    );
    expect(padded).toEqual(plain);
    expect(JSON.stringify(padded)).toBe(JSON.stringify(plain));
  });

  it.each<[string, Partial<OrderInput>]>([
    ["lines", { lines: [] }],
    ["lines", { lines: Array.from({ length: 101 }, () => ({ productId, quantity: 1 })) }],
    ["lines.0.quantity", { lines: [{ productId, quantity: 0 }] }],
    ["lines.0.quantity", { lines: [{ productId, quantity: 1_000_001 }] }],
    ["lines.1.productId", { lines: [1, 1].map((quantity) => ({ productId, quantity })) }],
    ["shippingAddress.street", { shippingAddress: { ...address, street: text(201) } }],
    ["shippingAddress.city", { shippingAddress: { ...address, city: " " } }],
    ["shippingAddress.state", { shippingAddress: { ...address, state: text(101) } }],
    ["shippingAddress.zip", { shippingAddress: { ...address, zip: text(21) } }],
    ["billingAddress.country", { billingAddress: { ...address, country: "de" } }],
    ["purchaseOrderNumber", { purchaseOrderNumber: text(65) }],
    ["notes", { notes: text(2_001) }],
  ])("finds what is wrong with %s", (field, overrides) => {
    expect(fieldsOf(overrides)).toEqual([field]);
  });

  it("takes everything up to the limits", () => {
    const longest = { street: text(200), city: text(100), state: text(100), zip: text(20), country: "DE" };
    const overrides = { shippingAddress: longest, purchaseOrderNumber: text(64), notes: text(2_000) };
    expect(fieldsOf({ ...overrides, lines: [{ productId, quantity: 1_000_000 }] })).toEqual([]);
  });
});
