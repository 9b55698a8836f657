import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type RedisClient } from "@tradegraph/kit/redis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { holdFirst } from "./hold-first.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let test: TestGateway;
beforeAll(async () => {
  test = await startTestGateway({ subgraphTimeoutMs: 300 });
});
afterAll(() => test.stop());
afterEach(() => {
  test.opinions.behave = undefined;
  test.shelf.behave = undefined;
});

const booksWithStars = { query: "query Books { books { title stars } }" };
const onlyTitles = [1, 2, 3].map((id) => ({ title: `Book ${id}`, stars: null }));
const allBooks = [1, 2, 3].map((id) => ({ title: `Book ${id}`, stars: id }));

describe("a query over two subgraphs", () => {
  it("joins their data", async () => {
    const { status, body } = await test.post(booksWithStars);
    expect(status).toBe(200);
    expect(body).toEqual({ data: { books: allBooks } });
  });

  it("sends a signed viewer and the request id to each", async () => {
    test.opinions.received.length = 0;
    const { headers } = await test.post(booksWithStars, { "x-request-id": "id-of-the-client" });
    expect(headers.get("x-request-id")).toBe("id-of-the-client");
    expect(test.opinions.received).toMatchObject([
      { requestId: "id-of-the-client", viewer: { tenantId: "acme", role: "anonymous" } },
    ]);
  });

  it("takes the strictest cache policy of the subgraphs", async () => {
    expect((await test.post(booksWithStars)).headers.get("cache-control")).toBe("max-age=60, public");
    test.opinions.behave = (_request, response) => {
      response.setHeader("content-type", "application/json").end('{"data":{"latest":"fine"}}');
      return true;
    };
    expect((await test.post({ query: "{ latest }" })).headers.get("cache-control")).toBe("private, no-store");
  });
});

describe("a dead subgraph", () => {
  it("fails its own fields only, with path, service and code, and recovers without a restart", async () => {
    await test.opinions.stop();
    const { status, body } = await test.post({ query: "{ books { title stars } latest }" });
    expect(status).toBe(200);
    expect(body.data).toEqual({ books: onlyTitles, latest: null });
    expect(body.errors?.map(({ path }) => path)).toEqual(
      expect.arrayContaining([["latest"], ["books", 0, "stars"], ["books", 1, "stars"], ["books", 2, "stars"]]),
    );
    expect(body.errors).toHaveLength(4);
    for (const { extensions } of body.errors ?? []) {
      expect(extensions).toMatchObject({ code: "SERVICE_UNAVAILABLE", service: "opinions", retryable: true });
      expect(extensions.requestId).toMatch(/.{8,}/);
    }
    await test.opinions.start();
    expect((await test.post(booksWithStars)).body).toEqual({ data: { books: allBooks } });
  });

  it("names the path when a required field makes the whole answer null", async () => {
    await test.shelf.stop();
    const { body } = await test.post({ query: "{ all: books { title } latest }" });
    expect(body.data).toBeNull();
    expect(body.errors).toMatchObject([{ path: ["all"], extensions: { service: "shelf" } }]);
    await test.shelf.start();
  });

  it("is reported by /ready, which stays 200 unless all are demanded", async () => {
    await test.opinions.stop();
    const ready = await test.send({ path: "/ready" });
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({ dependencies: { shelf: "ok", opinions: "unavailable" } });
    expect((await test.send({ path: "/ready?all=1" })).status).toBe(503);
    await test.opinions.start();
    expect((await test.send({ path: "/ready?all=1" })).status).toBe(200);
  });
});

