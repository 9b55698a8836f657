import { request as rawRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let test: TestGateway;
beforeAll(async () => {
  test = await startTestGateway({ corsOrigins: ["https://shop.example"] });
});
afterAll(() => test.stop());

const json = { "content-type": "application/json" };
const query = "{ latest }";

describe("requests that are wrong get a GraphQL error with a code", () => {
  it.each([
    ["broken JSON", { method: "POST", headers: json, body: '{"query": ' }, 400, "BAD_REQUEST"],
    ["invalid UTF-8", { method: "POST", headers: json, body: Buffer.from([0x22, 0xff, 0x22]) }, 400, "BAD_REQUEST"],
    ["no body", { method: "POST", headers: json }, 400, "BAD_REQUEST"],
    ["a batch", { method: "POST", headers: json, body: JSON.stringify([{ query }]) }, 400, "BAD_REQUEST"],
    ["1 MB", { method: "POST", headers: json, body: `{"query":"${"#".repeat(1 << 20)}"}` }, 413, "BODY_TOO_LARGE"],
    ["another type", { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" }, 415, "BAD_REQUEST"],
    [
      "another charset",
      { method: "POST", headers: { "content-type": "application/json; charset=utf-16" }, body: "{}" },
      415,
      "BAD_REQUEST",
    ],
    [
      "compression",
      { method: "POST", headers: { ...json, "content-encoding": "gzip" }, body: "{}" },
      415,
      "BAD_REQUEST",
    ],
    ["PUT", { method: "PUT", headers: json, body: "{}" }, 405, "BAD_REQUEST"],
    ["an unknown path", { path: "/nothing" }, 404, "NOT_FOUND"],
    ["POST to /health", { path: "/health", method: "POST" }, 405, "BAD_REQUEST"],
    ["GET without a preflight header", { path: `/graphql?query=${query}` }, 400, "BAD_REQUEST"],
    ["a syntax error", { method: "POST", headers: json, body: '{"query":"{"}' }, 400, "GRAPHQL_PARSE_FAILED"],
    [
      "an unknown field",
      { method: "POST", headers: json, body: '{"query":"{ latst }"}' },
      400,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "many tokens",
      { method: "POST", headers: json, body: `{"query":"{ ${"latest ".repeat(2_000)} }"}` },
      400,
      "GRAPHQL_PARSE_FAILED",
    ],
    [
      "APQ",
      { method: "POST", headers: json, body: '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}' },
      200,
      "PERSISTED_QUERY_NOT_SUPPORTED",
    ],
  ])("%s", async (_name, init, status, code) => {
    const answer = await test.send(init as RequestInit);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    const requestId = answer.headers.get("x-request-id");
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({ code, requestId });
    expect(answer.text).not.toMatch(/node_modules|at \w+ \(|Did you mean/);
  });

  it("bytes that are no HTTP", async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(test.url).port), "127.0.0.1", () => socket.write("HELLO\r\n\r\n"));
      socket.once("data", (data) => {
        resolve(data.toString());
      });
    });
    expect(answer).toMatch(/^HTTP\/1.1 400[^]*"BAD_REQUEST"/);
  });

  it("a GET of a mutation is 405 and never runs", async () => {
    test.shelf.received.length = 0;
    const answer = await test.send({
      path: `/graphql?query=${encodeURIComponent('mutation { addBook(title: "x") { id } }')}`,
      headers: { "apollo-require-preflight": "1" },
    });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
    expect(test.shelf.received).toEqual([]);
  });

  it.each([
    [{}, "several operations"],
    [{ operationName: "C" }, 'no operation called "C"'],
  ])("a document that leaves open which operation runs (%j)", async (extra, text) => {
    const answer = await test.post({ query: "query A { latest } query B { latest }", ...extra });
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.[0]).toMatchObject({
      message: expect.stringContaining(text) as string,
      extensions: { code: "OPERATION_RESOLUTION_FAILURE" },
    });
  });

  it("a wrong variable is 400 and suggests nothing", async () => {
    const answer = await test.post({
      query: "query ($c: Colour) { books(colour: $c) { id } }",
      variables: { c: "GREN" },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(answer.text).not.toContain("Did you mean");
    expect(answer.text).not.toContain("GREEN");
  });
});

