import { buildSchema, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { entityTypesOf } from "./entity-types.ts";

const schema = buildSchema(`
  type Query { books: BookConnection node(id: ID!): Node price: Money }
  type Mutation { bookAdd: BookPayload }
  interface Node { id: ID! }
  type BookConnection { nodes: [Book!]! }
  type Book implements Node { id: ID! author: Author price: Money }
  type Author implements Node { id: ID! name: String }
  type Shelf implements Node { id: ID! }
  type BookPayload { book: Book }
  type Money { amount: Int }
`);
const typesOf = (text: string, name = "") => entityTypesOf(schema, parse(text), name);

describe("entityTypesOf", () => {
  it.each([
    ["{ __typename }", []],
    ["{ price { amount } }", []],
    ["{ books { nodes { price { amount } } } }", ["Book"]],
    ["{ books { nodes { author { name } } } }", ["Author", "Book"]],
    ["mutation { bookAdd { book { id } } }", ["Book"]],
    ['{ node(id: "1") { ... on Shelf { id } } }', ["Shelf"]],
    [
      "{ books { ...Some } } fragment Some on BookConnection { nodes { ...More } } fragment More on Book { id }",
      ["Book"],
    ],
    ['{ node(id: "1") { ...One } } fragment One on Author { id }', ["Author"]],
  ])("names what %s passes", (text, types) => {
    expect(typesOf(text)).toEqual(types);
  });

  it("looks at the operation that runs, and not at its neighbours", () => {
    const text = "query A { books { nodes { id } } } query B { price { amount } }";
    expect(typesOf(text, "A")).toEqual(["Book"]);
    expect(typesOf(text, "B")).toEqual([]);
  });

  it("computes once for each document and operation", () => {
    const document = parse("query A { books { nodes { id } } }");
    expect(entityTypesOf(schema, document, "A")).toBe(entityTypesOf(schema, document, "A"));
  });
});
