import fc from "fast-check";
import { type GraphQLScalarType, Kind } from "graphql";
import { describe, expect, it } from "vitest";
import { toDecimal } from "./money.ts";
import { CurrencyCode, DateTime, Decimal, Long, scalarResolvers, URLScalar } from "./scalars.ts";

const badInput = expect.objectContaining({ extensions: { code: "BAD_USER_INPUT" } }) as Error;

function accepts(scalar: GraphQLScalarType, cases: [text: string, value: unknown][]) {
  it.each(cases)("accepts %j", (text, value) => {
    expect(scalar.parseValue(text)).toEqual(value);
    expect(scalar.parseLiteral({ kind: Kind.STRING, value: text })).toEqual(value);
  });
}

function refuses(scalar: GraphQLScalarType, cases: unknown[]) {
  it.each(cases.map((value) => [value]))("refuses %j", (value) => {
    expect(() => scalar.parseValue(value)).toThrow(badInput);
    if (typeof value === "string") expect(() => scalar.parseLiteral({ kind: Kind.STRING, value })).toThrow(badInput);
  });
  it("refuses a literal of another kind", () => {
    expect(() => scalar.parseLiteral({ kind: Kind.BOOLEAN, value: true })).toThrow(badInput);
  });
}

/** A value that the database should never have held is our fault, not the caller's: it must be masked and logged. */
function failsToWrite(scalar: GraphQLScalarType, cases: unknown[]) {
  it.each(cases.map((value) => [value]))("does not blame the caller for a stored %j", (value) => {
    expect(() => scalar.serialize(value)).toThrow();
    expect(() => scalar.serialize(value)).not.toThrow(badInput);
  });
}

describe("DateTime", () => {
  accepts(DateTime, [
    ["2026-01-31T12:00:00Z", new Date(Date.UTC(2026, 0, 31, 12))],
    ["2026-01-31T12:00:00.123Z", new Date(Date.UTC(2026, 0, 31, 12, 0, 0, 123))],
    ["2026-01-31T12:00:00.123456789Z", new Date(Date.UTC(2026, 0, 31, 12, 0, 0, 123))],
    ["2026-01-31T12:00:00+02:00", new Date(Date.UTC(2026, 0, 31, 10))],
    ["2024-02-29T00:00:00Z", new Date(Date.UTC(2024, 1, 29))],
  ]);
  refuses(DateTime, [
    "2026-01-31",
    "2026-01-31T12:00:00",
    "2026-01-31 12:00:00Z",
    "2026-13-01T00:00:00Z",
    // JavaScript would make the first or second of March out of these.
    "2026-02-30T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-04-31T10:00:00+02:00",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:00:00+25:00",
    "yesterday",
    "",
    0,
    null,
    { $date: 0 },
  ]);
  failsToWrite(DateTime, [new Date(NaN), "2026-01-31T12:00:00Z", null]);

  it("gives any moment back as it was, always in UTC", () => {
    const moment = fc.date({
      noInvalidDate: true,
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
    });
    fc.assert(
      fc.property(moment, (date) => {
        expect(DateTime.parseValue(DateTime.serialize(date))).toEqual(date);
        expect(DateTime.serialize(date)).toMatch(/Z$/);
      }),
    );
  });
});

describe("Decimal", () => {
  accepts(Decimal, [
    ["19.99", "19.99"],
    ["-0.5", "-0.5"],
    ["1234567890123456.123456", "1234567890123456.123456"],
  ]);
  refuses(Decimal, [
    "1.",
    ".5",
    "1e3",
    "+1",
    "1,5",
    "NaN",
    "",
    " 1",
    "1\n",
    "12345678901234567",
    "1.1234567",
    19.99,
    null,
  ]);
  failsToWrite(Decimal, [19.99, "1e3", null]);

  it("writes every amount of money that can be stored", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom("EUR", "JPY", "KWD"), (amount, currency) => {
        expect(Decimal.serialize(toDecimal({ amount, currency }))).toBe(toDecimal({ amount, currency }));
      }),
    );
  });
});

describe("CurrencyCode", () => {
  accepts(CurrencyCode, [["EUR", "EUR"]]);
  refuses(CurrencyCode, ["eur", "EURO", "EU", "", "EUR\n", "€", 978, null]);
  failsToWrite(CurrencyCode, ["eur", null]);
});

describe("URL", () => {
  accepts(URLScalar, [
    ["https://www.example.com/a?b=c#d", "https://www.example.com/a?b=c#d"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["/pages/terms", "/pages/terms"],
    ["/", "/"],
  ]);
  refuses(URLScalar, [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "ftp://example.com",
    "//evil.example",
    // Browsers read these as `//evil.example`.
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://exa mple.com",
    "https://",
    "pages/terms",
    "",
    1,
    null,
  ]);
  failsToWrite(URLScalar, ["javascript:alert(1)", "//evil.example", null]);
});

describe("Long", () => {
  it.each([0, -1, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])("accepts %d", (value) => {
    expect(Long.parseValue(value)).toBe(value);
    expect(Long.serialize(value)).toBe(value);
    expect(Long.parseLiteral({ kind: Kind.INT, value: String(value) })).toBe(value);
  });

  it.each([[1.5], [2 ** 53], [NaN], [Infinity], ["1"], [null], [true], [1n]])("refuses %s", (value) => {
    expect(() => Long.parseValue(value)).toThrow(badInput);
  });

  it("refuses literals that are no whole number, or one too large", () => {
    expect(() => Long.parseLiteral({ kind: Kind.INT, value: "9007199254740993" })).toThrow(badInput);
    expect(() => Long.parseLiteral({ kind: Kind.FLOAT, value: "1.5" })).toThrow(badInput);
    expect(() => Long.parseLiteral({ kind: Kind.STRING, value: "1" })).toThrow(badInput);
  });

  failsToWrite(Long, [1.5, 2 ** 53, "1", null]);
});

it("goes by the names of the graph", () => {
  for (const [name, scalar] of Object.entries(scalarResolvers)) expect(scalar.name).toBe(name);
});
