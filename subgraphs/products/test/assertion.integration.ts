// Who may call at all: signed requests only, each mutation once, and wrong requests end in an answer, not in a fault.
import { randomUUID } from "node:crypto";
import { signRequest } from "@tradegraph/kit/internal-assertion";
import { testKeys } from "@tradegraph/testkit/test-database";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { stockService } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";

let subgraph: StartedProducts;

beforeAll(async () => {
  subgraph = await startProducts();
});

afterAll(() => subgraph.stop());
afterEach(() => {
  vi.restoreAllMocks();
});

const body = JSON.stringify({ query: "{ products { totalCount } }" });

function signed(text: string, method = "POST", keys = testKeys) {
  return signRequest(keys, stockService, {
    audience: "products",
    method,
    path: "/graphql",
    body: text,
    requestId: randomUUID(),
  });
}

async function send(text: string | undefined, headers: Record<string, string>, method = "POST") {
  const response = await fetch(subgraph.url, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(text !== undefined && { body: text }),
  });
  const answer = (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
  return { status: response.status, code: answer.errors?.[0]?.extensions.code, ...answer };
}

describe("the internal assertion", () => {
  it("lets a signed request in", async () => {
    expect(await send(body, signed(body))).toMatchObject({ status: 200, data: { products: { totalCount: 0 } } });
  });

  it("is demanded", async () => {
    expect(await send(body, {})).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
  });

  it("must fit the body, the viewer, the request id and the key", async () => {
    const good = signed(body);
    const viewer = Buffer.from(JSON.stringify({ ...stockService, tenantId: "other" })).toString("base64url");
    const wrong: [string, Record<string, string>][] = [
      [`${body} `, good],
      [body, { ...good, "tg-viewer": viewer }],
      [body, { ...good, "x-request-id": "another" }],
      [body, { ...good, "tg-key": "unknown" }],
      [body, { ...good, "tg-time": String(Date.now() + 1) }],
      [body, { ...good, "tg-signature": "" }],
      [body, signed(body, "POST", [{ kid: "test", secret: "x".repeat(64) }])],
    ];
    for (const [text, headers] of wrong)
      expect(await send(text, headers)).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
  });

  it.each([-31_000, 31_000])("expires (%i ms off)", async (off) => {
    const now = Date.now();
    vi.spyOn(Date, "now").mockReturnValue(now + off);
    const headers = signed(body);
    vi.restoreAllMocks();
    expect(await send(body, headers)).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
  });

  it("is good for one mutation, and for a query again", async () => {
    const mutation = JSON.stringify({ query: 'mutation { stockRelease(key: "replayed-1") { units } }' });
    const headers = signed(mutation);
    expect(await send(mutation, headers)).toMatchObject({ status: 200, data: { stockRelease: { units: 0 } } });
    expect(await send(mutation, headers)).toMatchObject({ code: "UNAUTHENTICATED" });
    const query = signed(body);
    for (let n = 0; n < 2; n += 1) expect(await send(body, query)).toMatchObject({ status: 200, code: undefined });
  });
});

describe("a wrong request", () => {
  it("by GET is refused, signed or not", async () => {
    expect(await send(undefined, {}, "GET")).toMatchObject({ status: 401 });
    const { status, code } = await send(undefined, signed("", "GET"), "GET");
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(code).toBeDefined();
  });

  it.each(["{", "", "nonsense", '{"query": '])("with the broken JSON %j is 400", async (text) => {
    expect(await send(text, signed(text))).toMatchObject({ status: 400, code: "BAD_USER_INPUT" });
  });

  it.each(["null", "[]", "1", '"text"', "{}", '{"query":1}', `[${body}]`])("with the body %s is 400", async (text) => {
    expect((await send(text, signed(text))).status).toBe(400);
  });

  it("of 3 MB is 413", async () => {
    const text = JSON.stringify({ query: `{ products(query: "${"x".repeat(3 * 1024 * 1024)}") { totalCount } }` });
    expect(await send(text, signed(text))).toMatchObject({ status: 413, code: "BAD_USER_INPUT" });
  });

  it("with an unknown field tells the field and no stack", async () => {
    const text = JSON.stringify({ query: "{ nothing }" });
    const answer = await send(text, signed(text));
    expect(answer).toMatchObject({ status: 400, code: "GRAPHQL_VALIDATION_FAILED" });
    expect(JSON.stringify(answer)).not.toMatch(/stacktrace|\.ts:/);
  });

  it("cannot ask for the schema", async () => {
    const text = JSON.stringify({ query: "{ __schema { types { name } } }" });
    expect((await send(text, signed(text))).status).toBe(400);
  });
});
