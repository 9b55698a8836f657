import { describe, expect, it } from "vitest";
import { type Offer, priceOrder } from "./order-pricing.ts";

const offer = (overrides: object = {}): Offer => ({
  productId: "p1",
  isAvailable: true,
  sku: "SKU-1",
  name: "Bolt",
  supplierId: "s1",
  unitPrice: { amount: 250, currency: "EUR" },
  quantityRule: { minimum: 1, maximum: null, increment: 1 },
  ...overrides,
});
const line = (quantity: number, productId = "p1") => ({ productId, quantity });
const errorsOf = (result: ReturnType<typeof priceOrder>) =>
  Array.isArray(result) ? result.map(({ __typename, field }) => `${__typename} ${field.join(".")}`) : [];

describe("priceOrder", () => {
  it("keeps what the product was called and cost, and sums up", () => {
    const second = offer({ productId: "p2", name: "Nut", unitPrice: { amount: 1, currency: "EUR" } });
    expect(priceOrder([line(3), line(4, "p2")], [offer(), second])).toMatchObject({
      lines: [
        { productId: "p1", quantity: 3, productName: "Bolt", price: { amount: 250 } },
        { productId: "p2", quantity: 4, productName: "Nut" },
      ],
      total: { amount: 754, currency: "EUR" },
    });
  });

  it.each([
    [9, true],
    [10, false],
    [12, true],
    [15, false],
    [20, false],
    [25, true],
  ])("checks the quantity %i against 10 to 20 by 5", (quantity, isRefused) => {
    const result = priceOrder([line(quantity)], [offer({ quantityRule: { minimum: 10, maximum: 20, increment: 5 } })]);
    expect(errorsOf(result)).toEqual(isRefused ? ["QuantityRuleError input.lines.0.quantity"] : []);
  });

  it("refuses what is not on sale, not answered, or answered for another line", () => {
    const unavailable: Offer = { productId: "p2", isAvailable: false };
    const result = priceOrder([line(1), line(1, "p2"), line(1, "p3"), line(1, "p4")], [offer(), unavailable, offer()]);
    expect(errorsOf(result)).toEqual([
      "ProductUnavailableError input.lines.1.productId",
      "ProductUnavailableError input.lines.2.productId",
      "ProductUnavailableError input.lines.3.productId",
    ]);
  });

  it("refuses two currencies in one order", () => {
    const dollars = offer({ productId: "p2", unitPrice: { amount: 1, currency: "USD" } });
    expect(errorsOf(priceOrder([line(1), line(1, "p2")], [offer(), dollars]))).toEqual([
      "InvalidInputError input.lines",
    ]);
  });

  it("refuses a sum that cannot be counted exactly", () => {
    const dear = offer({ unitPrice: { amount: Number.MAX_SAFE_INTEGER, currency: "EUR" } });
    expect(errorsOf(priceOrder([line(2)], [dear]))).toEqual(["InvalidInputError input.lines"]);
  });
});
