// Wrong input to every root field: an error with a code, never a 500 and never a stack trace.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import {
  buildSchema,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  getNullableType,
  isListType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isNonNullType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoShop } from "./demo.ts";

const schema = buildSchema(readFileSync(resolve(import.meta.dirname, "../schema/generated/api.graphql"), "utf8"));
const knownCodes = [
  "BAD_USER_INPUT",
  "GRAPHQL_VALIDATION_FAILED",
  "GRAPHQL_PARSE_FAILED",
  "NOT_FOUND",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "UNAUTHORIZED_FIELD_OR_TYPE",
  "BAD_REQUEST",
  "COST_ESTIMATED_TOO_EXPENSIVE",
];

let graph: TestGraph;

beforeAll(async () => {
  graph = await startGraph({ seed: true });
});

afterAll(() => graph.stop());

/** A value that the argument's type takes, so that only the one under test is wrong. */
function valid(argument: GraphQLArgument): unknown {
  const type = getNamedType(argument.type);
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    if (type.name.endsWith("By")) return { id: "5f5f5f5f5f5f5f5f5f5f5f5f" };
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type))
        .map((field) => [field.name, valid(field as unknown as GraphQLArgument)]),
    );
  }
  return {
    ...{ Int: 1, Float: 1, Boolean: true, ID: "5f5f5f5f5f5f5f5f5f5f5f5f", String: "some text" },
    ...{ Decimal: "1.00", CurrencyCode: "EUR", DateTime: "2026-01-31T12:00:00.000Z", Long: 1 },
  }[type.name];
}

/** Wrong values for an argument: an operator of the database wherever a value is wanted, and what is wrong for its type. */
const wrong = (argument: GraphQLArgument): unknown[] => [
  ...(isLeafType(getNamedType(argument.type)) ? [{ $ne: null }] : []),
  ...wrongFor(argument),
];

/** By name and type. */
function wrongFor(argument: GraphQLArgument): unknown[] {
  const type = getNamedType(argument.type);
  if (["first", "last"].includes(argument.name)) return [0, -1, 1_000_000_000, 101];
  if (["after", "before"].includes(argument.name))
    return [
      "",
      "nonsense",
      "eyJ2IjoxfQ",
      Buffer.from('["x",{"$gt":1},"5f5f5f5f5f5f5f5f5f5f5f5f"]').toString("base64url"),
    ];
  if (type.name === "ID") return ["", "nonsense", "../../etc/passwd", "5f5f5f5f5f5f5f5f5f5f5f5g", "x".repeat(10_000)];
  if (type.name.endsWith("Sort")) return [{ key: "NO_SUCH_KEY" }, { key: "NAME; drop" }, {}];
  if (isInputObjectType(type)) return [{ no_such_field: 1 }, [], "text"];
  if (argument.name === "query") return ["", "   ", "x".repeat(500)];
  return [];
}

/** The same inside an input object: one wrong field among right ones. */
function wrongInside(argument: GraphQLArgument): unknown[] {
  const type = getNamedType(argument.type);
  if (!isInputObjectType(type) || type.isOneOf) return [];
  return Object.values(type.getFields()).flatMap((inner) =>
    opaque.has(`${type.name}.${inner.name}`)
      ? []
      : wrong(inner as unknown as GraphQLArgument).map((value) => ({
          ...(valid(argument) as object),
          [inner.name]: isListType(getNullableType(inner.type)) ? [value] : value,
        })),
  );
}

/** Names that need not be ids: nothing has a name nobody gave. */
const opaque = new Set(["AuditEntryFilter.userId", "AuditEntryFilter.subjectId"]);

const casesOf = (type: GraphQLObjectType | null | undefined) =>
  Object.values(type?.getFields() ?? {}).flatMap((field) =>
    field.args.flatMap((argument) =>
      [...wrong(argument), ...wrongInside(argument)].map((value) => ({ field, argument, value })),
    ),
  );

const cases = [
  ...casesOf(schema.getQueryType()).map((one) => ({ ...one, kind: "query" as const })),
  ...casesOf(schema.getMutationType()).map((one) => ({ ...one, kind: "mutation" as const })),
];

