import { GraphQLError } from "graphql";
import { describe, expect, it } from "vitest";
import { type FetchSite, locateErrors, rememberSite, requestedFields } from "./fetch-site.ts";

const pathsOf = (site: FetchSite, data: unknown) =>
  locateErrors([rememberSite(new GraphQLError("down"), site)], data).map(({ path }) => path);

describe("requestedFields", () => {
  it("lists response names of a root fetch", () => {
    expect(requestedFields("query Q { __typename a: products { id } me { id } }")).toEqual(["a", "me"]);
  });

  it("looks below _entities, through inline and named fragments", () => {
    const query = `query Q($r: [_Any!]!) { _entities(representations: $r) { ... on Product { stars ...More } } }
      fragment More on Product { reviews { text } }`;
    expect(requestedFields(query)).toEqual(["stars", "reviews"]);
  });
});

describe("locateErrors", () => {
  it("gives one error for each field that stayed null, through nested lists", () => {
    const data = { a: [{ b: [{ x: null }, { x: 1 }] }, { b: [{ x: null }] }] };
    expect(pathsOf({ path: ["a", "@", "b", "@"], fields: ["x"] }, data)).toEqual([
      ["a", 0, "b", 0, "x"],
      ["a", 1, "b", 0, "x"],
    ]);
  });

  it("skips items of other types, which lack the field", () => {
    const data = { search: [{ title: "page" }, { stars: null }] };
    expect(pathsOf({ path: ["search", "@"], fields: ["stars"] }, data)).toEqual([["search", 1, "stars"]]);
  });

  it("stops where a null swallowed the field", () => {
    expect(pathsOf({ path: ["a", "@"], fields: ["x"] }, { a: [null, { x: null }] })).toEqual([
      ["a", 0],
      ["a", 1, "x"],
    ]);
    expect(pathsOf({ path: [], fields: ["a", "b"] }, null)).toEqual([["a"], ["b"]]);
  });

  it("points at the surroundings when only hidden fields were missing", () => {
    expect(pathsOf({ path: ["a", "@"], fields: ["weight"] }, { a: [{ cost: null }] })).toEqual([["a"]]);
  });

  it("has a bound", () => {
    const a = Array.from({ length: 1_000 }, () => ({ x: null }));
    expect(pathsOf({ path: ["a", "@"], fields: ["x"] }, { a })).toHaveLength(100);
  });

  it("leaves errors alone that have a path or belong to no fetch", () => {
    const errors = [new GraphQLError("a", { path: ["x"] }), new GraphQLError("b")];
    expect(locateErrors(errors, {})).toEqual(errors);
  });
});
