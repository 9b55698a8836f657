import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HeaderMap } from "@apollo/server";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { buildASTSchema, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { type OperationRequest } from "../http/steps.ts";
import { newScope } from "../request-scope.ts";
import { createSignInReader, signInFields } from "./sign-in-fields.ts";

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
    expect(usesOf(query)).toEqual([{ group: "sign-in", count: 3, emails: ["a@x", "b@x", "c@x"] }]);
  });

  it("count only the operation that is asked for", () => {
    const query = `mutation A { login(input: {}) { __typename } } mutation B { passwordReset(input: {}) { __typename } }`;
    expect(usesOf(query, { operationName: "B" })?.map(({ group }) => group)).toEqual(["password-reset"]);
    expect(usesOf(query)).toHaveLength(2);
  });

  it("name accounts by variables and their defaults", () => {
    const query = `mutation ($email: String = "d@x", $input: LoginInput!) {
      passwordResetSend(email: $email) { __typename } login(input: $input) { __typename } }`;
    const uses = usesOf(query, { variables: { input: { email: "v@x" } } });
    expect(uses?.flatMap(({ emails }) => emails)).toEqual(["d@x", "v@x"]);
  });

  it.each([
    ["a query", "{ login }"],
    ["another mutation", "mutation { cartClear { id } }"],
    ["no GraphQL", "mutation {"],
    ["a field that every object has", "mutation { constructor toString __proto__ }"],
  ])("are not %s", (_, query) => {
    expect(usesOf(query)).toBeUndefined();
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
    expect(read(request)).toBeUndefined();
  });
});
