import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, execute, type GraphQLSchema, parse } from "graphql";
import { expect, test } from "vitest";
import { curlOf } from "./curl.ts";
import { describeOperation } from "./described-operation.ts";
import { exampleAnswer } from "./example-answer.ts";

const root = join(import.meta.dirname, "../../../schema");
const schema = buildSchema(readFileSync(join(root, "generated/api.graphql"), "utf8"));
const bodies = globSync("operations/*/*.graphql", { cwd: root }).map(
  (file) => [file, readFileSync(join(root, file), "utf8")] as const,
);
const graphOf = (own: GraphQLSchema) => ({ schema: own, costs: undefined });
const operation = (body: string, name = "Test") => ({ id: hash("sha256", body), name, type: "query" as const, body });

test.each(bodies)("%s has an example that the schema takes and gives", (_file, body) => {
  const described = describeOperation(graphOf(schema), operation(body));
  const answer = exampleAnswer(schema, parse(body), described.exampleVariables);
  expect(answer).not.toHaveProperty("errors");
  expect(Object.values(answer.data ?? {}).length).toBeGreaterThan(0);
  expect(described.exampleAnswer).toEqual(answer);
});

test("variables are told as GraphQL writes them, with what must be sent", () => {
  const body = `query Test($id: ID!, $first: Int = 10, $after: String, $filter: In) {
    one(id: $id, first: $first, after: $after, filter: $filter)
  }`;
  const own = buildSchema("input In { a: Int! } type Query { one(id: ID! first: Int after: String filter: In): Int }");
  const { variables, exampleVariables } = describeOperation(graphOf(own), operation(body));
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
  const { exampleVariables } = describeOperation(
    graphOf(own),
    operation("query Test($input: In!) { one(input: $input) }"),
  );
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

test("types of variables are told with those inside of them, once each, although they hold themselves", () => {
  const own = buildSchema(`
    scalar Day enum Colour { RED } input By { colour: Colour, inner: In, day: Day, text: String } input Other { a: Int }
    input In { by: [By!]! } type Query { one(input: [In!], by: By, other: Other): Int }
  `);
  const body = "query Test($input: [In!], $by: By) { one(input: $input, by: $by) }";
  const { inputTypes } = describeOperation(graphOf(own), operation(body));
  expect(inputTypes.match(/^(input|enum|scalar) \w+/gm)).toEqual(["input In", "input By", "enum Colour", "scalar Day"]);
  const plain = describeOperation(graphOf(own), operation("query Test { one }"));
  expect(plain.inputTypes).toBe("");
});

test("a type that the operation asks about stands for an interface", () => {
  const own = buildSchema(`
    interface Node { id: ID! } type A implements Node { id: ID! } type B implements Node { id: ID! size: Int }
    type Query { node: Node }
  `);
  for (const body of [
    "{ node { __typename ... on B { size } } }",
    "query Test { node { __typename ...OfB } } fragment OfB on B { size }",
  ]) {
    const { exampleAnswer: answer } = describeOperation(graphOf(own), operation(body));
    expect(answer).toEqual({ data: { node: { __typename: "B", size: 1 } } });
  }
});

const changing = buildSchema(`
  type Query { now: Int old: Int @deprecated(reason: "Use now.") node(first: Int): Query }
`);

test("what an operation asks for and is not there, or will not be, is told without hints at other fields", () => {
  const gone = describeOperation(graphOf(changing), operation("query Test($a: Int!) { now oldd(a: $a) }"));
  expect(gone.faults).toEqual(['Cannot query field "oldd" on type "Query".']);
  expect(gone).toMatchObject({ variables: [{ name: "a" }], exampleAnswer: undefined, cost: undefined });
  const going = describeOperation(graphOf(changing), operation("query Test { old }"));
  expect(going).toMatchObject({ faults: [], deprecations: ["The field Query.old is deprecated. Use now."] });
});

test.each(["", "{", "fragment F on Query { now }", "type A { b: Int }"])(
  "%j is described as faulty or empty",
  (body) => {
    const described = describeOperation(graphOf(changing), operation(body));
    expect(described).toMatchObject({ exampleAnswer: undefined, variables: [] });
  },
);

test("an operation that fragments make huge has no example, and takes no time", () => {
  const fragments = Array.from({ length: 30 }, (_, at) => {
    const next = at === 29 ? "now" : `...F${at + 1}`;
    return `fragment F${at} on Query { a: node(first: 1) { ${next} } b: node(first: 2) { ${next} } }`;
  });
  const before = process.threadCpuUsage();
  const described = describeOperation(graphOf(changing), operation(`query Test { ...F0 } ${fragments.join(" ")}`));
  expect(process.threadCpuUsage(before).user).toBeLessThan(2_000_000);
  expect(described).toMatchObject({ faults: [], exampleAnswer: undefined });
});

test("questions about the schema are not answered by an example", () => {
  for (const body of [
    "{ __schema { types { name } } }",
    '{ ...F } fragment F on Query { x: __type(name: "Query") { name } }',
  ]) {
    expect(describeOperation(graphOf(changing), operation(body))).toMatchObject({
      faults: [],
      exampleAnswer: undefined,
    });
  }
});

test("costs are told with the variables of the example", () => {
  const estimate = (_document: unknown, _name: unknown, variables: unknown) =>
    (variables as { first: number }).first * 2;
  const graph = { schema: changing, costs: { estimate, actual: estimate } };
  const { cost } = describeOperation(graph, operation("query Test($first: Int) { node(first: $first) { now } }"));
  expect(cost).toBe(20);
});

test("a curl line is what a shell passes on", () => {
  const line = curlOf("https://shop.example/graphql", "a".repeat(64), { name: "O'Hara $HOME" });
  const printed = execFileSync("sh", ["-c", line.replace("curl", "printf '%s\\n'")], { encoding: "utf8" });
  const data = JSON.parse(printed.slice(printed.indexOf("{"))) as unknown;
  expect(data).toEqual({ documentId: `sha256:${"a".repeat(64)}`, variables: { name: "O'Hara $HOME" } });
  expect(curlOf("https://shop.example/graphql", "ab12", {})).toContain('{\n  "documentId": "ab12"\n}');
});
