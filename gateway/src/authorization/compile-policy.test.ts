import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { compose } from "../../test/fake-graph.ts";
import { compilePolicy } from "./compile-policy.ts";
import { PolicyMismatch, readPolicyFile } from "./policy-file.ts";

const link = (directives: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@shareable", "@inaccessible",
    "@interfaceObject", "@requires", "@external", ${directives}])`;
const all = link('"@authenticated", "@requiresScopes", "@policy"');
const supergraphOf = (...typeDefs: string[]) =>
  compose(typeDefs.map((text, index) => ({ name: `s${index}`, url: `http://s${index}.example`, typeDefs: text })));
const compiled = (...typeDefs: string[]) => compilePolicy(supergraphOf(...typeDefs)).authorization;

describe("compilePolicy", () => {
  it("reads fields, objects, scalars and enums, in one order", () => {
    const typeDefs = `${all}
      type Query { z: String @requiresScopes(scopes: [["b", "a"], ["a"]]) @authenticated a: T s: S e: E }
      type T @policy(policies: [["supplier", "staff"]]) { id: ID }
      scalar S @authenticated
      enum E @requiresScopes(scopes: [["x"]]) { ONE }`;
    expect(compiled(typeDefs)).toEqual({
      types: { E: { scopes: [["x"]] }, S: { authenticated: true }, T: { policies: [["staff", "supplier"]] } },
      fields: { "Query.z": { authenticated: true, scopes: [["a", "b"], ["a"]] } },
    });
    expect(JSON.stringify(compiled(typeDefs.replace(/(type T.*\n)([^]*)/, "$2 $1")))).toBe(
      JSON.stringify(compiled(typeDefs)),
    );
  });

  it("takes what composition makes of several subgraphs: all of them must be met", () => {
    const one = `${all} type Query { a: T }
      type T @key(fields: "id") { id: ID! x: Int @shareable @requiresScopes(scopes: [["a"], ["b"]]) }`;
    const other = `${all} type T @key(fields: "id") { id: ID! x: Int @shareable @requiresScopes(scopes: [["c"]]) @authenticated }`;
    expect(compiled(one, other).fields).toEqual({
      "T.x": {
        authenticated: true,
        scopes: [
          ["a", "c"],
          ["b", "c"],
        ],
      },
    });
  });

  it("finds the demands of types on their interface, and those of an interface object on every type", () => {
    const one = `${all} type Query { m: [M] }
      interface M @key(fields: "id") { id: ID! n: Int }
      type A implements M @key(fields: "id") @authenticated { id: ID! n: Int @policy(policies: [["staff"]]) }
      type B implements M @key(fields: "id") { id: ID! n: Int }`;
    const other = `${all} type M @key(fields: "id") @interfaceObject { id: ID! rate: Int }`;
    expect(compiled(one, other)).toEqual({
      types: { A: { authenticated: true }, M: { authenticated: true } },
      fields: { "A.n": { policies: [["staff"]] }, "M.n": { policies: [["staff"]] } },
    });
  });

  it.each([
    ['{ name: "@authenticated", as: "@login" }', "", "login"],
    ['"@key"', "", "federation__authenticated"],
    ['"@key"', ', as: "fed"', "fed__authenticated"],
  ])("knows a directive that was imported as %s%s", (imported, as, name) => {
    const sdl =
      supergraphOf(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [${imported}]${as})
      type Query { a: String @${name} b: String }`);
    expect(sdl).toContain(`a: String @${name}`);
    expect(compilePolicy(sdl).authorization.fields).toEqual({ "Query.a": { authenticated: true } });
    const byNamespace = sdl
      .replaceAll(name, "renamed")
      .replace(/, import: \[\{name: "@authenticated"[^\]]*\]/, ', as: "renamed"');
    expect(compilePolicy(byNamespace).authorization.fields).toEqual({ "Query.a": { authenticated: true } });
    expect(() => compilePolicy(sdl.replace(`directive @${name}`, "directive @other"))).toThrow("does not define");
  });

  it("does not take a directive of ours for one of the specification", () => {
    const typeDefs = `${link('"@composeDirective"').replace("@composeDirective", "@tag")}
      directive @policy(policies: [String!]!) on FIELD_DEFINITION
      type Query { a: String @policy(policies: ["x"]) }`;
    expect(compiled(typeDefs)).toEqual({ types: {}, fields: {} });
  });

  it("accepts hidden fields with demands, and knows them too", () => {
    const typeDefs = `${all} type Query { a: String b: String @inaccessible @authenticated }`;
    expect(compiled(typeDefs).fields).toEqual({ "Query.b": { authenticated: true } });
  });

  it("refuses what it would misread", () => {
    const sdl = supergraphOf(`${all} type Query { a: String @requiresScopes(scopes: [["a"]]) }`);
    expect(() => compilePolicy(sdl.replace("requiresScopes/v0.1", "requiresScopes/v0.2"))).toThrow("v0.2");
    expect(() => compilePolicy(sdl.replace('scopes: [["a"]]', "scopes: []"))).toThrow("no list empty");
    expect(() => compilePolicy(sdl.replace('scopes: [["a"]]', "scopes: [[]]"))).toThrow("no list empty");
  });

  it("leaves to composition what reads a closed field through @requires", () => {
    const one = `${all} type Query { a: T } type T @key(fields: "id") { id: ID! x: Int @authenticated }`;
    const other = `${all} type T @key(fields: "id") { id: ID! x: Int @external y: Int @requires(fields: "x") }`;
    expect(() => supergraphOf(one, other)).toThrow(/T\.y.*auth requirements/);
  });
});

describe("readPolicyFile", () => {
  const sdl = supergraphOf(`${all} type Query { a: String @authenticated }`);
  const file = compilePolicy(sdl);

  it("takes the file of this supergraph, and parts that later gateways put into it", () => {
    expect(file.supergraphHash).toBe(createHash("sha256").update(sdl).digest("hex"));
    expect(readPolicyFile(JSON.stringify({ ...file, later: {} }), sdl)).toEqual(file);
  });

  it("tells the file of another supergraph from one that cannot be read", () => {
    expect(() => readPolicyFile(JSON.stringify(file), `${sdl} `)).toThrow(PolicyMismatch);
    const authorization = { ...file.authorization, fields: { "Query.a": { authenticatedd: true } } };
    const bad = [
      "",
      "{",
      "null",
      "[]",
      { ...file, version: 2 },
      { ...file, authorization: undefined },
      { ...file, authorization },
    ];
    for (const content of bad) {
      const text = typeof content === "string" ? content : JSON.stringify(content);
      expect(() => readPolicyFile(text, sdl)).toThrow(/policy file (is not JSON|cannot be read)/);
    }
  });
});
