import { hash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, execute, parse } from "graphql";
import { expect, test } from "vitest";
import { curlOf } from "./curl.ts";
import { describeOperation } from "./described-operation.ts";
import { exampleAnswer } from "./example-answer.ts";

const root = join(import.meta.dirname, "../../../schema");
const schema = buildSchema(readFileSync(join(root, "generated/api.graphql"), "utf8"));
const bodies = globSync("operations/*/*.graphql", { cwd: root }).map(
  (file) => [file, readFileSync(join(root, file), "utf8")] as const,
);
const operation = (body: string, name = "Test") => ({ id: hash("sha256", body), name, type: "query" as const, body });

test.each(bodies)("%s has an example that the schema takes and gives", (_file, body) => {
  const described = describeOperation(schema, operation(body));
  const answer = exampleAnswer(schema, parse(body), described.exampleVariables);
  expect(answer).not.toHaveProperty("errors");
  expect(Object.values(answer.data ?? {}).length).toBeGreaterThan(0);
  expect(described.exampleAnswer).toEqual(answer);
});

test("variables are told as GraphQL writes them, with what must be sent", () => {
  const body = `query Test($id: ID!, $first: Int = 10, $after: String, $filter: In) { one(id: $id) }`;
  const own = buildSchema("input In { a: Int! } type Query { one(id: ID!): String }");
  const { variables, exampleVariables } = describeOperation(own, operation(body));
  expect(variables).toEqual([
    { name: "id", type: "ID!", isRequired: true, defaultValue: undefined },
    { name: "first", type: "Int", isRequired: false, defaultValue: "10" },
    { name: "after", type: "String", isRequired: false, defaultValue: undefined },
    { name: "filter", type: "In", isRequired: false, defaultValue: undefined },
  ]);
  expect(exampleVariables).toEqual({ id: "64b7c0ffee0123456789abcd", first: 10 });
});

test("inputs have what they must have, and one field of those that take exactly one", () => {
  const own = buildSchema(`
    input Line { sku: String!, quantity: Int!, note: String, size: Int! = 3 }
    input By @oneOf { id: ID email: String }
    input In { lines: [Line!]!, by: By! }
    type Query { one(input: In!): Int }
  `);
  const { exampleVariables } = describeOperation(own, operation("query Test($input: In!) { one(input: $input) }"));
  expect(exampleVariables).toEqual({
    input: { lines: [{ sku: "TG-1042", quantity: 1 }], by: { id: "64b7c0ffee0123456789abcd" } },
  });
  const result = execute({
    schema: own,
    document: parse("query($input: In!) { one(input: $input) }"),
    variableValues: exampleVariables,
  });
  expect(result).not.toHaveProperty("errors");
});

test("a type that the operation asks about stands for an interface", () => {
  const own = buildSchema(`
    interface Node { id: ID! } type A implements Node { id: ID! } type B implements Node { id: ID! size: Int }
    type Query { node: Node }
  `);
  const { exampleAnswer: answer } = describeOperation(own, operation("{ node { __typename ... on B { size } } }"));
  expect(answer).toEqual({ data: { node: { __typename: "B", size: 1 } } });
});

test("a curl line is what a shell passes on", () => {
  const line = curlOf("https://shop.example/graphql", "a".repeat(64), { name: "O'Hara $HOME" });
  expect(line).toContain(`--data '{"documentId":"sha256:${"a".repeat(64)}","variables":{"name":"O'\\''Hara $HOME"}}'`);
  expect(curlOf("https://shop.example/graphql", "ab12", {})).toContain('"documentId":"ab12"');
});