describe("requests that are right", () => {
  it("runs a query sent as GET with a preflight header", async () => {
    const { status, body, headers } = await test.send({
      path: `/graphql?query=${encodeURIComponent(query)}`,
      headers: { "apollo-require-preflight": "1" },
    });
    expect([status, body]).toEqual([200, { data: { latest: "fine" } }]);
    expect(headers.get("vary")).toContain("Authorization");
  });

  it("makes a request id unless the client has a harmless one", async () => {
    const ids = await Promise.all(
      ["a\u00e9 <script>", "x", "good-id-1234"].map(async (id) => {
        const answer = await test.post({ query }, { "x-request-id": id });
        return answer.headers.get("x-request-id");
      }),
    );
    expect(ids[0]).toMatch(/^[\w-]{36}$/);
    expect(ids[1]).toMatch(/^[\w-]{36}$/);
    expect(ids[2]).toBe("good-id-1234");
  });

  it.each([
    ["http://shop.example/graphql?query=%7Blatest%7D", 200],
    ["HTTPS://shop.example:1/health", 200],
    ["http://shop.example", 404],
    ["http://shop.example?query=%7Blatest%7D", 404],
    ["graphql", 400],
  ])("knows the whole address that proxies may send: %s", async (path, status) => {
    const { hostname, port } = new URL(test.url);
    const headers = { "apollo-require-preflight": "1" };
    const given = await new Promise((resolve) => {
      rawRequest({ hostname, port, path, headers }, (response) => {
        resolve(response.resume().statusCode);
      }).end();
    });
    expect(given).toBe(status);
  });

  it("answers while the body comes in pieces", async () => {
    const status = await new Promise((resolve) => {
      const request = rawRequest(test.url, { method: "POST", headers: json }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.write('{"query":');
      setTimeout(() => request.end('"{ latest }"}'), 30);
    });
    expect(status).toBe(200);
  });
});

describe("CORS", () => {
  it("lets pages of the listed origins read answers, preflight and refusals included", async () => {
    const origin = "https://shop.example";
    const preflight = await test.send({
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
    expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization");
    const refused = await test.send({ method: "POST", headers: { ...json, origin }, body: "{" });
    expect(refused.headers.get("access-control-allow-origin")).toBe(origin);
    expect(refused.headers.get("access-control-expose-headers")).toContain("x-request-id");
  });

  it("tells pages of other origins nothing", async () => {
    const { headers } = await test.post({ query }, { origin: "https://evil.example" });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("operator routes", () => {
  // Without a word some caches keep 200 and 404 for an hour, and Fastly does so for `no-store` alone.
  it.each([
    ["/health", {}],
    ["/ready", {}],
    ["/metrics", {}],
    ["/nothing", {}],
    ["/graphql?query=%7Blatest%7D", {}],
    ["/graphql?query=%7B__typename%7D", { "apollo-require-preflight": "1" }],
    ["/graphql?query=%7Bnothing%7D", { "apollo-require-preflight": "1" }],
  ])("lets no cache on the way keep %s %j", async (path, headers: Record<string, string>) => {
    const answer = await test.send({ path, headers });
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
  });

  it("/health answers whatever else is down", async () => {
    expect(await test.send({ path: "/health" })).toMatchObject({ status: 200, body: { status: "ok" } });
  });

  it("/metrics is not there where another port has it", async () => {
    const closed = await startTestGateway({ publicMetrics: false });
    expect((await closed.send({ path: "/metrics" })).status).toBe(404);
    expect((await closed.send({ path: "/health" })).status).toBe(200);
    await closed.stop();
  });

  it("/metrics counts operations, errors and fetches with bounded labels", async () => {
    await test.post({ query: "query Known { latest }" });
    await test.post({ query: "query Invented { nothing }" });
    const { text } = await test.send({ path: "/metrics" });
    const lines = text.split("\n");
    const figure = (name: string, ...labels: string[]) =>
      lines.find((line) => line.startsWith(`${name}{`) && labels.every((label) => line.includes(label)));
    expect(figure("graphql_operation_duration_seconds_count", 'operation="Known"', 'outcome="ok"')).toMatch(/ 1$/);
    expect(figure("graphql_errors_total", 'code="BODY_TOO_LARGE"')).toMatch(/ 1$/);
    expect(figure("graphql_subgraph_fetch_seconds_count", 'subgraph="opinions"', 'outcome="ok"')).toBeDefined();
    expect(lines.find((line) => line.includes("Invented"))).toBeUndefined();
  });

  it("logs one line per operation, without its variables", async () => {
    test.log.length = 0;
    await test.post(
      { query: "query Score($of: ID!) { score(of: $of) }", variables: { of: "very-private" } },
      { "x-request-id": "log-line-1" },
    );
    const lines = test.log.map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([
      { requestId: "log-line-1", operation: "Score", type: "query", tenant: "acme", role: "anonymous", outcome: "ok" },
    ]);
    expect(test.log.join()).not.toContain("very-private");
  });
});
