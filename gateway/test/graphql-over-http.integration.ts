// The rules of GraphQL over HTTP, by their own audits and by what these leave out; docs/HTTP.md explains the exceptions.
import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let test: TestGateway;
beforeAll(async () => {
  test = await startTestGateway();
});
afterAll(() => test.stop());

const json = { "content-type": "application/json" };
const preflight = { "apollo-require-preflight": "1" };

/** What is not "ok", as level and id. */
async function audit(introspection: boolean, headers: Record<string, string>): Promise<string[]> {
  const audited = await startTestGateway({ introspection });
  const audits = serverAudits({
    url: audited.url,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...headers } }),
  });
  expect(audits.length).toBeGreaterThanOrEqual(61);
  const results = await Promise.all(audits.map(async ({ id, fn }) => ({ id, status: (await fn()).status })));
  await audited.stop();
  return results.filter(({ status }) => status !== "ok").map(({ id, status }) => `${status} ${id}`);
}

/** They ask for 200 on failures, which the draft no longer does. */
const wants200 = ["warn 572B", "warn 7B9B", "warn FDE2"];

describe("the audits of graphql-http", () => {
  it("find nothing but what asks for 200 on failures", async () => {
    expect((await audit(true, preflight)).sort()).toEqual(wants200);
  });

  it("find, without a header against forged requests, that GET is refused", async () => {
    expect((await audit(true, {})).sort()).toEqual(["notice 5A70", "notice 6A70", "notice D6D5", ...wants200]);
  });

  it("find, with introspection off, those that ask about the schema", async () => {
    const aboutSchema = ["error 28B9", "error BF61", "notice 6A70", "notice D6D5", "warn 2EA1"];
    expect((await audit(false, preflight)).sort()).toEqual([...aboutSchema, ...wants200].sort());
  });
});

describe("a body that is JSON but no request", () => {
  it.each([
    ["null", "null"],
    ["a string", '"{ latest }"'],
    ["a number", "1"],
    ["an empty object", "{}"],
    ["an empty list", "[]"],
    ["a list", '[{"query":"{ latest }"},{"query":"{ latest }"}]'],
    ["a misspelt name", '{"qeury":"{ latest }"}'],
    ["a request in __proto__", '{"__proto__":{"query":"{ latest }"}}'],
    ["query null", '{"query":null}'],
    ["query empty", '{"query":""}'],
    ["query a number", '{"query":1}'],
    ["query a list", '{"query":["{ latest }"]}'],
    ["query an object", '{"query":{}}'],
    ["variables a string", '{"query":"{ latest }","variables":"{}"}'],
    ["variables a list", '{"query":"{ latest }","variables":[]}'],
    ["variables a number", '{"query":"{ latest }","variables":1}'],
    ["operationName a number", '{"query":"{ latest }","operationName":1}'],
    ["operationName an object", '{"query":"{ latest }","operationName":{}}'],
    ["extensions a string", '{"query":"{ latest }","extensions":"x"}'],
    ["extensions a list", '{"query":"{ latest }","extensions":[]}'],
  ])("%s is 400", async (_name, body) => {
    const answer = await test.send({ method: "POST", headers: json, body });
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([400, "BAD_REQUEST"]);
    expect(answer.body.errors?.[0]?.message).toMatch(/quer(y|ies)|variables|operationName|extensions|batching|body/);
    expect(answer.body).not.toHaveProperty("data");
  });
});

describe("a request that is unusual but right", () => {
  it.each([
    ["unknown properties", '{"query":"{ latest }","id":7,"nope":{"a":[]}}'],
    ["null for what may be left out", '{"query":"{ latest }","variables":null,"operationName":null,"extensions":null}'],
    ["a byte order mark", '\ufeff{"query":"{ latest }"}'],
    ["variables that nobody declares", '{"query":"{ latest }","variables":{"__proto__":{"a":1},"constructor":1}}'],
    ["unknown extensions", '{"query":"{ latest }","extensions":{"__proto__":{"a":1},"x":{}}}'],
    ["names of every object", '{"query":"{ __proto__: latest constructor: latest toString: latest latest }"}'],
  ])("%s", async (_name, body) => {
    const answer = await test.send({ method: "POST", headers: json, body });
    expect([answer.status, answer.body.data?.latest ?? answer.text]).toEqual([200, "fine"]);
    expect(Object.keys({})).toEqual([]);
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });
});

