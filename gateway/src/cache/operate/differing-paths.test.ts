import { describe, expect, it } from "vitest";
import { differingPaths } from "./differing-paths.ts";

const paths = (left: unknown, right: unknown, most = 10) => differingPaths(left, right, most);

describe("the paths where two answers differ", () => {
  it("are none where only the order of keys does", () => {
    expect(paths({ data: { a: 1, b: [null, "x"] } }, { data: { b: [null, "x"], a: 1 } })).toEqual([]);
  });

  it("lead to each value that is another one, is missing, or is of another kind", () => {
    const left = { data: { item: { stock: 1, label: "a", tags: ["x"], sub: { id: 1 } } } };
    const right = { data: { item: { stock: 2, tags: { x: 1 }, sub: null, more: 1 } }, errors: [{ message: "secret" }] };
    const item = ["stock", "label", "tags", "sub", "more"].map((name) => `data.item.${name}`);
    expect(paths(left, right)).toEqual([...item, "errors"]);
  });

  it("tell that lists are not equally long, and which of their elements differ", () => {
    expect(paths({ data: { items: [{ id: 1 }, { id: 2 }] } }, { data: { items: [{ id: 3 }] } })).toEqual([
      "data.items.length",
      "data.items.0.id",
    ]);
  });

  it("hide keys that no field has: they are somebody's data", () => {
    expect(paths({ data: { json: { "ann@example.com": 1 } } }, { data: { json: { "bob smith": 1 } } })).toEqual([
      "data.json.*",
      "data.json.*",
    ]);
  });

  it("are as many as wanted", () => {
    const many = (value: number) => ({
      data: Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}`, value])),
    });
    expect(paths(many(1), many(2))).toHaveLength(10);
    expect(paths(many(1), many(2), 3)).toEqual(["data.f0", "data.f1", "data.f2"]);
  });

  it("do not stumble over keys that objects inherit", () => {
    expect(paths({ data: {} }, { data: { constructor: 1 } })).toEqual(["data.constructor"]);
  });
});
