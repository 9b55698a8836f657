import { describe, expect, it } from "vitest";
import { askedText, createMonolith } from "../../test/protected-monolith.ts";

const ask = createMonolith();

describe("hostile documents", () => {
  it("open nothing by two thousand aliases, and get a bounded number of errors", async () => {
    const answer = await ask({
      query: `{ open ${Array.from({ length: 2_000 }, (_, index) => `a${index}: token`).join(" ")} }`,
    });
    expect(askedText(answer)).toBe("{ open }");
    expect(answer.errors).toHaveLength(100);
    expect(Object.values(answer.data ?? {}).filter((value) => value !== null)).toHaveLength(1);
  });

  it("open nothing through fragments twenty deep, each spread twice", async () => {
    const fragments = Array.from(
      { length: 20 },
      (_, index) =>
        `fragment F${index} on Book { n${index}: note next { ...F${index + 1} } other: next { ...F${index + 1} } }`,
    );
    const begin = process.threadCpuUsage();
    const query = `{ book { ...F0 } } ${fragments.join(" ")} fragment F20 on Book { price id }`;
    const answer = await createMonolith({ reject: true })({ query });
    expect(answer.errors).toHaveLength(100);
    expect(process.threadCpuUsage(begin).user).toBeLessThan(2_000_000);
    const linear = query.replaceAll(/other: next \{ \.\.\.F\d+ \}/g, "");
    expect(askedText(await ask({ query: linear }))).not.toMatch(/price|note/);
  });

  it("gain nothing from names that mean something to JavaScript", async () => {
    const query = "{ __proto__: token constructor: open book { __proto__: note hasOwnProperty: note toString: id } }";
    const { data, errors } = await ask({ query });
    expect(JSON.parse(JSON.stringify(data))).toEqual(
      JSON.parse(
        '{"__proto__":null,"constructor":' +
          JSON.stringify(data?.constructor) +
          ',"book":{"__proto__":null,"hasOwnProperty":null,"toString":' +
          JSON.stringify((data?.book as { toString: string }).toString) +
          "}}",
      ),
    );
    expect(errors).toHaveLength(3);
    expect(({} as Record<string, unknown>).token).toBeUndefined();
  });

  it("gain nothing from wrappers of every kind around a closed field", async () => {
    const query = `{ book { ... { ... on Book { ... on Owned { ... on Book { note } owner } ...A @include(if: true) } } } }
      fragment A on Thing { ... on Owned { ...B } } fragment B on Book { note price }`;
    expect(askedText(await ask({ query }))).toBe("{ book { typenameForAuthorization: __typename } }");
  });
});
