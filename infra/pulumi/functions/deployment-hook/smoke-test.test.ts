import { createServer, type IncomingHttpHeaders } from "node:http";
import { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ask } from "./ask.ts";
import { checksOf, smokeTest } from "./smoke-test.ts";

interface Asked {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Undefined: never answers. */
async function gateway(answer: (asked: Asked) => { status: number; body: object | string } | undefined) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const one = { path: request.url ?? "", headers: request.headers, body };
      asked.push(one);
      const found = answer(one);
      if (!found) return;
      response.statusCode = found.status;
      response.end(typeof found.body === "string" ? found.body : JSON.stringify(found.body));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const door = {
    ...{ url: `http://127.0.0.1:${port}`, host: "api.shop.example", timeoutMs: 2000 },
    ...{ testHeader: "x-amzn-ecs-blue-green-test", testValue: "green" },
  };
  const test = (checks = checksOf({ shop: true, operation: "" }), timeoutMs = door.timeoutMs) =>
    smokeTest(checks, (path, body) => ask({ ...door, timeoutMs }, path, body));
  return { asked, test, close: () => server.close() };
}

const good = ({ path, body }: Asked) =>
  path === "/health"
    ? { status: 200, body: { status: "ok" } }
    : {
        status: 200,
        body: {
          data: body.includes("__typename") ? { __typename: "Query" } : { products: { nodes: [{ id: "1" }] } },
        },
      };

describe("the smoke test of a new gateway", () => {
  it("asks for its health, the smallest operation and the catalogue, as a visitor of the test way", async () => {
    const { asked, test } = await gateway(good);
    expect(await test()).toMatchObject({ state: "passed" });
    expect(asked.map(({ path }) => path)).toEqual(["/health", "/graphql", "/graphql"]);
    for (const { headers } of asked) {
      expect(headers).toMatchObject({ host: "api.shop.example", "x-amzn-ecs-blue-green-test": "green" });
    }
    expect(JSON.parse(asked[2]?.body ?? "")).toEqual({
      query: "query SmokeTest { products(first: 1) { nodes { id } } }",
    });
  });

  it("asks a persisted operation where one is given, and health alone where visitors have no shop", async () => {
    const operation = `sha256:${"a".repeat(64)}`;
    const { asked, test } = await gateway(good);
    await test(checksOf({ shop: true, operation }));
    expect(asked.map(({ body }) => body)).toEqual(["", JSON.stringify({ documentId: operation })]);
    expect(checksOf({ shop: false, operation }).map(({ path }) => path)).toEqual(["/health"]);
  });

  it("waits for a version that the load balancer does not find yet", async () => {
    for (const status of [502, 503, 504]) {
      const { test } = await gateway(() => ({ status, body: "" }));
      expect(await test()).toEqual({ state: "wait", why: `health: status ${status}` });
    }
  });

  it("waits where nobody listens, and where an answer does not come in time", async () => {
    const silent = await gateway(() => undefined);
    expect(await silent.test(undefined, 50)).toMatchObject({ state: "wait" });
    const gone = await smokeTest(checksOf({ shop: true, operation: "" }), () => Promise.reject(new Error("refused")));
    expect(gone).toEqual({ state: "wait", why: "health: refused" });
  });

  it.each([
    ["an error", { data: null, errors: [{ message: "for a@b.example", extensions: { code: "X" } }] }, "an error (X)"],
    ["no data", { data: { __typename: null } }, "no data"],
    ["no JSON", "<html>", "no JSON"],
  ])("fails a version that answers with %s, and repeats nothing that could be a person's", async (_, body, why) => {
    const { test } = await gateway((asked) => (asked.path === "/health" ? good(asked) : { status: 200, body }));
    const verdict = await test();
    expect(verdict.state).toBe("failed");
    expect(verdict.why).toContain(why);
    expect(verdict.why).not.toContain("a@b.example");
  });

  it("fails a version whose health or operations have another status", async () => {
    const ill = await gateway(() => ({ status: 500, body: {} }));
    expect(await ill.test()).toEqual({ state: "failed", why: "health: status 500" });
    const refusing = await gateway((asked) => (asked.path === "/health" ? good(asked) : { status: 400, body: {} }));
    expect(await refusing.test()).toEqual({ state: "failed", why: "smallest operation: status 400" });
  });
});
