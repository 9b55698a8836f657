import { buildSchema, type GraphQLInterfaceType, type GraphQLObjectType } from "graphql";
import { describe, expect, it } from "vitest";
import { viewers } from "../../test/protected-monolith.ts";
import { createAccessRules } from "./access-rules.ts";
import { type PolicyFile } from "./policy-file.ts";

const schema = buildSchema(`
  type Query { thing: Thing list: [Wrapped!]! }
  interface Thing { id: ID name: String }
  type A implements Thing { id: ID name: String }
  type B implements Thing { id: ID name: String }
  scalar Wrapped
`);
const file = (
  types: PolicyFile["authorization"]["types"],
  fields: PolicyFile["authorization"]["fields"],
): PolicyFile => ({
  ...{ version: 1, supergraphHash: "0".repeat(64), authorization: { types, fields } },
});
const thing = schema.getType("Thing") as GraphQLInterfaceType;
const query = schema.getType("Query") as GraphQLObjectType;
const field = (type: GraphQLInterfaceType | GraphQLObjectType, name: string) => type.getFields()[name]!;

describe("createAccessRules", () => {
  it("asks an interface for the demands of its types, also when composition did not write them there", () => {
    const rules = createAccessRules(file({}, { "B.name": { authenticated: true } }), schema);
    const visitor = rules.grantsOf(viewers.visitor);
    expect(rules.mayRead(visitor, thing, field(thing, "name"))).toBe(false);
    expect(rules.mayRead(visitor, thing, field(thing, "id"))).toBe(true);
    expect(rules.mayRead(rules.grantsOf(viewers.buyer), thing, field(thing, "name"))).toBe(true);
    const closed = createAccessRules(file({ B: { authenticated: true } }, {}), schema);
    expect(closed.mayReadAny(closed.grantsOf(viewers.visitor), thing)).toBe(false);
    expect(closed.mayRead(closed.grantsOf(viewers.visitor), query, field(query, "thing"))).toBe(true);
  });

  it("finds the demands of a type inside of lists, and of a root type", () => {
    const rules = createAccessRules(file({ Wrapped: { authenticated: true } }, {}), schema);
    expect(rules.mayRead(rules.grantsOf(viewers.visitor), query, field(query, "list"))).toBe(false);
    const root = createAccessRules(file({ Query: { authenticated: true } }, {}), schema);
    expect(root.mayRead(root.grantsOf(viewers.visitor), query, field(query, "thing"))).toBe(false);
  });

  it("gives equal grants to callers of equal rights, whatever their other scopes", () => {
    const rules = createAccessRules(
      file({}, { "A.id": { scopes: [["admin"]] }, "A.name": { authenticated: true } }),
      schema,
    );
    expect(rules.grantsOf(viewers.buyer)).toBe(rules.grantsOf(viewers.reporter));
    expect(rules.grantsOf(viewers.buyer)).not.toBe(rules.grantsOf(viewers.admin));
    expect(rules.opensAll(rules.grantsOf(viewers.admin))).toBe(true);
  });

  it("takes no property of objects for a demand", () => {
    const odd = buildSchema("type Query { constructor: String toString: String }");
    const rules = createAccessRules(file({}, { "Query.toString": { authenticated: true } }), odd);
    const type = odd.getQueryType()!;
    expect(rules.mayRead(rules.grantsOf(viewers.visitor), type, field(type, "constructor"))).toBe(true);
  });

  it("refuses a supergraph that names a policy nothing decides", () => {
    expect(() => createAccessRules(file({ A: { policies: [["staff"], ["moon", "staff"]] } }, {}), schema)).toThrow(
      "moon",
    );
  });
});
