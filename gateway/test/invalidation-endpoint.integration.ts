// `POST /invalidation` and `POST /cache/flush` over HTTP: what is taken, what is refused, and what is written down.
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeInvalidationLog, fakeInvalidationLog } from "./fake-invalidation-log.ts";
import { operatorKeys, type OperatorStage, startOperator } from "./start-operator.ts";

let log: FakeInvalidationLog;
let stage: OperatorStage;
beforeEach(async () => {
  log = fakeInvalidationLog();
  stage = await startOperator(log);
});
afterEach(() => stage.close());

const purge = (body: unknown, key?: string | null) => stage.post("/invalidation", body, key);
const ours = (body: unknown, key?: string | null) => stage.post("/invalidation?v=ours", body, key);
const product = { kind: "type", subgraph: "products", type: "Product" };
const appendedTags = () => log.appended.map(({ invalidation }) => invalidation.tags);

describe("POST /invalidation", () => {
  it("takes the three kinds of Apollo Router and answers 202 with a count alone", async () => {
    const { status, body } = await purge([
      { kind: "subgraph", subgraph: "products" },
      product,
      { kind: "cache_tag", subgraphs: ["products", "content"], cache_tag: "product-42" },
    ]);
    expect({ status, body }).toEqual({ status: 202, body: { count: 4 } });
    expect(log.appended).toEqual([
      {
        invalidation: {
          tags: ["subgraph:products", "type:products:Product", "key:products:product-42", "key:content:product-42"],
        },
        wait: "none",
      },
    ]);
  });

  it("takes the key without a content type, as Apollo's clients may send it", async () => {
    const response = await fetch(`${stage.url}/invalidation`, {
      method: "POST",
      headers: { authorization: operatorKeys["*"] },
      body: Buffer.from(JSON.stringify([product])),
    });
    expect(response.status).toBe(202);
  });

  it("names what is named twice once, and writes nothing for an empty array", async () => {
    expect((await purge([product, product])).body).toEqual({ count: 1 });
    expect((await purge([])).body).toEqual({ count: 0 });
    expect(log.appended).toHaveLength(1);
  });

  it("refuses without a key, with a wrong one, and with a scheme before it", async () => {
    for (const key of [null, "b".repeat(40), "a".repeat(39), `Bearer ${operatorKeys["*"]}`, ""]) {
      const { status, headers, body } = await purge([product], key);
      expect([key, status]).toEqual([key, 401]);
      expect(headers.get("www-authenticate")).toMatch(/^SharedKey/);
      expect(body.errors?.[0]?.extensions).toMatchObject({ code: "UNAUTHENTICATED" });
    }
    expect(log.appended).toEqual([]);
  });

  it("asks for a key before it reads a body", async () => {
    expect((await purge("no JSON", null)).status).toBe(401);
  });

  it("answers POST only", async () => {
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
      const response = await fetch(`${stage.url}/invalidation`, {
        method,
        headers: { authorization: operatorKeys["*"] },
      });
      expect([method, response.status, response.headers.get("allow")]).toEqual([method, 405, "POST"]);
    }
  });

  it.each([
    ["no JSON", "nonsense", "The body is not valid JSON."],
    ["no array", product, "The body must be an array of items."],
    ["an unknown kind", [{ kind: "everything" }], "Item 0, kind: "],
    ["a kind of connectors", [{ kind: "connector", source: "a.b" }], "Item 0, kind: "],
    ["a missing field", [product, { kind: "type", subgraph: "products" }], "Item 1, type: "],
    ["an unknown field", [{ ...product, extra: 1 }], 'Item 0: Unrecognized key: "extra".'],
    ["a field of another kind", [{ ...product, cache_tag: "x" }], 'Unrecognized key: "cache_tag"'],
    ["no subgraph", [{ kind: "cache_tag", subgraphs: [], cache_tag: "x" }], "Item 0, subgraphs: "],
    ["an empty tag", [{ kind: "cache_tag", subgraphs: ["products"], cache_tag: "" }], "Item 0, cache_tag: "],
    ["our options in Apollo's version", [{ ...product, soft: true }], 'Unrecognized key: "soft"'],
    ["our kinds in Apollo's version", [{ kind: "tenant", tenant: "acme" }], "Item 0, kind: "],
  ])("refuses %s and says what is wrong", async (_what, body, words) => {
    const answer = await purge(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.[0]?.message).toContain(words);
    expect(log.appended).toEqual([]);
  });

  it("refuses an unknown version, a body beyond 1 MiB and more than 1,000 items", async () => {
    expect((await stage.post("/invalidation?v=2", [product])).status).toBe(400);
    const large = [{ ...product, type: "x".repeat(1024 * 1024) }];
    expect((await purge(large)).status).toBe(413);
    const many = (length: number) =>
      Array.from({ length }, (_, index) => ({ kind: "type", subgraph: "products", type: `T${index}` }));
    const refused = await purge(many(1_001));
    expect([refused.status, refused.body.errors?.[0]?.message]).toEqual([400, "Send at most 1000 items at once."]);
    expect((await purge(many(1_000))).body).toEqual({ count: 1_000 });
  });

  it("splits what is too long for one entry of the log", async () => {
    const subgraphs = Array.from({ length: 100 }, (_, index) => `s${index}`);
    const items = Array.from({ length: 15 }, (_, index) => ({ kind: "cache_tag", subgraphs, cache_tag: `t${index}` }));
    expect((await purge(items)).body).toEqual({ count: 1_500 });
    expect(appendedTags().map((tags) => tags.length)).toEqual([1_000, 500]);
  });

  it("answers 503 with a time when the log cannot be written", async () => {
    log.canAppend = false;
    const { status, headers, body } = await purge([product]);
    expect([status, headers.get("retry-after")]).toEqual([503, "1"]);
    expect(body.errors?.[0]?.extensions.code).toBe("SERVICE_UNAVAILABLE");
  });

  it("takes sixteen at once and refuses more", async () => {
    const open: (() => void)[] = [];
    const { append } = log;
    log.append = async (...args) => {
      await new Promise<void>((resolve) => open.push(resolve));
      return append(...args);
    };
    const first = Array.from({ length: 16 }, () => purge([product]));
    await expect.poll(() => open.length).toBe(16);
    const { status, headers } = await purge([product]);
    expect([status, headers.get("retry-after")]).toEqual([503, "1"]);
    for (const go of open) go();
    expect((await Promise.all(first)).map((one) => one.status)).toEqual(Array.from({ length: 16 }, () => 202));
    log.append = append;
    expect((await purge([product])).status).toBe(202);
  });

  it("gives up on a body that does not come", { timeout: 20_000 }, async () => {
    const socket = connect(Number(new URL(stage.url).port), "127.0.0.1");
    socket.write(
      `POST /invalidation HTTP/1.1\r\nhost: a\r\nauthorization: ${operatorKeys["*"]}\r\ncontent-length: 100\r\n\r\n[`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
    expect(log.appended).toEqual([]);
  });
});

