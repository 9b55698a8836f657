import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cacheKey, canonicalJson, isKeyOfEpoch } from "./cache-key.ts";

const parts = { namespace: "shop", epoch: "7f", level: "E", subgraph: "products", typeName: "Product" } as const;

/** The same value with the fields of all objects in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [name, field] of Object.entries(value).reverse()) copy[name] = reversed(field);
  return copy;
}

/** Lone surrogates included, and what might be taken for a border between parts. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom('"', ",", "\\", "[", ":", "\ud800", "\udfff") }),
);
const tuple = fc.array(text, { maxLength: 5 });

describe("cacheKey", () => {
  it("shows level, subgraph and type, so that an operator can tell keys apart", () => {
    const key = cacheKey({ ...parts, parts: ["a"] });
    expect(key).toMatch(/^shop:c1:7f:E:products:Product:[\w-]{43}$/);
    expect(cacheKey({ namespace: "shop", epoch: "7f", level: "W", parts: ["a"] })).toMatch(
      /^shop:c1:7f:W:-:-:[\w-]{43}$/,
    );
  });

  it("is the same for the same parts and another one for any others (P7)", () => {
    fc.assert(
      fc.property(tuple, tuple, (one, other) => {
        const isSame = one.length === other.length && one.every((part, index) => part === other[index]);
        expect(cacheKey({ ...parts, parts: one }) === cacheKey({ ...parts, parts: other })).toBe(isSame);
        expect(cacheKey({ ...parts, parts: one })).toBe(cacheKey({ ...parts, parts: [...one] }));
      }),
    );
  });

  it("differs when text moves from one part to the next", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        fc.pre(one !== "" && other !== "");
        const joined = cacheKey({ ...parts, parts: [one + other] });
        expect(
          new Set([
            joined,
            cacheKey({ ...parts, parts: [one, other] }),
            cacheKey({ ...parts, parts: [one + other, ""] }),
          ]).size,
        ).toBe(3);
      }),
    );
  });

  it("differs with each dimension", () => {
    const base = { ...parts, parts: ["a"] };
    const others = [
      { ...base, namespace: "other" },
      { ...base, epoch: "80" },
      { ...base, level: "R" as const },
      { ...base, subgraph: "orders" },
      { ...base, subgraph: undefined },
      { ...base, typeName: "Order" },
      { ...base, parts: ["b"] },
    ];
    expect(new Set([base, ...others].map(cacheKey)).size).toBe(8);
  });

  it("tells the lone surrogates apart that UTF-8 makes equal", () => {
    expect(cacheKey({ ...parts, parts: ["\ud800"] })).not.toBe(cacheKey({ ...parts, parts: ["\ud801"] }));
  });

  it("belongs to its epoch alone", () => {
    const key = cacheKey({ ...parts, parts: [] });
    expect(isKeyOfEpoch(key, "7f")).toBe(true);
    expect(isKeyOfEpoch(key, "7")).toBe(false);
    expect(isKeyOfEpoch(key, "E")).toBe(false);
  });
});

describe("canonicalJson", () => {
  it("does not show the order of fields, and says what JSON says (P7)", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const canonical = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(canonical);
        expect(JSON.parse(canonical)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("is another one for any value that JSON tells apart", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [oneAgain, otherAgain] = [one, other].map((value): unknown => JSON.parse(JSON.stringify(value)));
        let isSame = true;
        try {
          expect(oneAgain).toStrictEqual(otherAgain);
        } catch {
          isSame = false;
        }
        expect(canonicalJson(one) === canonicalJson(other)).toBe(isSame);
      }),
    );
  });

  it("keeps the order of lists", () => {
    expect(canonicalJson([2, 1, { b: 1, a: 2 }])).toBe('[2,1,{"a":2,"b":1}]');
  });

  it("tells null, absent, text and number apart", () => {
    const values = [{ a: null }, {}, { a: "1" }, { a: 1 }, { a: [1] }, { a: true }, { a: "true" }, { a: "null" }];
    expect(new Set(values.map(canonicalJson)).size).toBe(values.length);
  });

  it("takes for one what a subgraph would be sent the same text for", () => {
    expect(canonicalJson({ a: undefined })).toBe("{}");
    expect(canonicalJson(undefined)).toBe("null");
    expect(canonicalJson([-0, JSON.parse("1.0"), JSON.parse("1e3"), JSON.parse("1e999")])).toBe("[0,1,1000,null]");
    expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });

  it("has the digits of large integers that parsing left, as the subgraph gets them", () => {
    const parsed: unknown = JSON.parse("[9007199254740993]");
    expect(canonicalJson(parsed)).toBe(JSON.stringify(parsed));
  });

  it("keeps a field called __proto__", () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"d":1,"c":2}}'))).toBe('{"__proto__":{"c":2,"d":1},"b":1}');
  });

  it("rejects an object that contains itself", () => {
    const value: Record<string, unknown> = {};
    value.self = value;
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
