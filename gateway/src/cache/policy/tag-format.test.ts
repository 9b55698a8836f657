import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestTag, parseTagFormat, tagsOfFormat, type TagValues } from "./tag-format.ts";

const tagsOf = (format: string, values: TagValues, most?: number) => tagsOfFormat(parseTagFormat(format), values, most);

describe("tag formats", () => {
  it.each([
    ["products", {}, "products"],
    ["product-{$key.id}", { key: { id: "42" } }, "product-42"],
    ["product-{$key.id}", { key: { id: 42 } }, "product-42"],
    ["x-{$args.by.sku}", { args: { by: { sku: "A-1_b.c" } } }, "x-A-1_b.c"],
    ["x-{$args.flag}-{$args.n}", { args: { flag: true, n: 1.5 } }, "x-true-1.5"],
    ["x-{$args.at}", { args: { at: { b: [1] } } }, 'x-%7B;"b":[1]%7D;'],
    ["x-{$args.a}", { args: { a: null } }, "x-"],
    ["x-{$args.a}", { args: {} }, "x-"],
    ["x-{$args.a.b}", { args: { a: "text" } }, "x-"],
    ["x-{$args.constructor}", { args: {} }, "x-"],
    ["x-{$args.a}", {}, "x-"],
    ["x-{$args.a}", { args: { a: "ä, b%\n" } }, "x-%E4;%2C;%20;b%25;%A;"],
    ["x-{$args.a}", { args: { a: "\ud800" } }, "x-%D800;"],
    ["{$args.a}-{$args.b}", { args: { a: "1-2", b: "3" } }, "1%2D;2-3"],
  ])("%s of %j is %s", (format, values, tag) => {
    expect(tagsOf(format, values)).toEqual([tag]);
  });

  it.each([
    ["", "a tag is not empty"],
    ["a{$args.x", "no placeholder"],
    ["a}", "no placeholder"],
    ["{args.x}", "no placeholder"],
    ["{$args}", "no placeholder"],
    ["{$args.x.}", "no placeholder"],
    ["{$args.0}", "no placeholder"],
    ["{$env.x}", "nothing gives"],
    ["a b", "without blanks"],
    ["a,b", "without blanks"],
    ["ä", "printable ASCII"],
    ["{$args.x}{$args.y}", "need text between"],
  ])("refuse %j", (format, message) => {
    expect(() => parseTagFormat(format)).toThrow(message);
  });

  it("give one tag for each element of a list where more than one is wanted", () => {
    const values = { args: { lines: [{ id: "1" }, { id: "2" }, { id: "1" }] }, result: { s: "x" } };
    expect(tagsOf("p-{$args.lines.id}/{$result.s}", values, 10)).toEqual(["p-1/x", "p-2/x"]);
    expect(tagsOf("p-{$args.lines.id}", { args: { lines: [] } }, 10)).toEqual([]);
    expect(tagsOf("p-{$args.lines.id}", values)).toBeUndefined();
  });

  it("have a hash instead of a long end, another one for each end", () => {
    const [one, other] = ["a", "b"].map((end) => tagsOf("x-{$args.a}", { args: { a: "y".repeat(5_000) + end } }));
    expect(one?.[0]).toHaveLength(longestTag);
    expect(one).not.toEqual(other);
    expect(tagsOf("x-{$args.a}", { args: { a: "y".repeat(longestTag - 2) } })?.[0]).toMatch(/^x-y+$/);
  });

  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), fc.stringMatching(/^[-:/.%a;1]{0,6}$/));
  const separator = fc.stringMatching(/^[-:/.;~a-z]{1,3}$/);

  it("give two different pairs of texts two tags, which any header can carry", () => {
    fc.assert(
      fc.property(separator, fc.tuple(text, text), fc.tuple(text, text), (between, one, other) => {
        const tag = ([a, b]: [string, string]) => tagsOf(`x{$args.a}${between}{$args.b}`, { args: { a, b } })?.[0];
        expect(tag(one)).toMatch(/^[\x21-\x2b\x2d-\x7e]+$/);
        if (JSON.stringify(one) !== JSON.stringify(other)) expect(tag(one)).not.toBe(tag(other));
      }),
      { numRuns: 2_000 },
    );
  });
});
