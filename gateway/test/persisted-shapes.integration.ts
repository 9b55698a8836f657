// Requests by id over HTTP: every shape, and every fault.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  addBook,
  book,
  get,
  getPlain,
  latest,
  onlyOfA,
  type PersistedStage,
  refusalOf,
  relay,
  startPersistedStage,
} from "./persisted-stage.ts";

let stage: PersistedStage;
beforeAll(async () => {
  stage = await startPersistedStage();
});
beforeEach(() => {
  stage.clear();
});
afterAll(() => stage.stop());

const persistedQuery = (id: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: id } } });
const encoded = (value: object) => encodeURIComponent(JSON.stringify(value));
const one = { id: "1" };

describe("every shape of a request by id is answered as the text is", () => {
  const byPost: [string, object][] = [
    ["extensions.persistedQuery", { ...persistedQuery(book.id), variables: one }],
    ["documentId", { documentId: book.id, variables: one }],
    ["documentId with sha256:", { documentId: `sha256:${book.id}`, variables: one, operationName: "Book" }],
    ["documentId and an empty text", { documentId: book.id, query: "", variables: one }],
    ["the same id twice", { documentId: `sha256:${book.id}`, ...persistedQuery(book.id), variables: one }],
    ["other extensions", { documentId: book.id, variables: one, extensions: { clientLibrary: { name: "x" } } }],
  ];
  it.each(byPost)("POST with %s", async (_shape, body) => {
    for (const test of stage.all) {
      // Twice, because the second time the request is known.
      for (const turn of [1, 2]) {
        const answer = await test.post(body);
        expect([turn, answer.status, answer.body]).toEqual([turn, 200, { data: { book: { title: "Book 1" } } }]);
      }
    }
  });

  it("POST with doc_id, which is no hash", async () => {
    expect((await stage.strict.post({ doc_id: relay.id })).body).toEqual({ data: { score: 5 } });
  });

  const variables = encoded(one);
  it.each([
    ["documentId", `/graphql?documentId=${book.id}&variables=${variables}`],
    ["documentId with sha256:", `/graphql?documentId=sha256%3A${book.id}&variables=${variables}&operationName=Book`],
    ["extensions", `/graphql?extensions=${encoded(persistedQuery(book.id).extensions)}&variables=${variables}`],
    ["a path", `/graphql/${book.id}?variables=${variables}`],
    ["a path with sha256:", `/graphql/sha256:${book.id}?variables=${variables}`],
    ["an encoded path", `/graphql/sha256%3A${book.id}?variables=${variables}`],
    ["a path and a name", `/graphql/${book.id}/Book?variables=${variables}`],
  ])("GET with %s", async (_shape, path) => {
    for (const test of [stage.open, stage.strict]) {
      const answer = await get(test, path);
      expect([answer.status, answer.body]).toEqual([200, { data: { book: { title: "Book 1" } } }]);
      expect((await get(test, path)).text).toBe(answer.text);
    }
  });

  it("GET from a page of another origin", async () => {
    const answer = await get(stage.strict, `/graphql/${latest.id}`, { origin: "https://shop.example" });
    expect(answer.body).toEqual({ data: { latest: "fine" } });
  });

  it.each([
    ["a path", `/graphql/${book.id}`],
    ["a path and a name", `/graphql/sha256:${book.id}/Book`],
    ["a parameter of the address", `/graphql?documentId=${book.id}`],
  ])("POST with %s", async (_shape, path) => {
    const send = (variables: object) =>
      stage.strict.send({
        ...{ path, method: "POST", headers: { "content-type": "application/json" } },
        body: JSON.stringify({ variables }),
      });
    expect((await send(one)).body).toEqual({ data: { book: { title: "Book 1" } } });
    expect((await send({ id: "2" })).body).toEqual({ data: { book: { title: "Book 2" } } });
  });

  it("with letters beyond ASCII among its variables", async () => {
    const answer = await stage.strict.post({ documentId: addBook.id, variables: { title: "Ökonomie €" } });
    expect(answer.body).toEqual({ data: { addBook: { title: "Ökonomie €" } } });
  });

  it("and only with the variables of this request", async () => {
    const titles = await Promise.all(
      ["1", "2", "3", "1"].map(
        async (id) => (await stage.strict.post({ documentId: book.id, variables: { id } })).text,
      ),
    );
    expect(titles.map((text) => /Book \d/.exec(text)?.[0])).toEqual(["Book 1", "Book 2", "Book 3", "Book 1"]);
  });
});