describe("a shared key of one subgraph", () => {
  it("purges its own subgraph", async () => {
    const own = [
      { kind: "subgraph", subgraph: "products" },
      product,
      { kind: "cache_tag", subgraphs: ["products"], cache_tag: "x" },
    ];
    expect((await purge(own, operatorKeys.products)).body).toEqual({ count: 3 });
  });

  it.each([
    [{ kind: "subgraph", subgraph: "content" }],
    [{ kind: "type", subgraph: "content", type: "Page" }],
    [{ kind: "cache_tag", subgraphs: ["products", "content"], cache_tag: "x" }],
    [{ kind: "tenant", tenant: "acme" }],
    [{ kind: "entity", type: "Product", key: { id: "42" } }],
  ])("purges nothing beyond it: %o", async (item) => {
    const { status, body } = await ours([product, item], operatorKeys.products);
    expect(status).toBe(403);
    expect(JSON.stringify(body)).not.toMatch(/content|acme|[acp]{20}/);
    expect(log.appended).toEqual([]);
  });
});

describe("?v=ours", () => {
  it("names an entity by its key and, if that is an id, as its subgraph does, and all of its type where they are named together", async () => {
    const { body } = await ours([
      { kind: "entity", type: "Product", key: { id: "42" } },
      { kind: "entity", type: "Price", key: { sku: "a", region: { code: "de" } } },
      { kind: "tenant", tenant: "acme" },
    ]);
    expect(body).toEqual({ count: 6, exact: false });
    expect(appendedTags()).toEqual([
      [
        ...["Product:42", 'Product:{"id":"42"}', "Product:*"],
        ...['Price:{"region":{"code":"de"},"sku":"a"}', "Price:*", "tenant:acme"],
      ],
    ]);
  });

  it("marks as outdated what is soft, and lets the hard one win", async () => {
    await ours([{ ...product, soft: true }, { ...product, type: "Order", soft: true }, product]);
    expect(log.appended.map(({ invalidation }) => invalidation)).toEqual([
      { tags: ["type:products:Product"] },
      { tags: ["type:products:Order"], isSoft: true },
    ]);
  });

  it("waits for all gateways if one item wants it", async () => {
    await ours([product, { ...product, type: "Order", wait: "strict" }]);
    expect(log.appended.map(({ wait }) => wait)).toEqual(["strict"]);
  });

  it("mentions subgraphs that the schema does not have", async () => {
    const { status, body } = await ours([{ kind: "subgraph", subgraph: "prodcuts" }]);
    expect([status, body.unknownSubgraphs]).toEqual([202, ["prodcuts"]]);
  });

  it.each([
    [{ kind: "entity", type: "Product", key: {} }],
    [{ kind: "entity", type: "Product", key: "42" }],
    [{ kind: "tenant", tenant: "acme", wait: "long" }],
    [{ kind: "tenant", tenant: "acme", soft: "yes" }],
    [{ kind: "tenant", tenant: "acme", subgraph: "products" }],
  ])("refuses %o", async (item) => {
    expect((await ours([item])).status).toBe(400);
  });
});

