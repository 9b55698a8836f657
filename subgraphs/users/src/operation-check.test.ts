import { buildSchema } from "graphql";
import { expect, it } from "vitest";
import { checkOperation } from "./operation-check.ts";

const schema = buildSchema("type Query { a: Query b: Int }");
const deep = { operationId: "deep", body: "query Deep { a { a { b } } }" };
const isTaken = (limits?: Parameters<typeof checkOperation>[2]) =>
  typeof checkOperation(schema, deep, limits) === "object";

it("takes what is not above the limits of partners, and all where they are only measured", () => {
  const limits = { depth: 3, height: 10, aliases: 10, rootFields: 10, directives: 10 };
  expect([isTaken(), isTaken(limits), isTaken({ ...limits, depth: 2 }), isTaken(null)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
