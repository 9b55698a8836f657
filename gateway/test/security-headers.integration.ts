// Every answer tells browsers what not to do with it: of each status and kind, from steps and from Node itself.
import { request as rawRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openServer } from "../src/http/open-server.ts";
import { securityHeaders } from "../src/http/security-headers.ts";
import { startOperator } from "./start-operator.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";
import { startWholeResponseStage } from "./whole-response-stage.ts";

const origin = "https://shop.example";
const json = { "content-type": "application/json" };
const ofEveryAnswer: Record<string, string> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "strict-transport-security": "max-age=31536000",
};
const ofData = { ...ofEveryAnswer, "content-security-policy": "default-src 'none';frame-ancestors 'none'" };

let test: TestGateway;
beforeAll(async () => {
  test = await startTestGateway({ corsOrigins: [origin], pages: ["sandbox", "graphiql"], hstsSeconds: 31_536_000 });
});
afterAll(() => test.stop());

const of = (headers: Headers, names: object) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, headers.get(name)]));

describe("security headers are on", () => {
  const post = (body: string, headers = {}) => ({ method: "POST", headers: { ...json, ...headers }, body });
  it.each([
    ["an answer", post('{"query":"{ latest }"}'), 200],
    ["an answer with errors", post('{"query":"{ secretFailure }"}'), 200],
    ["an answer to a page of an allowed origin", post('{"query":"{ latest }"}', { origin }), 200],
    ["an answer to a page of another origin", post('{"query":"{ latest }"}', { origin: "https://evil.example" }), 200],
    ["a preflight", { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } }, 204],
    ["a redirect", { headers: { accept: "text/html" }, redirect: "manual" }, 302],
    ["a failure", post('{"query":"{ latst }"}'), 400],
    ["broken JSON", post("{"), 400],
    ["broken JSON to a page", post("{", { origin }), 400],
    ["a wrong token", post('{"query":"{ latest }"}', { authorization: "Bearer x" }), 401],
    ["an unknown path", { path: "/nothing" }, 404],
    ["a wrong method", { method: "DELETE" }, 405],
    ["a type that is not there", post('{"query":"{ latest }"}', { accept: "image/png" }), 406],
    ["a body that is too large", post(`{"query":"${"#".repeat(200_000)}"}`), 413],
    ["another type", post("{}", { "content-type": "text/plain" }), 415],
    ["/health", { path: "/health" }, 200],
    ["/ready", { path: "/ready" }, 200],
    ["/metrics", { path: "/metrics" }, 200],
  ])("%s", async (_name, init, status) => {
    const answer = await test.send(init as RequestInit);
    expect([answer.status, of(answer.headers, ofData)]).toEqual([status, ofData]);
  });

  it.each(["/", "/graphiql"])("the page %s, with a content policy of its own", async (path) => {
    const { headers } = await test.send({ path });
    const ofPages = { "cross-origin-opener-policy": "same-origin-allow-popups", "x-frame-options": "DENY" };
    expect(of(headers, { ...ofEveryAnswer, ...ofPages })).toEqual({ ...ofEveryAnswer, ...ofPages });
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; .*frame-ancestors 'none'; .*script-src/,
    );
  });

  it.each([
    ["no HTTP", "HELLO\r\n\r\n", 400],
    ["no Host", "GET /health HTTP/1.1\r\n\r\n", 400],
    ["an address of 20 KB", `GET /${"a".repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 431],
    ["headers of 20 KB", `GET /health HTTP/1.1\r\nhost: a\r\nx: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ["an expectation", "POST /graphql HTTP/1.1\r\nhost: a\r\nexpect: more\r\ncontent-length: 0\r\n\r\n", 417],
    [
      "two lengths",
      "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}",
      400,
    ],
  ])("what Node refuses: %s", async (_name, text, status) => {
    const answer = await raw(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    for (const [name, value] of Object.entries(ofData)) expect(answer.toLowerCase()).toContain(`${name}: ${value}\r\n`);
    const body = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))) as { errors: { extensions: { code: string } }[] };
    expect(body.errors[0]?.extensions.code).toBe("BAD_REQUEST");
    expect(answer).toMatch(/^cache-control: private, no-store\r$/im);
  });

  it("kept answers, the same bytes again and 304, once each", async () => {
    const stage = await startWholeResponseStage(inject("redisUri") as string, {}, { hstsSeconds: 31_536_000 });
    const query = '{ item(id: "1") { stock } }';
    const first = await stage.ask(query);
    const hits = [await stage.ask(query), await stage.ask(query, { get: true })];
    const same = await stage.ask(query, { headers: { "if-none-match": String(first.headers.etag) }, get: true });
    const names = await rawNames(stage.urls[0] ?? "", query);
    await stage.stop();
    expect(hits.map(({ cache }) => cache.includes("; hit;"))).toEqual([true, true]);
    expect(same.status).toBe(304);
    for (const { headers } of [first, ...hits, same]) expect(headers).toMatchObject(ofData);
    expect(new Set(names).size).toBe(names.length);
  });
});

