// Ways around lists of operations: texts that look like listed ones, ids that are no ids, several at once, and texts
// registered under what they are not.
import { createHash } from "node:crypto";
import { operationHash } from "@tradegraph/kit/operation-text";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addBook,
  type AttackListsStage,
  book,
  byHash,
  encoded,
  idAndText,
  json,
  latest,
  postTo,
  startAttackListsStage,
  unknownId,
} from "./attack-lists-stage.ts";
import { type Attack, get, postText, preflight } from "./attack-stage.ts";

let stage: AttackListsStage;
beforeAll(async () => {
  stage = await startAttackListsStage();
}, 60_000);
afterAll(() => stage.stop());

const refused: AttackListsStage["refused"] = (...given) => stage.refused(...given);
const notListed = [403, "QUERY_NOT_IN_SAFELIST"] as const;
const badRequest = [400, "BAD_REQUEST"] as const;

describe("no listed text is", () => {
  it.each<[string, string]>([
    ["one with another field", "{ latest whoami }"],
    ["one in other letters", "{ Latest }"],
    ["one with a letter of another alphabet", "{ l\u0430test }"],
    ["one with a letter of no width", "{ la\u200Btest }"],
    ["one in wide braces", "\uFF5B latest \uFF5D"],
    ["one whose field has an alias", "{ latest: whoami }"],
    ["one with a directive", "{ latest @skip(if: false) }"],
    ["one with another operation behind it", "{ latest } query B { whoami }"],
    ["one behind a comment that ends early", "{ latest #\n whoami }"],
    ["one behind a comment that a carriage return ends", "{ latest #\r whoami }"],
    [
      "one whose rest is behind a separator of lines, which ends no comment",
      "{ latest } #\u2028 { whoami }\n{ whoami }",
    ],
    ["one with a fragment", "{ latest ...F } fragment F on Query { whoami }"],
    ["one with a value of its own for a variable", 'query Book($id: ID! = "2") { book(id: $id) { id } }'],
    ["one with a value for a variable", 'query Book { book(id: "2") { id } }'],
    ["one of another name", "query Other($id: ID!) { book(id: $id) { id } }"],
    ["one that is a mutation", "mutation { latest }"],
    ["one with a question about the schema", "{ latest __schema { types { name } } }"],
    ["a question about the schema", "{ __schema { types { name } } }"],
    ["nothing but __typename", "{ __typename }"],
    ["a subscription", "subscription { latest }"],
    ["no GraphQL", "{ latest"],
    ["60,000 braces", "{".repeat(60_000)],
    ["90,000 letters of one name", `{ ${"a".repeat(90_000)} }`],
    ["8,000 fields", `{ ${"latest ".repeat(8_000)} }`],
    ["__proto__", "{ __proto__ }"],
    ["constructor", "{ constructor }"],
  ])("%s", async (_name, query) => {
    await refused(json({ query, operationName: query.includes("query B") ? "B" : undefined }), ...notListed);
    if (query.length < 1_000) await refused(get(`/graphql?query=${encodeURIComponent(query)}`), ...notListed);
  });

  it("the second of two in one body", async () => {
    await refused(postText('{"query":"{ latest }","query":"{ whoami }"}'), ...notListed);
  });

  it.each([
    ["a mark of byte order", "\uFEFF{ latest }"],
    ["spaces, commas and comments", " ,\t\r\n#x\n{,latest#y\n,} #z"],
  ])("but a listed one with %s is listed", async (_name, query) => {
    const { status, held, answer } = await stage.attempt(json({ query }));
    expect([status, held, answer.body.data]).toEqual([200, "short", { latest: "fine" }]);
  });
});

