// The subgraph's part of a trace, over the real database: what it is, and whom it believes.
import { parseEnv } from "@tradegraph/kit/env";
import { connectMongo } from "@tradegraph/kit/mongo";
import { openTracing } from "@tradegraph/kit/open-tracing";
import { traceEnv } from "@tradegraph/kit/trace-settings";
import { createTestResources, silentLogger } from "@tradegraph/testkit/test-database";
import { serveTestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { type CollectedSpan, startTraceCollector } from "@tradegraph/testkit/trace-collector";
import { expect, inject, it } from "vitest";
import { createModels } from "../src/models.ts";
import { createProducts } from "../src/server.ts";
import { fakeProduct } from "./fakes.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const caller = `00-${traceId}-00f067aa0ba902b7-01`;
const query = "query Gate__products__0($by: ProductBy!) { product(by: $by) { id name stock { available } } }";

/** @returns what the subgraph exported while `use` asked it */
async function spansOf(use: (one: Awaited<ReturnType<typeof start>>) => Promise<unknown>): Promise<CollectedSpan[]> {
  const one = await start();
  await use(one);
  await one.stop();
  return one.collector.spans;
}

async function start() {
  const collector = await startTraceCollector();
  const env = parseEnv(traceEnv, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const tracing = await openTracing("products", { ...env, SHUTDOWN_GRACE_MS: 10_000 }, silentLogger);
  const resources = await createTestResources("products");
  const mongo = await connectMongo({
    ...{
      uri: inject("mongoUri") as string,
      database: resources.redisNamespace,
      flavor: "mongodb",
      logger: silentLogger,
    },
    ...{ poolMin: 0, poolMax: 5, applicationName: "traced", traces: true },
  });
  const subgraph = await serveTestSubgraph(createProducts({ ...resources, mongo, tracing }), {
    ...{ ...resources, mongo, tracing },
  });
  return {
    ...{ ...subgraph, collector, mongo, models: createModels(resources.mongo.connection) },
    async stop() {
      await subgraph.stop();
      await tracing?.close();
      await mongo.close();
      await resources[Symbol.asyncDispose]();
      await collector.stop();
    },
  };
}

it("goes on with its caller's: execution under the request, commands of the database under the execution", async () => {
  const spans = await spansOf(async ({ models, expectData }) => {
    const { sku } = await fakeProduct(models, { sku: "canary-sku" });
    await expectData({ query, variables: { by: { sku } }, headers: { traceparent: caller } });
  });
  const [root] = spans.filter(({ kind }) => kind === 2);
  const [execution] = spans.filter(({ name }) => name === "graphql.execute");
  const commands = spans.filter(({ kind }) => kind === 3);
  expect(root).toMatchObject({
    ...{ name: "POST /graphql", traceId, parentSpanId: "00f067aa0ba902b7", service: "products", status: 0 },
    attributes: {
      "graphql.operation.name": "Gate__products__0",
      "graphql.operation.type": "query",
      "http.response.status_code": 200,
      "tradegraph.tenant": "acme",
    },
  });
  expect(execution).toMatchObject({ traceId, parentSpanId: root?.spanId });
  expect(commands.map(({ name }) => name)).toEqual(["find products", expect.stringContaining("inventory")]);
  expect(commands.map(({ parentSpanId }) => parentSpanId)).toEqual(commands.map(() => execution?.spanId));
  expect(commands[0]?.attributes).toEqual({
    "db.system.name": "mongodb",
    "db.namespace": expect.stringContaining("test_products_") as string,
    "db.operation.name": "find",
    "db.collection.name": "products",
  });
  expect(spans).toHaveLength(2 + commands.length);
  expect(JSON.stringify(spans)).not.toContain("canary-sku");
});

it("is of its own request alone, however many run at once and share connections", async () => {
  const callers = Array.from({ length: 20 }, (_, index) => traceId.slice(0, -2) + String(index + 10));
  const spans = await spansOf(async ({ models, expectData }) => {
    const { sku } = await fakeProduct(models);
    const ask = (id: string) =>
      expectData({ query, variables: { by: { sku } }, headers: { traceparent: caller.replace(traceId, id) } });
    await Promise.all(callers.map(ask));
  });
  const shapeOf = (id: string) => {
    const own = spans.filter((span) => span.traceId === id);
    return own.map(({ name }) => name).sort();
  };
  const shapes = callers.map(shapeOf);
  expect(shapes[0]).toContain("find products");
  expect(new Set(shapes.map((shape) => shape.join())).size).toBe(1);
});

it("makes no span for whoever is not believed, for nobody's trace, and for what its caller left out", async () => {
  const spans = await spansOf(async ({ url, execute }) => {
    const headers = { traceparent: caller, "content-type": "application/json", "x-request-id": "unsigned-1" };
    const unsigned = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query: "{ __typename }" }) });
    expect(unsigned.status).toBe(401);
    await execute({ query: "{ __typename }" });
    await execute({ query: "{ __typename }", headers: { traceparent: caller.replace(/01$/, "00") } });
    await fetch(new URL("/health", url), { headers: { traceparent: caller } });
  });
  expect(spans).toEqual([]);
});

it("tells the code of an error that is ours as failed, and that of a caller's not", async () => {
  const spans = await spansOf(async ({ execute, mongo }) => {
    const headers = { traceparent: caller };
    await execute({ query, variables: { by: { id: "nonsense" } }, headers });
    await mongo.close();
    await execute({ query, variables: { by: { sku: "A" } }, headers });
  });
  const roots = spans.filter(({ kind }) => kind === 2);
  expect(roots.map(({ status, attributes }) => [status, attributes["graphql.error.codes"]])).toEqual([
    [0, "BAD_USER_INPUT"],
    [2, expect.stringMatching(/^(SERVICE_UNAVAILABLE|INTERNAL_SERVER_ERROR)$/)],
  ]);
});