it.each(["/health", "/metrics", "/nothing"])("are on %s for operators", async (path) => {
  const operators = await startOperator(undefined);
  const { headers } = await fetch(operators.url + path);
  await operators.close();
  expect(of(headers, ofData)).toEqual({ ...ofData, "strict-transport-security": null });
});

it("are on the refusal of a request that does not arrive in time", async () => {
  const limits = { requestTimeout: 100, headersTimeout: 100, connectionsCheckingInterval: 50 };
  const server = openServer([], () => undefined, { ...limits, fixedHeaders: securityHeaders() });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const answer = await raw("POST /graphql HTTP/1.1\r\nhost: a\r\n", (server.address() as AddressInfo).port);
  server.close();
  expect(answer).toMatch(
    /^HTTP\/1.1 408 [^]*x-content-type-options: nosniff\r[^]*"The request did not arrive in time."/,
  );
});

it("says nothing about HTTPS unless told to", async () => {
  const plain = await startTestGateway();
  const { headers } = await plain.send({ path: "/health" });
  await plain.stop();
  expect(headers.get("strict-transport-security")).toBeNull();
});

describe("CORS", () => {
  const preflight = (from: string, headers = {}) =>
    test.send({ method: "OPTIONS", headers: { origin: from, "access-control-request-method": "POST", ...headers } });

  it("lets browsers remember a preflight for ten minutes, and no longer", async () => {
    expect((await preflight(origin)).headers.get("access-control-max-age")).toBe("600");
  });

  it.each(["null", "https://shop.example.evil.example", "http://shop.example", "https://shop.example:8443"])(
    "allows %s nothing",
    async (from) => {
      const answers = [await preflight(from), await test.post({ query: "{ latest }" }, { origin: from })];
      for (const { headers } of answers) expect(headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  it("never allows cookies", async () => {
    for (const answer of [await preflight(origin), await test.post({ query: "{ latest }" }, { origin })]) {
      expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
      expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    }
  });

  it("shows pages the request's id, and how often they may ask", async () => {
    const { headers } = await test.post({ query: "{ latest }" }, { origin });
    const exposed = headers.get("access-control-expose-headers")?.split(",");
    expect(exposed).toEqual(expect.arrayContaining(["x-request-id", "retry-after", "ratelimit-remaining"]));
  });
});

function raw(text: string, port = Number(new URL(test.url).port)): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (data) => {
      answer += data.toString();
      const [head, body = ""] = answer.split("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(head ?? "")?.[1] ?? Infinity);
      if (body.length < length) return;
      resolve(answer);
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

/** Names of the headers as they come, twice if they come twice. */
function rawNames(url: string, query: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const asked = rawRequest(url, { method: "POST", headers: { ...json, origin } }, (response) => {
      response.resume();
      resolve(response.rawHeaders.filter((_text, index) => index % 2 === 0).map((name) => name.toLowerCase()));
    });
    asked.on("error", reject).end(JSON.stringify({ query }));
  });
}