describe("faults of a request by id", () => {
  it.each([
    ["an unknown id", { documentId: "unknown" }, 404, "PERSISTED_QUERY_NOT_IN_LIST"],
    ["an unknown hash", persistedQuery("0".repeat(64)), 404, "PERSISTED_QUERY_NOT_IN_LIST"],
    ["an id of another case", { documentId: latest.id.toUpperCase() }, 404, "PERSISTED_QUERY_NOT_IN_LIST"],
    ["an id and its text", { documentId: latest.id, query: latest.body }, 400, "CANNOT_SEND_PQ_ID_AND_BODY"],
    ["an id and another text", { documentId: latest.id, query: "{ whoami }" }, 400, "CANNOT_SEND_PQ_ID_AND_BODY"],
    ["a hash and its text", { ...persistedQuery(latest.id), query: latest.body }, 400, "CANNOT_SEND_PQ_ID_AND_BODY"],
    ["two ids", { documentId: latest.id, doc_id: relay.id }, 400, "BAD_REQUEST"],
    ["an id that is no text", { documentId: 5 }, 400, "BAD_REQUEST"],
    ["no version", { extensions: { persistedQuery: { sha256Hash: latest.id } } }, 400, "BAD_REQUEST"],
    ["no hash", { extensions: { persistedQuery: { version: 1 } } }, 400, "BAD_REQUEST"],
    [
      "a name of another operation",
      { documentId: latest.id, operationName: "Other" },
      400,
      "OPERATION_RESOLUTION_FAILURE",
    ],
    ["a missing variable", { documentId: book.id }, 400, "BAD_USER_INPUT"],
  ])("%s", async (_fault, body, status, code) => {
    for (const test of stage.all) {
      const answer = await test.post(body);
      expect(refusalOf(answer)).toEqual([status, code]);
      expect(answer.headers.get("cache-control")).toBe("private, no-store");
      expect(answer.body.errors).toHaveLength(1);
      expect(test.shelf.received).toEqual([]);
    }
  });

  it("names the operation of an unknown id as the request does, and never as a list does", async () => {
    const unknown = "0".repeat(64);
    const nameIn = ({ body }: Awaited<ReturnType<typeof get>>) => body.errors?.[0]?.extensions.operation_name;
    for (const test of stage.all) {
      const answers = await Promise.all([
        test.post({ documentId: unknown, operationName: "Mine" }),
        get(test, `/graphql/${unknown}/Mine`),
        get(test, `/graphql?documentId=${unknown}&operationName=Mine`),
      ]);
      for (const answer of answers) {
        expect(refusalOf(answer)).toEqual([404, "PERSISTED_QUERY_NOT_IN_LIST"]);
        expect(nameIn(answer)).toBe("Mine");
      }
      for (const operationName of [undefined, null, "", "no name", "<b>", "x".repeat(201), 5, { a: 1 }])
        expect(nameIn(await test.post({ documentId: unknown, operationName }))).toBeUndefined();
    }
    // A partner has this one: whoever is not that partner learns nothing of it.
    expect(nameIn(await stage.strict.post({ documentId: onlyOfA.id }))).toBeUndefined();
  });

  it.each([
    ["an id that is very long", "x".repeat(50_000)],
    ["an id with a control character", "latest\u0000"],
    ["an id with letters that addresses must encode", "latest <b>"],
    ["a prefix alone", "sha256:"],
  ])("%s is none, and is not repeated", async (_fault, documentId) => {
    const path = `/graphql/${encodeURIComponent(documentId.slice(0, 8_000))}`;
    for (const test of stage.all) {
      for (const answer of [await test.post({ documentId }), await get(test, path)]) {
        expect(refusalOf(answer)).toEqual([400, "BAD_REQUEST"]);
        expect(answer.text).toContain("ids have 1 to 128 letters");
        expect(answer.text).not.toContain(documentId.slice(0, 8));
        expect(answer.text.length).toBeLessThan(400);
      }
    }
  });

  it("the longest id that may be is looked for, and not repeated whole", async () => {
    const answer = await stage.strict.post({ documentId: "x".repeat(128) });
    expect(refusalOf(answer)).toEqual([404, "PERSISTED_QUERY_NOT_IN_LIST"]);
    expect(answer.text).not.toContain("x".repeat(65));
  });

  it.each([
    ["/graphql/", 400],
    [`/graphql/${latest.id}/Latest/more`, 400],
    ["/graphql/%zz", 400],
    [`/graphql/${latest.id}/Other?operationName=Latest`, 400],
    ["/graphql?documentId=a&documentId=b", 400],
    ["/graphql/unknown", 404],
    ["/graphqlx", 404],
  ])("GET %s is %i", async (path, status) => {
    expect((await get(stage.strict, path)).status).toBe(status);
  });

  it("a GET of a mutation by id is 405 and never runs", async () => {
    const paths = [`/graphql/${addBook.id}`, `/graphql?documentId=${addBook.id}`];
    for (const path of paths) {
      const answer = await get(
        stage.strict,
        `${path}${path.includes("?") ? "&" : "?"}variables=${encoded({ title: "T" })}`,
      );
      expect(answer.status).toBe(405);
      expect(answer.headers.get("allow")).toBe("POST");
    }
    expect(stage.strict.shelf.received).toEqual([]);
  });

  it("a GET that a browser sends without a preflight is refused", async () => {
    for (const path of [`/graphql/${latest.id}`, `/graphql?documentId=${latest.id}`]) {
      expect(refusalOf(await getPlain(stage.open, path))).toEqual([400, "BAD_REQUEST"]);
    }
    expect(stage.open.opinions.received).toEqual([]);
  });

  it("a batch is refused in every mode", async () => {
    for (const test of stage.all) {
      expect((await test.post([{ documentId: latest.id }, { query: "{ latest }" }])).status).toBe(400);
    }
  });
});
