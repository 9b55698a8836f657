import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAsked } from "./asked-operation.ts";

const post = (body: unknown, more: { search?: string; pathId?: string } = {}) =>
  readAsked({ method: "POST", search: "", ...more, body });
const got = (search: string, pathId?: string) => readAsked({ method: "GET", search, pathId, body: undefined });
const bodyOf = (asked: ReturnType<typeof readAsked>, text: string): unknown =>
  JSON.parse(Buffer.from(asked.withText(text).bodyText ?? "", "latin1").toString());

describe("what later steps see instead of an id", () => {
  it("is what a client would have sent with the text, and no more", () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: "a" }, clientLibrary: { name: "x" } };
    const asked = post({ extensions, variables: { b: 1 }, operationName: null, documentId: "a", other: 1 });
    expect(bodyOf(asked, "{ ä€ }")).toEqual({
      ...{ query: "{ ä€ }", operationName: null, variables: { b: 1 } },
      extensions: { clientLibrary: { name: "x" } },
    });
    expect(bodyOf(post({ documentId: "a" }), "{ a }")).toEqual({ query: "{ a }" });
    expect(bodyOf(post({}, { pathId: "a/Name" }), "{ a }")).toEqual({ query: "{ a }", operationName: "Name" });
  });

  it("is the same for GET, where variables stay as they were written", () => {
    const { search, bodyText } = got('?documentId=a&variables={"b":%20"%26"}').withText("{ a(b: 1) }");
    expect(bodyText).toBeUndefined();
    const parameters = new URLSearchParams(search);
    expect([...parameters]).toEqual([
      ["query", "{ a(b: 1) }"],
      ["variables", '{"b": "&"}'],
    ]);
  });

  it("leaves what GraphQL must refuse as it is", () => {
    const { search } = got("?documentId=a&extensions=none&variables=none").withText("{ a }");
    expect([...new URLSearchParams(search)]).toEqual([
      ["query", "{ a }"],
      ["variables", "none"],
      ["extensions", "none"],
    ]);
  });
});

it.each([undefined, null, "text", 5, [[]], [[{ documentId: "a" }]], { query: 5 }, { query: "" }])(
  "a body %j has neither id nor text",
  (body) => {
    expect(post(body)).toMatchObject({ id: undefined, text: undefined });
  },
);

it("whatever is sent is read or refused with 400", () => {
  const value = fc.jsonValue();
  const members = fc.record(
    {
      query: value,
      documentId: value,
      doc_id: value,
      extensions: fc.oneof(value, fc.record({ persistedQuery: value })),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      members,
      fc.option(fc.string(), { nil: undefined }),
      fc.string({ maxLength: 30 }),
      (body, pathId, search) => {
        for (const read of [() => post(body, { pathId, search: `?${search}` }), () => got(`?${search}`, pathId)]) {
          try {
            const asked = read();
            if (asked.id !== undefined) asked.withText("{ a }");
          } catch (error) {
            expect(error).toMatchObject({ extensions: { code: "BAD_REQUEST", http: { status: 400 } } });
          }
        }
      },
    ),
  );
});