describe("POST /cache/flush", () => {
  it("forgets everything, when that is said", async () => {
    expect(await stage.post("/cache/flush", { confirm: "everything" })).toMatchObject({
      status: 202,
      body: { flushed: true },
    });
    expect(log.epochName).toBe("epoch1+");
  });

  it.each([[{}], [{ confirm: "all" }], [{ confirm: "everything", also: 1 }], [null]])("refuses %o", async (body) => {
    expect((await stage.post("/cache/flush", body)).status).toBe(400);
    expect(log.epochName).toBe("epoch1");
  });

  it("is not for the key of one subgraph, and not for nobody", async () => {
    expect((await stage.post("/cache/flush", { confirm: "everything" }, operatorKeys.products)).status).toBe(403);
    expect((await stage.post("/cache/flush", { confirm: "everything" }, null)).status).toBe(401);
    expect(log.epochName).toBe("epoch1");
  });

  it("answers 503 without Redis", async () => {
    log.flush = () => Promise.reject(new Error("secret://redis is away"));
    const { status, body } = await stage.post("/cache/flush", { confirm: "everything" });
    expect(status).toBe(503);
    expect(JSON.stringify(body)).not.toContain("secret");
  });
});

describe("what operators leave behind", () => {
  it("is a line with the name of the key, never the key", async () => {
    await purge([product], operatorKeys.products);
    await purge([{ kind: "subgraph", subgraph: "content" }], operatorKeys.products);
    await purge([product], "w".repeat(40));
    const lines = stage.lines.join("\n");
    expect(lines).toContain('"keyName":"products"');
    expect(lines).toContain('"tags":["type:products:Product"]');
    expect(lines).toContain("A purge beyond its key was refused");
    for (const key of [...Object.values(operatorKeys), "w".repeat(40)]) expect(lines).not.toContain(key);
  });

  it("is counted by kind and outcome", async () => {
    await purge([product, { kind: "subgraph", subgraph: "products" }]);
    await purge([product], operatorKeys.content);
    const metrics = await (await fetch(`${stage.url}/metrics`)).text();
    expect(metrics).toMatch(/response_cache_invalidation_request_total\{kind="type",outcome="accepted".*\} 1/);
    expect(metrics).toMatch(/response_cache_invalidation_request_total\{kind="type",outcome="refused".*\} 1/);
    expect(metrics).toMatch(/response_cache_invalidation_event_total\{source="operator",kind="hard".*\} 1/);
  });
});

it("has nothing to purge where no answers are kept", async () => {
  const bare = await startOperator(undefined);
  expect((await bare.post("/invalidation", [product])).status).toBe(404);
  expect((await fetch(`${bare.url}/health`)).status).toBe(200);
  expect(await (await fetch(`${bare.url}/cache`)).text()).toContain("There is no response cache here.");
  await bare.close();
});
