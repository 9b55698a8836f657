import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AskedParameters, createQueryReader, searchParameters } from "./operation-key.ts";

const read = createQueryReader();
const keyOf = (query: string, rest: Omit<AskedParameters, "query"> = {}) => read({ query, ...rest })?.key;

const plain = "query Page($first: Int, $after: String) { items(first: $first, after: $after) { id } }";
const values = { first: 3, after: "x" };

describe("the key of a query", () => {
  it("does not show spaces, comments, the operation's name, or the order of variables", () => {
    const key = keyOf(plain, { variables: values });
    expect(key).toBeTypeOf("string");
    const spaced =
      "# hello\nquery   Other ( $first:Int\n,$after: String ) {\n items(first:$first,after:$after){ id,} }";
    expect(keyOf(spaced, { variables: { after: "x", first: 3 } })).toBe(key);
    expect(keyOf(plain.replace(" Page", ""), { variables: values, operationName: null })).toBe(key);
    expect(keyOf(plain, { variables: values, operationName: "Page" })).toBe(key);
  });

  it("does not show values of variables that the operation does not have, nor a client that names itself", () => {
    const extensions = { clientLibrary: { name: "@apollo/client", version: "4.0.0" } };
    expect(keyOf(plain, { variables: { ...values, nonsense: 1 }, extensions })).toBe(
      keyOf(plain, { variables: values }),
    );
  });

  it("differs for other fields, aliases, values, and for null beside nothing", () => {
    const keys = [
      keyOf(plain, { variables: values }),
      keyOf(plain, { variables: { ...values, first: 4 } }),
      keyOf(plain, { variables: { ...values, first: "3" } }),
      keyOf(plain, { variables: { first: 3 } }),
      keyOf(plain, { variables: { first: 3, after: null } }),
      keyOf(plain.replace("{ id }", "{ id title }"), { variables: values }),
      keyOf(plain.replace("{ id }", "{ id: title }"), { variables: values }),
      keyOf(plain.replace("{ id }", "{ id @include(if: true) }"), { variables: values }),
      keyOf(plain.replace("$after: String", '$after: String = "x"'), { variables: { first: 3 } }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).not.toContain(undefined);
  });

  it("selects by name among several operations, all of which count", () => {
    const both = "query A { a } query B { b }";
    expect(keyOf(both, { operationName: "A" })).not.toBe(keyOf(both, { operationName: "B" }));
    expect(keyOf(both, { operationName: "A" })).not.toBe(keyOf("query A { a }"));
    expect(keyOf(both)).toBeUndefined();
  });

  it("names the operation as the caller does", () => {
    expect(read({ query: "query Mine { a }" })?.operationName).toBe("Mine");
    expect(read({ query: "query Yours { a }" })?.operationName).toBe("Yours");
  });

  it.each<[string, AskedParameters]>([
    ["a mutation", { query: "mutation { a }" }],
    ["a subscription", { query: "subscription { a }" }],
    ["a name that is not there", { query: "query A { a }", operationName: "B" }],
    ["an empty name", { query: "{ a }", operationName: "" }],
    ["no GraphQL", { query: "{ a" }],
    ["no text", { query: 1 }],
    ["nothing", {}],
    ["variables as text", { query: "{ a }", variables: "{}" }],
    ["a list of variables", { query: "{ a }", variables: [] }],
    ["a persisted query", { query: "{ a }", extensions: { persistedQuery: { version: 1 } } }],
    ["too many tokens", { query: `{ ${"a ".repeat(2_100)} }` }],
    ["variables without a bottom", { query: "query ($v: V) { a(v: $v) }", variables: { v: nested(60_000) } }],
  ])("leaves %s to Apollo", (_name, parameters) => {
    expect(read(parameters)).toBeUndefined();
  });

  it("is the same exactly for equal values", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const query = "query ($v: V) { a(v: $v) }";
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(keyOf(query, { variables: { v: one } }) === keyOf(query, { variables: { v: other } })).toBe(same);
      }),
    );
  });
});

describe("the parameters of a GET request", () => {
  it("are read as Apollo reads them", () => {
    const search = `?query={a}&variables=${encodeURIComponent('{"v":1}')}&operationName=A&other=1`;
    expect(searchParameters(search)).toEqual({ query: "{a}", variables: { v: 1 }, operationName: "A" });
  });
  it.each(["?query={a}&query={b}", "?query={a}&variables={", "?query={a}&variables=null"])(
    "are not read: %s",
    (search) => {
      expect(searchParameters(search)).toBeUndefined();
    },
  );
});

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

/** An oracle for canonical JSON. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>;
  const fields = Object.keys(record)
    .sort()
    .map((key) => [key, sorted(record[key])]);
  return { fields };
}