describe("no id is", () => {
  it.each<[string, unknown]>([
    ["one that nobody registered", "0".repeat(64)],
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
    ["toString", "toString"],
    ["hasOwnProperty", "hasOwnProperty"],
    ["one in other letters", book.id.toUpperCase()],
    ["one with two prefixes", `sha256:sha256:${book.id}`],
    ["one with another prefix", `md5:${book.id}`],
  ])("%s", async (_name, documentId) => {
    await refused(json({ documentId }), ...unknownId);
    await refused(json({ doc_id: documentId }), ...unknownId);
    const inPath = encodeURIComponent(String(documentId));
    if (inPath.length < 1_000) await refused(get(`/graphql/${inPath}`), ...unknownId);
  });

  it.each<[string, string]>([
    ["one of 90,000 letters", "x".repeat(90_000)],
    ["one with a space", ` ${book.id}`],
    ["one with a zero byte", `${book.id}\0`],
    ["a text", "{ latest }"],
    ["a path", "../../etc/passwd"],
    ["a pattern of Redis", "*"],
  ])("%s", async (_name, documentId) => {
    for (const body of [{ documentId }, { doc_id: documentId }, byHash(documentId)])
      await refused(json(body), ...badRequest);
    const inPath = encodeURIComponent(documentId);
    if (inPath.length < 1_000) await refused(get(`/graphql/${inPath}`), ...badRequest);
  });

  it.each<[string, unknown]>([
    ["a number", 1],
    ["a list of ids", [book.id]],
    ["an operator of the database", { $ne: null }],
    ["an object that says it is a text", { toString: book.id, length: 64 }],
    ["nothing", ""],
    ["a boolean", true],
  ])("%s", async (_name, id) => {
    for (const body of [{ documentId: id }, { doc_id: id }, byHash(id)]) await refused(json(body), ...badRequest);
  });

  it.each<[string, unknown]>([
    ["of version 2", { version: 2, sha256Hash: book.id }],
    ["of a version that is a text", { version: "1", sha256Hash: book.id }],
    ["in a list", [{ version: 1, sha256Hash: book.id }]],
    ["as a text", book.id],
    ["of nothing", {}],
  ])("a hash %s", async (_name, persistedQuery) => {
    await refused(json({ extensions: { persistedQuery } }), ...badRequest);
  });
});

describe("one request has one operation, and", () => {
  const other = book.id;
  it.each<[string, Attack]>([
    ["not two ids", json({ documentId: latest.id, doc_id: other })],
    ["not an id and another hash", json({ documentId: latest.id, ...byHash(other) })],
    ["not one id in the path and one in the body", postTo(`/graphql/${latest.id}`, { documentId: other })],
    [
      "not one id in the address and one in the body",
      postTo(`/graphql?documentId=${latest.id}`, { documentId: other }),
    ],
    ["not one id in the path and one in the address", get(`/graphql/${latest.id}?documentId=${other}`)],
    ["not a parameter twice", get(`/graphql?documentId=${latest.id}&documentId=${other}`)],
    [
      "not a hash in the address and an id",
      get(`/graphql?doc_id=${latest.id}&extensions=${encoded(byHash(other).extensions)}`),
    ],
    ["not a path of three parts", get(`/graphql/${latest.id}/Latest/${other}`)],
    ["not two names", get(`/graphql/${other}/Book?operationName=Other&variables=${encoded({ id: "1" })}`)],
    ["not a list of ids", json([{ documentId: latest.id }, { documentId: other }])],
  ])("%s", (_name, attack) => refused(attack, ...badRequest));

  it.each<[string, object]>([
    ["an id and its text", { documentId: book.id, query: book.body }],
    ["an id and another text", { documentId: book.id, query: "{ whoami }" }],
    ["an id and a listed text", { doc_id: latest.id, query: "{ latest }" }],
  ])("not %s", (_name, body) => refused(json(body), ...idAndText));

  it.each(["__proto__", "constructor", "Other"])("not the operation %s of an id", async (operationName) => {
    const variables = { id: "1" };
    await refused(json({ documentId: book.id, operationName, variables }), 400, "OPERATION_RESOLUTION_FAILURE");
    await refused(
      get(`/graphql/${book.id}/${operationName}?variables=${encoded(variables)}`),
      ...([400, "OPERATION_RESOLUTION_FAILURE"] as const),
    );
  });
});

