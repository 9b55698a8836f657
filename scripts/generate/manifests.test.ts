import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { readManifest } from "@tradegraph/kit/operation-manifest";
import { buildSchema, validate, parse } from "graphql";
import { describe, expect, it, onTestFinished } from "vitest";
import { generateManifests, manifestOf } from "./manifests.ts";

const schema = buildSchema("type Query { a: A } type A { b: Int c: A }");

function made(...texts: string[]) {
  const faults: string[] = [];
  const sources = texts.map((text, index) => ({ path: `shop/${index}.graphql`, text }));
  return { operations: manifestOf(sources, schema, (fault) => faults.push(fault)), faults };
}

describe("the manifest of a folder", () => {
  it("has each operation with the fragments it uses, and no other", () => {
    const { operations, faults } = made(
      "query One { a { ...Deep } }",
      "query Two { a { b } }",
      "fragment Deep on A { c { ...Flat } } fragment Unused on A { b }",
      "fragment Flat on A { b }",
    );
    expect(faults).toEqual([]);
    expect(operations.map(({ name }) => name)).toEqual(["One", "Two"]);
    expect(operations[0]?.body).toMatch(/^query One[^]*fragment Deep[^]*fragment Flat/);
    expect(operations[0]?.body).not.toContain("Unused");
    expect(operations[1]?.body).not.toContain("fragment");
  });

  it.each([
    ["an unknown field", "query One { x }", 'Cannot query field "x"'],
    ["a missing fragment", "query One { a { ...Gone } }", 'Unknown fragment "Gone"'],
    ["no name", "{ a { b } }", "has no name"],
    ["a circle", "query One { a { ...F } } fragment F on A { c { ...F } }", "Cannot spread fragment"],
  ])("is refused for %s", (_fault, text, message) => {
    expect(made(text).faults.join()).toContain(message);
  });

  it("is refused for a name that is there twice", () => {
    expect(made("query One { a { b } }", "query One { a { c { b } } }").faults.join()).toContain("is there twice");
  });
});

it("no manifest is written when a field that operations use has another name now, and each of them is named", async () => {
  const root = await mkdtemp(join(tmpdir(), "manifests-"));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [path, text] of [
    ["shop/One.graphql", "query One { a { b } }"],
    ["shop/Two.graphql", "query Two { a { c { b } } }"],
    ["partner/Three.graphql", "query Three { a { ...F } } fragment F on A { b }"],
    ["partner/Four.graphql", "query Four { a { c { __typename } } }"],
  ] as const) {
    await mkdir(join(root, "schema/operations", dirname(path)), { recursive: true });
    await writeFile(join(root, "schema/operations", path), text);
  }
  const names = async (api: string) => [...(await generateManifests(root, api)).keys()].map((path) => basename(path));
  const api = "type Query { a: A } type A { b: Int c: A }";
  expect((await names(api)).sort()).toEqual(["partner.json", "shop.json"]);
  const error = await names(api.replace("b: Int", "renamed: Int")).catch(String);
  expect(error).toContain("Operations cannot be used");
  for (const fault of ["shop: One (", "shop: Two (", "partner: Three ("]) expect(error).toContain(`- ${fault}`);
  expect(error).toContain('Cannot query field "b" on type "A"');
  expect(error).not.toContain("Four");
});

it("every manifest of the repository can be read and fits its schema", async () => {
  const root = resolve(import.meta.dirname, "../..");
  const api = await readFile(resolve(root, "schema/generated/api.graphql"), "utf8");
  const manifests = await generateManifests(root, api);
  expect(manifests.size).toBeGreaterThan(1);
  for (const text of manifests.values()) {
    const operations = readManifest(text);
    expect(operations.length).toBeGreaterThan(0);
    for (const { body } of operations) expect(validate(buildSchema(api), parse(body))).toEqual([]);
  }
});
