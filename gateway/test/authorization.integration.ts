import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { opinionTypeDefs, shelfTypeDefs } from "./fake-graph.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";
import { startTokenIssuer, type TokenIssuer } from "./token-issuer.ts";

const withDirectives = (text: string) =>
  text.replace('"@shareable"', '"@shareable", "@authenticated", "@requiresScopes", "@policy"');

/** The subgraphs themselves refuse nothing, so whatever reaches them would be told. */
const typeDefs = {
  shelf: withDirectives(shelfTypeDefs)
    .replace("known: String", 'known: String @requiresScopes(scopes: [["books:known"]])')
    .replace("addBook(title: String!): Book", "addBook(title: String!): Book @authenticated"),
  opinions: withDirectives(opinionTypeDefs)
    .replace("id: ID! stars: Int", 'id: ID! @authenticated stars: Int @policy(policies: [["staff"]])')
    .replace("type Opinion {", "type Opinion @authenticated {"),
};

let issuer: TokenIssuer;
let test: TestGateway;
let tokens: { jwksUrl: string; issuer: string; audience: string };
beforeAll(async () => {
  issuer = await startTokenIssuer();
  tokens = { jwksUrl: issuer.jwksUrl, issuer: "tests", audience: "tests" };
  test = await startTestGateway({ typeDefs, tokens, introspection: true });
});
afterAll(async () => {
  await test.stop();
  issuer.stop();
});
beforeEach(() => {
  for (const subgraph of [test.shelf, test.opinions]) subgraph.received.length = 0;
  test.log.length = 0;
});

const codes = (answer: Awaited<ReturnType<TestGateway["post"]>>) =>
  answer.body.errors?.map(({ path, extensions }) => [path?.join("."), extensions.code, extensions.reason]);
const asked = () => [...test.shelf.received, ...test.opinions.received].map(({ query }) => query).join("\n");

describe("a visitor's query", () => {
  it("is answered without what needs an account, and subgraphs never hear of it", async () => {
    const answer = await test.post({ query: "query Mixed { books { title stars opinions { text } } known whoami }" });
    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject({
      books: [{ title: "Book 1", stars: null, opinions: null }, { title: "Book 2" }, { title: "Book 3" }],
      known: null,
      whoami: expect.any(String) as string,
    });
    expect(codes(answer)).toContainEqual(["books.2.opinions", "UNAUTHORIZED_FIELD_OR_TYPE", "UNAUTHENTICATED"]);
    expect(answer.body.errors).toHaveLength(7);
    expect(asked()).not.toMatch(/stars|opinions|known/);
    expect(test.opinions.received).toEqual([]);
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
  });

  it("shows in the log what was refused", async () => {
    await test.post({ query: "query Mixed { books { stars } }" });
    const line = test.log
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .find(({ msg }) => msg === "Operation");
    expect(line).toMatchObject({ operation: "Mixed", outcome: "partial", codes: ["UNAUTHORIZED_FIELD_OR_TYPE"] });
  });

  it("asks nobody when nothing is left of it", async () => {
    const answer = await test.post({ query: "{ known other: known }" });
    expect(answer).toMatchObject({ status: 200, body: { data: { known: null, other: null } } });
    expect(test.shelf.received).toEqual([]);
  });

  it("joins by a closed key all the same, without showing it", async () => {
    const keyed = {
      opinions: withDirectives(opinionTypeDefs).replace("id: ID! stars", "id: ID! @authenticated stars"),
    };
    const joined = await startTestGateway({ typeDefs: keyed, tokens });
    expect((await joined.post({ query: "{ book(id: 1) { title stars } }" })).body).toEqual({
      data: { book: { title: "Book 1", stars: 1 } },
    });
    const { body } = await joined.post({ query: "{ book(id: 1) { id stars } whoami }" });
    expect([body.data?.book, body.errors?.[0]?.path]).toEqual([null, ["book", "id"]]);
    await joined.stop();
  });

  it("finds the schema open to introspection", async () => {
    const answer = await test.post({ query: '{ __type(name: "Opinion") { name } known }' });
    expect(answer.body.data).toEqual({ __type: { name: "Opinion" }, known: null });
  });

  it("changes nothing that needs an account, and runs the rest of a mutation", async () => {
    const answer = await test.post({ query: 'mutation { addBook(title: "x") { title } rate(id: "1") }' });
    expect(answer.body.data).toEqual({ addBook: null, rate: "rated" });
    expect(test.shelf.received).toEqual([]);
  });

  it("gets the errors of subgraphs beside the refusals, with their paths", async () => {
    const answer = await test.post({ query: "{ secretFailure known }" });
    expect(codes(answer)).toEqual([
      ["secretFailure", "INTERNAL_SERVER_ERROR", undefined],
      ["known", "UNAUTHORIZED_FIELD_OR_TYPE", "UNAUTHENTICATED"],
    ]);
  });
});

