// Traces as a collector gets them: bytes over HTTP, from a gateway with its real steps.
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { openTestTracing, startTracedGateway, type TracedGateway } from "./tracing-stage.ts";
import { startWholeResponseStage } from "./whole-response-stage.ts";

const client = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const booksQuery = "query Books { books { id title stars } }";

let stage: TracedGateway | undefined;
afterEach(async () => {
  await stage?.finish();
  stage = undefined;
});

/** @param use sends requests; the stage is stopped afterwards, and what it exported is given */
async function spansOf(
  use: (stage: TracedGateway) => Promise<unknown>,
  ...options: Parameters<typeof startTracedGateway>
) {
  const started = (stage = await startTracedGateway(...options));
  await use(started);
  stage = undefined;
  return started.finish();
}

describe("the trace of a request", () => {
  it("has reading and each fetch under one server span, and goes on in the subgraphs", async () => {
    let started: TracedGateway | undefined;
    const spans = await spansOf(async (one) => {
      started = one;
      expect((await one.post({ query: booksQuery })).body.errors).toBeUndefined();
    });
    const [root, ...others] = [...spans].sort((a, b) => Number(a.parentSpanId !== "") - Number(b.parentSpanId !== ""));
    expect(root).toMatchObject({
      ...{ name: "POST /graphql", kind: 2, parentSpanId: "", service: "gateway", status: 0, links: [] },
      attributes: {
        "http.request.method": "POST",
        "http.route": "/graphql",
        "http.response.status_code": 200,
        "graphql.operation.name": "Books",
        "graphql.operation.type": "query",
        "tradegraph.tenant": "acme",
      },
    });
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(others.map(({ parentSpanId }) => parentSpanId)).toEqual(others.map(() => root?.spanId));
    expect(others.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      ...["1 graphql.parse", "1 graphql.validate", "3 POST /graphql", "3 POST /graphql"],
    ]);
    const fetches = others.filter(({ kind }) => kind === 3);
    expect(fetches.map(({ attributes }) => attributes["service.peer.name"])).toEqual(["shelf", "opinions"]);
    expect(started?.passedOn).toEqual(fetches.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`));
  });

  it("is named in the log lines of its request", async () => {
    let lines: Record<string, unknown>[] = [];
    const spans = await spansOf(async (one) => {
      ({ lines } = one);
      await one.post({ query: booksQuery });
      await one.post({ query: "{" });
      await one.send({ path: "/nothing" });
    });
    const roots = spans.filter(({ kind }) => kind === 2).map(({ traceId, spanId }) => `${traceId} ${spanId}`);
    const told = lines.filter(({ msg }) => msg === "Operation" || msg === "Request refused");
    expect(told).toHaveLength(3);
    expect(told.map(({ trace_id, span_id }) => `${String(trace_id)} ${String(span_id)}`)).toEqual(roots);
  });

  it("has no reading for a text that is known", async () => {
    const spans = await spansOf(async ({ post }) => {
      await post({ query: booksQuery });
      await post({ query: booksQuery });
    });
    expect(spans.filter(({ name }) => name === "graphql.parse")).toHaveLength(1);
    expect(spans.filter(({ kind }) => kind === 2)).toHaveLength(2);
  });

  it("has the wait for a plan, once", async () => {
    const planning = { timeoutMs: 20_000, cacheBytes: 1e7, warmUp: 0, warmUpMs: 0 };
    const spans = await spansOf(
      async ({ post }) => {
        await post({ query: booksQuery });
        await post({ query: booksQuery });
      },
      {},
      { planning },
    );
    const roots = spans.filter(({ kind }) => kind === 2).map(({ spanId }) => spanId);
    const plans = spans.filter(({ name }) => name === "graphql.plan");
    expect(plans.map(({ parentSpanId }) => parentSpanId)).toEqual(roots.slice(0, 1));
  });

  it.each(["/health", "/ready", "/metrics"])("is not made for %s", async (path) => {
    expect(await spansOf(({ send }) => send({ path }))).toEqual([]);
  });

  it("tells nothing of a path that nobody knows", async () => {
    const [span] = await spansOf(({ send }) => send({ path: "/max.mustermann@example.com?key=secret" }));
    const attributes = { "http.response.status_code": 404, "graphql.error.codes": "NOT_FOUND" };
    expect(span).toMatchObject({ name: "GET", status: 0, attributes });
    expect(JSON.stringify(span)).not.toMatch(/mustermann|secret/);
  });
});

describe("errors in a trace", () => {
  it("that are ours make it failed, with the code that the client sees", async () => {
    const spans = await spansOf(async (one) => {
      await one.post({ query: "{ secretFailure }" });
      await one.opinions.stop();
      await one.post({ query: "{ latest }" });
      await one.opinions.start();
    });
    const roots = spans.filter(({ kind }) => kind === 2);
    expect(roots.map(({ status, attributes }) => [status, attributes["error.type"]])).toEqual([
      [2, "INTERNAL_SERVER_ERROR"],
      [2, "SERVICE_UNAVAILABLE"],
    ]);
    const dead = spans.filter(({ kind, status }) => kind === 3 && status === 2);
    expect(dead.map(({ attributes }) => attributes["error.type"])).toEqual(["unavailable"]);
    expect(JSON.stringify(spans)).not.toMatch(/hunter2|secret\.ts|ECONNREFUSED/);
  });

  it("that are the caller's do not", async () => {
    const spans = await spansOf(async ({ post }) => {
      await post({ query: "{ known }" });
      await post({ query: "{ nothing }" });
      await post({ query: 1 });
    });
    const roots = spans.filter(({ kind }) => kind === 2);
    expect(roots.map(({ status, attributes }) => [status, attributes["graphql.error.codes"]])).toEqual([
      [0, "NOT_FOUND"],
      [0, "GRAPHQL_VALIDATION_FAILED"],
      [0, "BAD_REQUEST"],
    ]);
  });
});

describe("a client's own context", () => {
  const headers = { traceparent: client };

  it("is linked, and the trace is another", async () => {
    const spans = await spansOf(({ post }) => post({ query: booksQuery }, headers));
    const [root] = spans.filter(({ kind }) => kind === 2);
    expect(root?.links).toEqual([{ traceId: client.split("-")[1], spanId: client.split("-")[2] }]);
    expect(root?.parentSpanId).toBe("");
    expect(spans.map(({ traceId }) => traceId)).not.toContain(client.split("-")[1]);
  });

  it.each(["0", "1"])("does not decide whether it is sampled, at a share of %s", async (ratio) => {
    const settings = { OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: ratio };
    let one: TracedGateway | undefined;
    const sent = ratio === "0" ? headers : { traceparent: client.replace(/01$/, "00") };
    const spans = await spansOf((started) => (one = started).post({ query: booksQuery }, sent), settings);
    expect(spans.filter(({ kind }) => kind === 2)).toHaveLength(Number(ratio));
    // Subgraphs are told, so that they do not decide anew.
    expect(one?.passedOn).toHaveLength(2);
    for (const header of one?.passedOn ?? [])
      expect(header).toMatch(new RegExp(`^00-[0-9a-f]{32}-[0-9a-f]{16}-0${ratio}$`));
    if (ratio === "0") expect(one?.collector.headers).toEqual([]);
  });
});

describe("a kept answer", () => {
  it("is a lookup that hits, without a fetch; the first is a miss that is stored", async () => {
    const { collector, tracing, logger } = await openTestTracing();
    const whole = await startWholeResponseStage(inject("redisUri") as string, {}, { tracing, logger });
    const query = "query Item($id: ID!) { item(id: $id) { id stock label } }";
    const asked = { variables: { id: "1" } };
    await vi.waitUntil(async () => (await whole.ask(query, asked)).cache.includes("hit"), 10_000);
    await whole.stop();
    await tracing.close();
    await collector.stop();
    const roots = collector.spans.filter(({ kind }) => kind === 2);
    const below = (root: (typeof roots)[number] | undefined) =>
      collector.spans.filter(({ parentSpanId }) => parentSpanId === root?.spanId);
    const hit = below(roots.at(-1));
    expect(hit.map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        "response_cache.lookup",
        { "response_cache.level": "response", "response_cache.result": "hit", "response_cache.tier": "memory" },
      ],
    ]);
    const miss = below(roots.at(-2));
    const level = (name: string, of: string) =>
      miss.filter((span) => span.name === name && span.attributes["response_cache.level"] === of);
    expect(
      level("response_cache.lookup", "response").map(({ attributes }) => attributes["response_cache.result"]),
    ).toEqual(["miss"]);
    expect(level("response_cache.lookup", "subgraph").length).toBeGreaterThan(0);
    expect(level("response_cache.store", "response")).toHaveLength(1);
    expect(miss.filter(({ kind }) => kind === 3).length).toBeGreaterThan(0);
  });
});

describe("what a trace never holds", () => {
  it("is what callers are, have or write", async () => {
    const canaries = [
      "anna.canary",
      "canary-variable",
      "canary-literal",
      "canary-cookie",
      "canary-token",
      "canary-key",
    ];
    const spans = await spansOf(
      async ({ post, send }) => {
        const headers = {
          ...{ cookie: "session=canary-cookie", authorization: "Bearer canary-token", "x-api-key": "canary-key" },
          ...{ "user-agent": "anna.canary@example.com", tracestate: "vendor=canary-key", baggage: "user=anna.canary" },
        };
        const query = 'query Books($id: ID!) { book(id: $id) { title } other: book(id: "canary-literal") { title } }';
        await post({ query, variables: { id: "canary-variable" } });
        await post({ query, variables: { id: "canary-variable", email: "anna.canary@example.com" } }, headers);
        await post({ query, variables: { id: ["canary-variable"] } });
        await send({ path: `/graphql?query=${encodeURIComponent(query)}&variables={"id":"canary-variable"}` });
        await send({ path: "/graphql/canary-key", headers });
      },
      { OTEL_EXPORTER_OTLP_HEADERS: "api-key=canary-key" },
    );
    expect(spans.filter(({ kind }) => kind === 2)).toHaveLength(5);
    expect(spans.filter(({ kind }) => kind === 3).length).toBeGreaterThan(0);
    const told = spans.flatMap(({ name, attributes, resource }) => [name, attributes, resource]);
    for (const canary of canaries) expect(JSON.stringify(told)).not.toContain(canary);
  });
});

describe("a collector in trouble", () => {
  it.each([
    // The second is given up before the exporter knows that nothing will come.
    ["answers 500", 1, (one: TracedGateway) => (one.collector.behave = (response) => response.writeHead(500).end())],
    ["hangs", 0, (one: TracedGateway) => (one.collector.behave = () => undefined)],
  ])("that %s changes no answer, is told %i times, and does not hold up the end", async (_, times, spoil) => {
    const one = (stage = await startTracedGateway({ OTEL_EXPORTER_OTLP_HEADERS: "api-key=hunter2" }));
    spoil(one);
    // Enough for an export before the end, which takes 512 spans.
    for (let sent = 0; sent < 250; sent += 50) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => one.post({ query: booksQuery })));
      expect(answers.filter(({ status, body }) => status !== 200 || body.errors)).toEqual([]);
    }
    await one.stop();
    stage = undefined;
    const begun = performance.now();
    await one.closeTraces();
    // Two seconds at most; the rest is for a busy machine.
    expect(performance.now() - begun).toBeLessThan(4_000);
    await one.collector.stop();
    expect(one.collector.headers.length).toBeGreaterThan(0);
    const told = one.lines.filter(({ level }) => level === "warn");
    expect(told).toHaveLength(times);
    expect(JSON.stringify(one.lines)).not.toContain("hunter2");
  });
});
