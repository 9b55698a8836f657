import { describe, expect, it } from "vitest";
import { ManifestError, readManifest, writeManifest } from "./operation-manifest.ts";
import { operationHash } from "./operation-text.ts";

const body = "query Shop { shop { name } }";
const hash = operationHash(body);
const apollo = (operations: unknown, more: object = {}) =>
  JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations, ...more });

describe("a manifest that can be used", () => {
  it("of Apollo, with what its tool writes besides", () => {
    const operations = [{ id: hash, name: "Shop", type: "query", body }];
    expect(readManifest(apollo(operations))).toEqual([{ id: hash, name: "Shop", type: "query", body }]);
  });

  it("of Apollo, with one id for two clients", () => {
    const other = "query Shop { shop { id } }";
    const read = readManifest(
      apollo([
        { id: "shop", body, clientName: "web" },
        { id: "shop", body: other, clientName: "phone" },
        { id: "shop", body, clientName: null },
      ]),
    );
    expect(read.map(({ clientName }) => clientName)).toEqual(["web", "phone", undefined]);
  });

  it.each([
    ["Relay, whose ids are MD5", "5d41402abc4b2a76b9719d911017c592"],
    ["Hive, by hash", hash],
    ["names", "shop~1.0~a_b.c"],
  ])("of %s", (_tool, id) => {
    expect(readManifest(JSON.stringify({ [id]: body }))).toEqual([{ id, name: "Shop", type: "query", body }]);
  });

  it("with the prefix of the draft, which is left out", () => {
    expect(readManifest(JSON.stringify({ [`sha256:${hash}`]: body }))[0]?.id).toBe(hash);
  });

  it("names an operation without a name by its id, and knows mutations", () => {
    const [anonymous, mutation] = readManifest('{"one": "{ shop { name } }", "two": "mutation M { a }"}');
    expect(anonymous).toMatchObject({ id: "one", name: "one", type: "query" });
    expect(mutation).toMatchObject({ name: "M", type: "mutation" });
  });

  it("may have the same operation twice", () => {
    expect(
      readManifest(
        apollo([
          { id: "a", body },
          { id: "a", body },
        ]),
      ),
    ).toHaveLength(1);
  });

  it("is read as it was written, in the same order for the same operations", () => {
    const operations = readManifest(JSON.stringify({ b: "query B { b }", a: "query A { a }" }));
    expect(writeManifest(operations)).toBe(writeManifest([...operations].reverse()));
    expect(readManifest(writeManifest(operations)).map(({ id }) => id)).toEqual(["a", "b"]);
  });
});

describe("a manifest that cannot be used", () => {
  const faultsOf = (text: string) => {
    try {
      readManifest(text);
    } catch (error) {
      if (error instanceof ManifestError) return error.faults;
      throw error;
    }
    throw new Error("It was read.");
  };

  it("is refused with all its faults", () => {
    const faults = faultsOf(
      JSON.stringify({
        good: body,
        broken: "{",
        two: "query A { a } query B { b }",
        watch: "subscription S { s }",
        [operationHash("other")]: body,
        [`sha256:${hash.toUpperCase()}`]: body,
      }),
    );
    expect(faults).toEqual([
      "broken: is no GraphQL (line 1, column 2)",
      "two: has 2 operations; it must have one",
      "watch: is a subscription; there are none here",
      `${operationHash("other")}: is not the SHA-256 of its text`,
      `sha256:${hash.toUpperCase()}: is not the SHA-256 of its text`,
    ]);
  });

  it("for one id with two texts of one client", () => {
    const other = { id: "a", body: "{ other }" };
    expect(faultsOf(apollo([{ id: "a", body }, other]))).toEqual(["a: is there twice, with different texts"]);
  });

  it.each([
    ["{", "it is no JSON"],
    ["[]", "file:"],
    ['"text"', "file:"],
    [apollo([], { version: 2 }), "version: only version 1 is known"],
    [apollo([], { format: "other" }), "format:"],
    [apollo([{ id: "a" }]), "operations.0.body:"],
    ['{"with space": "{ a }"}', "with space:"],
    ['{"a": 5}', "a:"],
  ])("%s", (text, fault) => {
    expect(faultsOf(text)[0]).toContain(fault);
  });

  it("tells of no more faults than somebody reads", () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`id${index}`, "{"]));
    const faults = faultsOf(JSON.stringify(many));
    expect(faults).toHaveLength(51);
    expect(faults.at(-1)).toBe("and 150 more");
  });
});
