// Questions about the schema: for whom they are answered, and that no cache shows such an answer to anybody else.
import { type JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { startIssuer, type TestIssuer } from "./issuer.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";
import { type Answer, startWholeResponseStage, type WholeResponseStage } from "./whole-response-stage.ts";

const query = "{ __schema { queryType { name } } }";
const refused = {
  code: "GRAPHQL_VALIDATION_FAILED",
  validationErrorCode: "INTROSPECTION_DISABLED",
};
const developer = { role: "admin", scope: "staff:development" };

describe("INTROSPECTION=developers", () => {
  let issuer: TestIssuer;
  let test: TestGateway;
  beforeAll(async () => {
    issuer = await startIssuer();
    test = await startTestGateway({ introspection: "developers", tokens: issuer.rules });
  });
  afterAll(async () => {
    await test.stop();
    issuer.stop();
  });
  const as = async (payload: JWTPayload) => ({ authorization: `Bearer ${await issuer.token(payload)}` });

  it.each([[developer], [{ role: "admin", scope: "admin" }]])("answers staff for development %j", async (payload) => {
    const { status, body } = await test.post({ query }, await as(payload));
    expect([status, body]).toEqual([200, { data: { __schema: { queryType: { name: "Query" } } } }]);
  });

  it.each([
    [{ role: "customer", scope: "staff:development" }],
    [{ role: "admin", scope: "staff:support" }],
    [{ role: "admin", scope: "" }],
  ])("refuses %j", async (payload) => {
    const { status, body } = await test.post({ query }, await as(payload));
    expect([status, body.errors?.[0]?.extensions]).toMatchObject([400, refused]);
  });

  it.each([
    ["__schema", query],
    ["__type", '{ __type(name: "Query") { name } }'],
    ["an alias", "{ latest: __schema { queryType { name } } }"],
    ["a fragment", "{ ...A } fragment A on Query { __schema { queryType { name } } }"],
    ["an operation that does not run", `query A { latest } query B ${query}`, "A"],
    ["data beside it", "{ latest __schema { queryType { name } } }"],
    ["@skip", "{ latest __schema @skip(if: true) { queryType { name } } }"],
  ])("refuses visitors %s before a subgraph is asked", async (_name, text, operationName?: string) => {
    test.opinions.received.length = 0;
    const { status, body } = await test.post({ query: text, operationName });
    expect([status, body.errors?.[0]?.extensions]).toMatchObject([400, refused]);
    expect(body.data).toBeUndefined();
    expect(test.opinions.received).toEqual([]);
  });

  it("leaves __typename to everybody", async () => {
    const { body } = await test.post({ query: "{ __typename books { __typename } }" });
    expect(body.data).toMatchObject({ __typename: "Query", books: [{ __typename: "Book" }, {}, {}] });
  });

  it("asks again for each request of the same text, whoever asked first", async () => {
    const headers = await as(developer);
    const text = "{ __schema { queryType { name kind } } }";
    const statuses: number[] = [];
    for (const own of [{}, headers, {}, headers]) statuses.push((await test.post({ query: text }, own)).status);
    expect(statuses).toEqual([400, 200, 400, 200]);
  });
});

describe("closed to everybody", () => {
  it("refuses developers too, and tells nobody how to open it", async () => {
    const issuer = await startIssuer();
    const test = await startTestGateway({ tokens: issuer.rules });
    const authorization = `Bearer ${await issuer.token(developer)}`;
    const { status, body, text } = await test.post({ query }, { authorization });
    await test.stop();
    issuer.stop();
    expect([status, body.errors?.[0]?.extensions]).toMatchObject([400, refused]);
    expect(text).not.toMatch(/Apollo|introspection: true/);
  });
});

describe("behind the response cache", () => {
  let stage: WholeResponseStage;
  beforeAll(async () => {
    stage = await startWholeResponseStage(inject("redisUri") as string, {}, { introspection: "developers" });
  });
  afterAll(() => stage.stop());
  const mixed = (id: string) => `{ __schema { queryType { name } } item(id: "${id}") { stock } }`;
  const asDeveloper = async () => ({ authorization: `Bearer ${await stage.issuer.token(developer)}` });

  it("keeps nothing of what a developer was told, beside data neither", async () => {
    const headers = await asDeveloper();
    for (const id of ["1", "1"]) {
      const told = await stage.ask(mixed(id), { headers });
      expect(JSON.parse(told.text)).toEqual({
        data: { __schema: { queryType: { name: "Query" } }, item: { stock: 1 } },
      });
      expect(told.cache).toBe("tradegraph; fwd=miss");
      expect(told.headers["cache-control"]).toBe("private, no-store");
    }
    for (const at of [0, 1]) expect((await stage.ask(mixed("1"), { at })).status).toBe(400);
    // The same without the question is kept: it was that which was not.
    await stage.ask('{ item(id: "1") { stock } }');
    expect((await stage.ask('{ item(id: "1") { stock } }')).cache).toContain("; hit;");
  });

  it("shows a visitor nothing who asks at the same time", async () => {
    const headers = await asDeveloper();
    const callers = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? {} : { headers }));
    const answers = await Promise.all(callers.map((caller): Promise<Answer> => stage.ask(mixed("2"), caller)));
    expect(answers.map(({ status }) => status)).toEqual(callers.map(({ headers: own }) => (own ? 200 : 400)));
  });
});
