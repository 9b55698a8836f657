import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { HeaderMap } from "@apollo/server";
import { maxTokens } from "@tradegraph/kit/operation-text";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { buildASTSchema, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { type OperationRequest } from "../http/steps.ts";
import { newScope } from "../request-scope.ts";
import { createSignInReader, signInFields } from "./sign-in-fields.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const usedMemory = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

const read = createSignInReader();
const requestOf = (body: unknown, bodyText?: string): OperationRequest => ({
  ...{ method: "POST", search: "", headers: new HeaderMap(), httpHeaders: {}, body, bodyText },
  scope: newScope("r", anonymousViewer("acme")),
});
const usesOf = (query: string, rest: object = {}) => read(requestOf({ query, ...rest }));

describe("operations that try passwords", () => {
  it("are found by fields that our schema has", () => {
    const file = join(import.meta.dirname, "../../../schema/generated/api.graphql");
    const schema = buildASTSchema(parse(readFileSync(file, "utf8")), { assumeValidSDL: true });
    const known = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect(known).toEqual(expect.arrayContaining(signInFields));
  });

  it("count aliases, fragments in fragments, and fields that may be left out", () => {
    const query = `mutation {
      a: login(input: { email: "a@x" }) { __typename }
      ... on Mutation { b: login(input: { email: "b@x" }) @skip(if: true) { __typename } }
      ...F
    } fragment F on Mutation { ...G ...F } fragment G on Mutation { login(input: { email: "c@x" }) { __typename } }`;
    expect(usesOf(query)).toEqual([{ group: "sign-in", count: 3 }]);
  });

  it("count only the operation that is asked for", () => {
    const query = `mutation A { login(input: {}) { __typename } } mutation B { passwordReset(input: {}) { __typename } }`;
    expect(usesOf(query, { operationName: "B" }).map(({ group }) => group)).toEqual(["password-reset"]);
    expect(usesOf(query)).toHaveLength(2);
  });

  it("count each fragment once, however many ways lead to it", () => {
    const levels = 60;
    const fragments = Array.from(
      { length: levels },
      (_, n) => `fragment F${n} on Mutation { ...F${n + 1} ...F${n + 1} }`,
    );
    const query = `mutation { ...F0 } ${fragments.join(" ")} fragment F${levels} on Mutation { login { id } }`;
    expect(usesOf(query)).toEqual([{ group: "sign-in", count: Number.MAX_SAFE_INTEGER }]);
  });

  it("are counted by name in a text that is too long to be read", () => {
    const query = `mutation { a: login { id } b: login { id } passwordReset ${"__typename ".repeat(maxTokens)} }`;
    expect(usesOf(query)).toEqual([
      { group: "sign-in", count: 2 },
      { group: "password-reset", count: 1 },
    ]);
  });

  it("are remembered without their texts, in which passwords stand", () => {
    const own = createSignInReader();
    const read = (n: number) =>
      own(requestOf({ query: `mutation { login(input: "${"x".repeat(90_000)}${n}") { id } }` }));
    const before = usedMemory();
    for (let n = 0; n < 200; n += 1) expect(read(n)).toHaveLength(1);
    expect(usedMemory() - before).toBeLessThan(2_000_000);
  });

  it("are remembered without documents", () => {
    const own = createSignInReader();
    const read = (n: number) => own(requestOf({ query: `mutation { login { ${"a ".repeat(1_900)} } } # ${n}` }));
    const before = usedMemory();
    for (let n = 0; n < 200; n += 1) expect(read(n)).toHaveLength(1);
    expect(usedMemory() - before).toBeLessThan(2_000_000);
  });

  it.each([
    ["a query", "{ login }"],
    ["another mutation", "mutation { cartClear { id } }"],
    ["no GraphQL", "mutation {"],
    ["a field that every object has", "mutation { constructor toString __proto__ }"],
  ])("are not %s", (_, query) => {
    expect(usesOf(query)).toEqual([]);
  });

  it.each([null, [], "mutation", { query: 1 }, { query: "mutation { login }", variables: "x", operationName: 7 }])(
    "are looked for in %j without failing",
    (body) => {
      expect(() => read(requestOf(body))).not.toThrow();
    },
  );

  it("do not cost queries that their bodies are read", () => {
    const request = requestOf(undefined, '{"query":"{ products }"}');
    Object.defineProperty(request, "body", { get: () => expect.unreachable() as never });
    expect(read(request)).toEqual([]);
  });
});