describe("rights", () => {
  it("decide per caller, though the text is the same and plans are remembered", async () => {
    const query = "{ known books { stars opinions { text } } }";
    const [staff, buyer, reader] = await Promise.all([
      issuer.headers("admin"),
      issuer.headers("customer"),
      issuer.headers("customer", "books:known"),
    ]);
    for (let round = 0; round < 2; round += 1) {
      const all = await Promise.all([{}, buyer, staff, reader].map((headers) => test.post({ query }, headers)));
      const seen = all.map(({ body }) => {
        const [first] = body.data?.books as { stars: unknown; opinions: unknown }[];
        const told = body.errors
          ?.filter(({ path }) => path?.join(".") === "known")
          .map(({ extensions }) => extensions.code);
        return [first?.stars, first?.opinions !== null, told?.[0]];
      });
      expect(seen).toEqual([
        [null, false, "UNAUTHORIZED_FIELD_OR_TYPE"],
        [null, true, "UNAUTHORIZED_FIELD_OR_TYPE"],
        [1, true, "UNAUTHORIZED_FIELD_OR_TYPE"],
        // The subgraph itself answered.
        [null, true, "NOT_FOUND"],
      ]);
    }
  });

  it("give everything to who has them, without a word", async () => {
    const answer = await test.post(
      { query: "{ books { id stars opinions { text } } }" },
      await issuer.headers("admin"),
    );
    expect(answer.body.errors).toBeUndefined();
    expect(answer.headers.get("cache-control")).toContain("max-age=60");
  });

  it("are asked after validation, which refuses fragments in a circle and unknown fields", async () => {
    const circle = "{ books { ...A } } fragment A on Book { ...B } fragment B on Book { stars ...A }";
    for (const query of [circle, "{ books { stars nonsense } }"]) {
      const { status, body } = await test.post({ query });
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, "GRAPHQL_VALIDATION_FAILED"]);
    }
  });

  it("do not excuse a wrong variable of a refused field", async () => {
    const query = "query ($yes: Boolean!) { whoami known @include(if: $yes) }";
    const { status, body } = await test.post({ query, variables: { yes: "perhaps" } });
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
  });
});

describe("AUTHORIZATION_REJECT and AUTHORIZATION_ERRORS", () => {
  it("refuse all of an operation, with 200 and every path", async () => {
    const strict = await startTestGateway({ typeDefs, tokens, authorization: { reject: true } });
    const answer = await strict.post({ query: "{ whoami known books { stars } }" });
    expect([answer.status, answer.body.data]).toEqual([200, null]);
    expect(answer.body.errors?.map(({ path }) => path)).toEqual([["known"], ["books", "@", "stars"]]);
    expect(strict.shelf.received).toEqual([]);
    expect((await strict.post({ query: "{ books { title } }" })).body.errors).toBeUndefined();
    await strict.stop();
  });

  it("refuse an operation with more refused fields than are told, although most are not asked for", async () => {
    const strict = await startTestGateway({ typeDefs, tokens, authorization: { reject: true } });
    const notAskedFor = Array.from({ length: 100 }, (_, n) => `k${n}: known @include(if: $no)`).join(" ");
    const query = `query ($no: Boolean!) { whoami ${notAskedFor} known }`;
    expect((await strict.post({ query, variables: { no: false } })).body.data).toBe(null);
    expect(strict.shelf.received).toEqual([]);
    await strict.stop();
  });

  it("move the refusals out of `errors`; the log knows them either way", async () => {
    const quiet = await startTestGateway({ typeDefs, tokens, authorization: { errors: "extensions" } });
    const { body } = await quiet.post({ query: "{ known }" });
    expect(body).toEqual({
      data: { known: null },
      extensions: {
        authorizationErrors: [
          {
            message: "Unauthorized field or type",
            path: ["known"],
            extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", reason: "UNAUTHENTICATED" },
          },
        ],
      },
    });
    expect(quiet.log.join()).toContain("UNAUTHORIZED_FIELD_OR_TYPE");
    await quiet.stop();
  });
});
