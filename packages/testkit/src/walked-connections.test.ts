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

  it.each([
    ["the order without `sort`", without(0), "Query.things is not walked"],
    ["an order", without(2), "Query.things by NAME DESC is not walked"],
    ["a connection", without(3), "Thing.parts is not walked"],
    ["a walk of nothing", [...all, { connection: "Thing.wholes" }], "Thing.wholes does not exist"],
  ])("finds %s that is missing", (_, walks, problem) => {
    expect(walkProblems(schema, walks)).toEqual([problem]);
  });
});
