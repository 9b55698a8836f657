import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { walkProblems, type WalkedConnection } from "./walked-connections.ts";

const schema = buildSchema(`
  type Query { things(sort: ThingSort): ThingConnection }
  type Thing { parts: ThingConnection! }
  type ThingConnection { nodes: [Thing!]! }
  input ThingSort { key: ThingSortKey!  direction: Direction! = ASC }
  enum ThingSortKey { NAME }
  enum Direction { ASC DESC }
`);

const all: WalkedConnection[] = [
  { connection: "Query.things" },
  { connection: "Query.things", arguments: { sort: { key: "NAME", direction: "ASC" } } },
  { connection: "Query.things", arguments: { sort: { key: "NAME", direction: "DESC" } } },
  { connection: "Thing.parts" },
];
const without = (n: number) => all.filter((_, index) => index !== n);

describe("walkProblems", () => {
  it("is content with a walk for each connection and order", () => {
    expect(walkProblems(schema, all)).toEqual([]);
  });

  it("is content with a reason", () => {
    expect(walkProblems(schema, without(2), { "Query.things by NAME DESC": "too slow" })).toEqual([]);
  });

  it("finds a reason for nothing", () => {
    expect(walkProblems(schema, all, { "Query.things by AGE ASC": "" })).toEqual([
      "Query.things by AGE ASC does not exist",
    ]);
  });

  it.each([
    ["that the order without `sort` is missing", without(0), "Query.things is not walked"],
    ["that an order is missing", without(2), "Query.things by NAME DESC is not walked"],
    ["that a connection is missing", without(3), "Thing.parts is not walked"],
    ["a walk of nothing", [...all, { connection: "Thing.wholes" }], "Thing.wholes does not exist"],
  ])("finds %s", (_, walks, problem) => {
    expect(walkProblems(schema, walks)).toEqual([problem]);
  });
});