describe("a query string", () => {
  const encoded = encodeURIComponent("{ latest }");
  it.each([
    ["query twice", `query=${encoded}&query=${encoded}`],
    ["variables twice", `query=${encoded}&variables={}&variables={}`],
    ["variables that are no JSON", `query=${encoded}&variables={`],
    ["variables that are a list", `query=${encoded}&variables=[]`],
    ["an empty query", "query="],
    ["nothing", ""],
    ["bytes that are no UTF-8", "query=%E0%A4%A"],
  ])("with %s is 400", async (_name, search) => {
    const { status, body } = await test.send({ path: `/graphql?${search}`, headers: preflight });
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, expect.stringMatching(/BAD_REQUEST|PARSE/)]);
  });
});

describe("what is sent back", () => {
  const modern = "application/graphql-response+json";
  it.each([
    [undefined, "application/json; charset=utf-8"],
    ["*/*", "application/json; charset=utf-8"],
    [modern, `${modern}; charset=utf-8`],
    [`${modern}, application/json;q=0.9`, `${modern}; charset=utf-8`],
    [`application/json, ${modern};q=0.5`, "application/json; charset=utf-8"],
    [`application/json, ${modern};q=0`, "application/json; charset=utf-8"],
    [`${modern};q=0, */*`, "application/json; charset=utf-8"],
    ["application/*", "application/json; charset=utf-8"],
    [modern.toUpperCase(), `${modern}; charset=utf-8`],
  ])("for Accept: %s is %s, an answer and a refusal before GraphQL", async (accept, type) => {
    const given = { ...(accept && { accept }) };
    for (const query of ["{ latest }", "{ latst }"]) {
      const { headers } = await test.post({ query }, given);
      expect(headers.get("content-type")).toBe(type);
    }
    for (const request of [{ method: "POST", body: "{" }, { method: "PUT" }]) {
      const { headers, status } = await test.send({ ...request, headers: { ...json, ...given } });
      expect([status >= 400, headers.get("content-type")]).toEqual([true, type]);
    }
  });

  it.each(["application/xml", "text/html", "multipart/mixed", ";;;,,/"])("is 406 for Accept: %s", async (accept) => {
    const { status, body } = await test.post({ query: "{ latest }" }, { accept });
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([406, "BAD_REQUEST"]);
  });

  it.each([
    ["an answer", "POST", "/graphql", '{"query":"{ latest }"}'],
    ["a failure", "POST", "/graphql", '{"query":"{ latst }"}'],
    ["a refusal before GraphQL", "POST", "/graphql", "{"],
    ["a refusal of a method", "PUT", "/graphql", "{}"],
    ["a refusal of a path", "GET", "/nothing", undefined],
  ])("says for %s on what it depends", async (_name, method, path, body) => {
    for (const origin of [{}, { origin: "https://evil.example" }] as Record<string, string>[]) {
      const { headers } = await test.send({ path, method, headers: { ...json, ...origin }, body: body ?? null });
      const vary = (headers.get("vary") ?? "").split(", ");
      expect(vary).toContain("Origin");
      expect(vary).toContain("Accept");
      expect(new Set(vary).size).toBe(vary.length);
      if (body?.includes("query")) expect(vary).toEqual(expect.arrayContaining(["Authorization", "X-Api-Key"]));
    }
  });

  it("has no body for HEAD, which the endpoint does not answer", async () => {
    const { status, headers, text } = await test.send({ method: "HEAD", headers: preflight });
    expect([status, headers.get("allow"), text]).toEqual([405, "GET, POST", ""]);
  });

  it("names an operation that is not there, the empty name too", async () => {
    const { status, body } = await test.post({ query: "{ latest }", operationName: "" });
    expect([status, body.errors?.[0]?.message]).toEqual([400, 'The document has no operation called "".']);
  });
});