function documentFor(
  kind: "query" | "mutation",
  field: GraphQLField<unknown, unknown>,
  used: GraphQLArgument[],
): string {
  const declared = used.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = used.map(({ name }) => `${name}: $${name}`).join(", ");
  const payload = kind === "mutation" ? "{ userErrors { __typename } }" : "{ __typename }";
  const selection = isLeafType(getNamedType(field.type)) ? "" : payload;
  const key = field.name === "orderPlace" ? '@idempotent(key: "bad-input-test")' : "";
  return `${kind} (${declared}) { answer: ${field.name}(${passed}) ${key} ${selection} }`;
}

const isText = (value: unknown) => typeof value === "string";

describe("wrong input", () => {
  it(`gives an error with a code, in ${cases.length} cases over every argument of every query and mutation`, async () => {
    const problems: string[] = [];
    for (const { kind, field, argument, value } of cases) {
      const used = field.args.filter(
        (candidate) =>
          candidate === argument || (isNonNullType(candidate.type) && candidate.defaultValue === undefined),
      );
      const variables = Object.fromEntries(
        used.map((candidate) => [candidate.name, candidate === argument ? value : valid(candidate)]),
      );
      const response = await fetch(graph.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...(await authorization()) },
        body: JSON.stringify({ query: documentFor(kind, field, used), variables }),
      });
      const text = await response.text();
      const answer = JSON.parse(text) as {
        data?: { answer?: { userErrors?: object[] } | null } | null;
        errors?: { message: string; extensions?: { code?: string; stacktrace?: unknown } }[];
      };
      const place = `${field.name}(${argument.name}: ${JSON.stringify(value).slice(0, 60)})`;
      const codes = answer.errors?.map(({ extensions }) => extensions?.code) ?? [];
      if (response.status >= 500) problems.push(`${place}: status ${response.status}`);
      const isAnswered = (answer.data?.answer?.userErrors ?? []).length > 0;
      if (codes.length === 0 && !isAnswered) problems.push(`${place}: no error`);
      if (codes.some((code) => !isText(code) || !knownCodes.includes(String(code))))
        problems.push(`${place}: ${text.slice(0, 300)}`);
      if (/\n\s+at |stacktrace|node_modules/.test(text)) problems.push(`${place}: a stack trace`);
    }
    expect(problems).toEqual([]);
    expect(cases.length).toBeGreaterThan(50);
  });

  it.each([
    ["{ product(by: {}) { id } }", 400, "GRAPHQL_VALIDATION_FAILED"],
    ['{ product(by: { id: "1", sku: "2" }) { id } }', 400, "GRAPHQL_VALIDATION_FAILED"],
    ["query ($id: ID) { product(by: { id: $id }) { id } }", 200, "BAD_USER_INPUT"],
  ])("is an input that wants exactly one field, in %s", async (query, status, code) => {
    const response = await fetch(graph.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect([response.status, errors[0]?.extensions.code]).toEqual([status, code]);
  });

  it("that is no request is answered with JSON", async () => {
    const send = (body: string, type = "application/json") =>
      fetch(graph.url, { method: "POST", headers: { "content-type": type }, body });
    const answers = await Promise.all([
      send("{ broken"),
      send(JSON.stringify({ query: `{ ${"a ".repeat(500_000)} }` })),
      send(JSON.stringify({ query: "{ products { nodes { noSuchField } } }" })),
      send("text", "text/plain"),
      send("[]"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 413, 400, expect.any(Number) as number, 400]);
    for (const answer of answers) {
      expect(answer.status).toBeLessThan(500);
      const { errors } = (await answer.json()) as { errors: { extensions: { code: string } }[] };
      expect(errors[0]?.extensions.code).toMatch(/^[A-Z_]+$/);
    }
  });
});

const token = (() => {
  let made: Promise<string> | undefined;
  return () =>
    (made ??= demoShop(graph)
      .as("admin")
      .then((client) => client.token));
})();

const authorization = async () => ({ authorization: `Bearer ${await token()}` });