describe("a subgraph that misbehaves", () => {
  it("times out without holding up the others", async () => {
    test.opinions.behave = () => sleep(2_000, true);
    const start = performance.now();
    const { body } = await test.post(booksWithStars);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(body.data).toEqual({ books: onlyTitles });
    expect(body.errors?.[0]).toMatchObject({
      message: "The opinions service did not answer in time; try again.",
      path: ["books", 0, "stars"],
    });
  });

  it.each([
    ["answers 500 with JSON", 500, '{"errors":[{"message":"secret"}]}'],
    ["refuses our signature", 401, '{"errors":[{"message":"secret","extensions":{"code":"UNAUTHENTICATED"}}]}'],
    ["answers HTML", 200, "<h1>secret</h1>"],
    ["answers JSON that is no GraphQL", 200, '"secret"'],
    ["breaks off", 200, undefined],
  ])("fails its fields when it %s", async (_name, status, text) => {
    test.opinions.behave = (_request, response) => {
      if (text === undefined) response.destroy();
      else response.writeHead(status, { "content-type": "application/json" }).end(text);
      return true;
    };
    const answer = await test.post(booksWithStars);
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ books: onlyTitles });
    expect(answer.body.errors).toHaveLength(3);
    expect(answer.body.errors?.[2]).toMatchObject({
      path: ["books", 2, "stars"],
      extensions: { code: "SERVICE_UNAVAILABLE", service: "opinions" },
    });
    expect(answer.text).not.toContain("secret");
  });

  it("gets a path for an error that has none, and passes the client's own mistake on", async () => {
    test.opinions.behave = (_request, response) => {
      const error = { message: "A score needs a real id.", extensions: { code: "BAD_USER_INPUT" } };
      response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ errors: [error] }));
      return true;
    };
    const { body } = await test.post({ query: '{ points: score(of: "x") }' });
    expect(body.errors).toMatchObject([
      {
        message: "A score needs a real id.",
        path: ["points"],
        extensions: { code: "BAD_USER_INPUT", service: "opinions" },
      },
    ]);
  });
});

describe("a client that goes away", () => {
  let patient: TestGateway;
  beforeAll(async () => {
    // Whose own limit ends nothing here.
    patient = await startTestGateway({ subgraphTimeoutMs: 30_000 });
  });
  afterAll(() => patient.stop());

  /** Goes away while a subgraph is at work. */
  const leave = async (query: string) => {
    const { arrived, release } = holdFirst(patient.opinions);
    const controller = new AbortController();
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ query });
    const gone = patient.send({ method: "POST", headers, body, signal: controller.signal });
    const answer = await arrived;
    const closed = once(answer, "close").then(() => answer.writableFinished);
    controller.abort();
    await expect(gone).rejects.toThrow();
    return { closed, release };
  };

  it("ends its queries to subgraphs", async () => {
    const { closed, release } = await leave("{ latest }");
    expect(await closed).toBe(false);
    release();
  });

  it("does not end a mutation half-way", async () => {
    const { closed, release } = await leave('mutation { rate(id: "1") }');
    // Time in which a gateway that ends it would have done so.
    await sleep(250);
    release();
    expect(await closed).toBe(true);
  });
});

describe("Redis", () => {
  it("is reported by /ready and missed by nobody", async () => {
    const redis = { ping: () => Promise.reject(new Error("down")) } as unknown as RedisClient;
    const without = await startTestGateway({ redis });
    const { status, body } = await without.send({ path: "/ready" });
    expect([status, body]).toMatchObject([200, { dependencies: { redis: "unavailable" } }]);
    expect((await without.post(booksWithStars)).body).toEqual({ data: { books: allBooks } });
    await without.stop();
  });
});

describe("SUBGRAPH_URLS", () => {
  it("overrides what the supergraph says, path and query string included", async () => {
    const urls: (string | undefined)[] = [];
    test.opinions.behave = (request) => {
      urls.push(request.url);
      return false;
    };
    const moved = await startTestGateway({
      subgraphUrls: { opinions: `${test.opinions.url}/v2?zone=a`, nobody: test.shelf.url },
    });
    expect((await moved.post({ query: "{ latest }" })).body.data).toEqual({ latest: "fine" });
    expect(urls).toEqual(["/graphql/v2?zone=a"]);
    expect(moved.log.join()).toContain('"unknown":["nobody"]');
    await moved.stop();
  });
});