describe("by id, too,", () => {
  it.each<[string, Attack]>([
    ["in the path", get(`/graphql/${addBook.id}?variables=${encoded({ title: "x" })}`)],
    ["in the address", get(`/graphql?documentId=${addBook.id}&variables=${encoded({ title: "x" })}`)],
    [
      "as a hash",
      get(`/graphql?extensions=${encoded(byHash(addBook.id).extensions)}&variables=${encoded({ title: "x" })}`),
    ],
    [
      "with a header that calls it POST",
      get(`/graphql/${addBook.id}?variables=${encoded({ title: "x" })}`, {
        ...preflight,
        "x-http-method-override": "POST",
      }),
    ],
  ])("a mutation by GET is refused: %s", (_name, attack) => refused(attack, 405, "BAD_REQUEST"));

  it("a GET that any page can send is refused", () => refused(get(`/graphql/latest`, {}), 400, "BAD_REQUEST"));

  it.each<[string, string]>([
    ["of 10,000 lists", `{"id":${"[".repeat(10_000)}${"]".repeat(10_000)}}`],
    ["of 3,000 objects", `{"id":${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}}`],
  ])("a variable %s is refused", (_name, variables) =>
    refused(postText(`{"documentId":"${book.id}","variables":${variables}}`), 400, "BAD_REQUEST"),
  );

  it.each<[string, string, string?]>([
    ["an operator of the database", '{"id":{"$ne":null}}'],
    ["__proto__ with what is missing", '{"__proto__":{"id":"1"}}'],
    ["constructor with what is missing", '{"constructor":{"prototype":{"id":"1"}}}'],
    ["a list", '["1"]', "BAD_REQUEST"],
    ["a text", '"id"', "BAD_REQUEST"],
  ])("variables that are %s are refused", async (_name, variables, code = "BAD_USER_INPUT") => {
    await refused(postText(`{"documentId":"${book.id}","variables":${variables}}`), 400, code);
    expect(({} as { id?: unknown }).id).toBeUndefined();
  });
});

describe("texts that clients register", () => {
  it.each<[string, Attack]>([
    ["under the hash of a listed one", json({ query: "{ whoami }", ...byHash(book.id) })],
    ["under the hash of an unlisted one", json({ query: "{ latest }", ...byHash(operationHash("{ whoami }")) })],
    ["under a hash that is none", json({ query: "{ latest }", ...byHash("latest") })],
    ["under __proto__", json({ query: "{ latest }", ...byHash("__proto__") })],
    ["under an upper-case hash", json({ query: "{ latest }", ...byHash(operationHash("{ latest }").toUpperCase()) })],
    ["under an MD5", json({ query: "{ latest }", ...byHash(createHash("md5").update("{ latest }").digest("hex")) })],
    [
      "by GET under another hash",
      get(`/graphql?query=${encodeURIComponent("{ whoami }")}&extensions=${encoded(byHash(book.id).extensions)}`),
    ],
  ])("%s are refused", (_name, attack) => refused(attack, ...badRequest));

  it("under their own hash open no safelist", async () => {
    const query = "{ whoami }";
    await refused(json({ query, ...byHash(operationHash(query)) }), ...notListed);
    // 200 is what clients of Apollo expect; see docs/PERSISTED-OPERATIONS.md.
    await refused(json(byHash(operationHash(query))), 200, "PERSISTED_QUERY_NOT_FOUND");
  });

  it("under a hash that only a prototype has are refused", () =>
    refused(
      postText(`{"extensions":{"__proto__":{"persistedQuery":{"version":1,"sha256Hash":"${book.id}"}}}}`),
      ...badRequest,
    ));

  it("under wrong hashes leave to ids what they mean", async () => {
    await stage.attempt(json({ query: "{ whoami }", ...byHash(book.id), variables: { id: "1" } }));
    const { status, answer } = await stage.attempt(json({ documentId: book.id, variables: { id: "1" } }));
    expect([status, Object.keys(answer.body.data ?? {})]).toEqual([200, ["book"]]);
  });
});
