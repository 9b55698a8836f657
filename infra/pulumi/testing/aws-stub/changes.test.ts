import { describe, expect, it } from "vitest";
import { type Kind } from "../aws-schema/kind.ts";
import { changesOf } from "./changes.ts";

const kind: Kind = {
  inputs: { name: { shape: "string" }, sealed: { shape: "string", replaces: true }, region: { shape: "string" } },
  outputs: {},
  types: {},
};
const changes = (olds: object, news: object, ignored: string[] = [], token = "aws:iam/role:Role") =>
  changesOf(token, kind, { ...olds }, { ...news }, ignored).map(
    ({ path, kind: how, replaces }) => `${how} ${path}${replaces ? " (replaces)" : ""}`,
  );

describe("changesOf", () => {
  it("finds nothing between equal inputs, whatever the order of their fields", () => {
    expect(changes({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 })).toEqual([]);
  });

  it("names the path of each change as the engine shows it", () => {
    expect(
      changes(
        { tags: { "a:b": "1" }, rules: [{ days: 1 }], gone: 1 },
        { tags: { "a:b": "2" }, rules: [{ days: 2 }, {}], description: "x" },
      ),
    ).toEqual(['update tags["a:b"]', "update rules[0].days", "add rules[1]", "delete gone", "add description"]);
  });

  it("says what a change replaces: the name, what AWS cannot change, what the types say, the region", () => {
    expect(changes({ name: "a" }, { name: "b" })).toEqual(["update name (replaces)"]);
    expect(changes({ path: "/a/" }, { path: "/b/" })).toEqual(["update path (replaces)"]);
    expect(changes({ sealed: "a" }, { sealed: "b" })).toEqual(["update sealed (replaces)"]);
    expect(changes({ region: "a" }, { region: "b" })).toEqual(["update region (replaces)"]);
    expect(changes({ path: "/a/" }, { path: "/b/" }, [], "aws:sns/topic:Topic")).toEqual(["update path"]);
  });

  it("leaves out what the program ignores, whole or in part", () => {
    expect(changes({ a: { b: 1, c: 1 } }, { a: { b: 2, c: 2 } }, ["a"])).toEqual([]);
    expect(changes({ a: { b: 1, c: 1 } }, { a: { b: 2, c: 2 } }, ["a.b"])).toEqual(["update a.c"]);
  });
});
