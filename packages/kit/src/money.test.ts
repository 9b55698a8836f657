import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  minorDigitsOf,
  moneyResolvers,
  type StoredMoney,
  sumMoney,
  timesQuantity,
  toDecimal,
  toMinorUnits,
} from "./money.ts";

const currency = fc.constantFrom("EUR", "USD", "JPY", "KWD", "VND", "TND");
const amount = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -2_000, max: 2_000 }));
const money: fc.Arbitrary<StoredMoney> = fc.record({ amount, currency });

describe("toDecimal", () => {
  it.each([
    [1999, "EUR", "19.99"],
    [5, "EUR", "0.05"],
    [0, "EUR", "0.00"],
    [-5, "EUR", "-0.05"],
    [-1999, "EUR", "-19.99"],
    [1999, "JPY", "1999"],
    [-1, "JPY", "-1"],
    [1999, "KWD", "1.999"],
    [1, "KWD", "0.001"],
    [Number.MAX_SAFE_INTEGER, "EUR", "90071992547409.91"],
  ])("of %d %s is %s", (minor, code, text) => {
    expect(toDecimal({ amount: minor, currency: code })).toBe(text);
  });

  it("has the digits of the currency, and nothing is lost on the way back", () => {
    fc.assert(
      fc.property(money, (given) => {
        const text = toDecimal(given);
        expect((text.split(".")[1] ?? "").length).toBe(minorDigitsOf(given.currency));
        expect(toMinorUnits(text, given.currency)).toBe(given.amount);
      }),
    );
  });
});

describe("toMinorUnits", () => {
  it.each([
    ["19.99", "EUR", 1999],
    ["19.9", "EUR", 1990],
    ["19", "EUR", 1900],
    ["19.990000", "EUR", 1999],
    ["-0.05", "EUR", -5],
    ["007", "EUR", 700],
    ["1.000", "JPY", 1],
    ["0.1", "KWD", 100],
    ["-0", "EUR", 0],
    ["-0.00", "EUR", 0],
  ])("of %s %s is %d", (text, code, minor) => {
    expect(toMinorUnits(text, code)).toBe(minor);
  });

  it.each([
    ["19.999", "EUR"],
    ["1.1", "JPY"],
    ["0.0001", "KWD"],
    ["90071992547409.92", "EUR"],
    ["9".repeat(400), "EUR"],
    ["", "EUR"],
    [".5", "EUR"],
    ["5.", "EUR"],
    ["+5", "EUR"],
    ["1e3", "EUR"],
    ["0x10", "EUR"],
    ["1,000", "EUR"],
    [" 1", "EUR"],
    ["1\n", "EUR"],
    ["Infinity", "EUR"],
    ["٣", "EUR"],
  ])("refuses %j %s", (text, code) => {
    expect(toMinorUnits(text, code)).toBeUndefined();
  });

  it("is exact or nothing, for any decimal text", () => {
    const text = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.stringMatching(/^\d{0,4}$/));
    fc.assert(
      fc.property(text, currency, ([whole, fraction], code) => {
        const digits = minorDigitsOf(code);
        const found = toMinorUnits(fraction === "" ? String(whole) : `${whole}.${fraction}`, code);
        const padded = fraction.padEnd(digits, "0");
        const exact = BigInt(`${whole}${padded.slice(0, digits)}`);
        const fits = /^0*$/.test(padded.slice(digits)) && exact <= BigInt(Number.MAX_SAFE_INTEGER);
        expect(found === undefined ? undefined : BigInt(found)).toBe(fits ? exact : undefined);
      }),
    );
  });
});

/** The exact result, or undefined when it was refused. */
function exactly(work: () => StoredMoney): bigint | undefined {
  try {
    return BigInt(work().amount);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return undefined;
  }
}

describe("timesQuantity", () => {
  it("is exact, or refused", () => {
    fc.assert(
      fc.property(money, fc.nat({ max: 1_000_000 }), (unit, quantity) => {
        const found = exactly(() => timesQuantity(unit, quantity));
        const exact = BigInt(unit.amount) * BigInt(quantity);
        const isSafe = Number.isSafeInteger(Number(exact)) && BigInt(Number(exact)) === exact;
        expect(found).toBe(isSafe ? exact : undefined);
      }),
    );
  });

  it.each([1.5, NaN, Infinity])("refuses %d units", (quantity) => {
    expect(() => timesQuantity({ amount: 1, currency: "EUR" }, quantity)).toThrow(RangeError);
  });
});

describe("sumMoney", () => {
  it("is exact, or refused", () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 20 }), (amounts) => {
        const parts = amounts.map((each) => ({ amount: each, currency: "EUR" }));
        const found = exactly(() => sumMoney(parts, "EUR"));
        const exact = amounts.reduce((sum, each) => sum + BigInt(each), 0n);
        if (found !== undefined) expect(found).toBe(exact);
        else expect(amounts.some((each) => Math.abs(each) > 2_000)).toBe(true);
      }),
    );
  });

  it("refuses a sum that is counted wrongly on the way, although it would end within bounds", () => {
    const parts = [Number.MAX_SAFE_INTEGER, 2, -2].map((each) => ({ amount: each, currency: "EUR" }));
    expect(() => sumMoney(parts, "EUR")).toThrow(RangeError);
  });

  it("of nothing is zero, and of two currencies refused", () => {
    expect(sumMoney([], "EUR")).toEqual({ amount: 0, currency: "EUR" });
    expect(() => sumMoney([{ amount: 1, currency: "USD" }], "EUR")).toThrow(RangeError);
  });
});

it("answers the three fields of the graph", () => {
  const price = { amount: 1999, currency: "EUR" };
  expect(moneyResolvers.amountMinor(price)).toBe(1999);
  expect(moneyResolvers.amount(price)).toBe("19.99");
  expect(moneyResolvers.currencyCode(price)).toBe("EUR");
});
