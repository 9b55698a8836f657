// One request through five programs as one trace, as a collector gets it from real processes, and nothing in it that is not
// for a trace.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { readOperation } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { type CollectedSpan, startTraceCollector, type TraceCollector } from "@tradegraph/testkit/trace-collector";
import { afterAll, beforeAll, expect, it } from "vitest";
import { demoShop, type DemoShop, emailOf } from "./demo.ts";
import { address } from "./runs/shop-runs.ts";

const vendorKey = "canary-vendor-key";
let graph: TestGraph;
let shop: DemoShop;
let collector: TraceCollector;

beforeAll(async () => {
  collector = await startTraceCollector();
  const extra = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: `api-key=${vendorKey}`,
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=e2e",
  };
  graph = await startGraph({ seed: true, extra });
  shop = demoShop(graph);
});

afterAll(async () => {
  await graph.stop();
  await collector.stop();
});

const byId = () => new Map(collector.spans.map((span) => [span.spanId, span]));

/** Programs on the way from the gateway to a span, the span's own last. */
function programsTo(span: CollectedSpan): string[] {
  const spans = byId();
  const way: string[] = [];
  for (let at: CollectedSpan | undefined = span; at; at = spans.get(at.parentSpanId)) {
    if (way[0] !== at.service) way.unshift(at.service);
  }
  return way;
}

const traceOf = (operation: string) => {
  const root = collector.spans.findLast(
    ({ service, parentSpanId, attributes }) =>
      service === "gateway" && parentSpanId === "" && attributes["graphql.operation.name"] === operation,
  );
  return root && collector.spans.filter(({ traceId }) => traceId === root.traceId);
};

it("is whole: from the gateway over a subgraph and the one that it asks, down to their databases", async () => {
  const buyer = await shop.as("buyer");
  const productId = shop.plan.id("product", 100).toHexString();
  const input = { lines: [{ productId, quantity: 1 }], shippingAddress: address, paymentMethod: "INVOICE" };
  await buyer.execute(await readOperation("OrderPlace"), { key: randomUUID(), input });
  // Each program exports on its own, every five seconds.
  const isWhole = (spans: CollectedSpan[] | undefined) =>
    ["gateway", "orders", "products"].every((name) => spans?.some(({ service }) => service === name)) &&
    spans?.every(({ parentSpanId }) => parentSpanId === "" || byId().has(parentSpanId))
      ? spans
      : undefined;
  const spans = await collector.waitFor(() => isWhole(traceOf("OrderPlace")));

  expect(spans.filter(({ parentSpanId }) => parentSpanId === "")).toHaveLength(1);
  const ways = spans.filter(({ attributes }) => attributes["db.system.name"]).map((span) => programsTo(span).join(" "));
  expect(new Set(ways)).toContain("gateway orders");
  expect(new Set(ways)).toContain("gateway orders products");
  for (const { resource } of spans) expect(resource["deployment.environment.name"]).toBe("e2e");
  expect(collector.headers.every((headers) => headers["api-key"] === vendorKey)).toBe(true);

  const [root] = spans.filter(({ parentSpanId }) => parentSpanId === "");
  const lines = await readFile(graph.programs.gateway.logFile, "utf8");
  expect(lines).toContain(`"trace_id":"${root?.traceId ?? ""}","span_id":"${root?.spanId ?? ""}"`);
});

it("holds nobody's name, address, password or key, in any attribute of any program", () => {
  const secrets = [vendorKey, graph.graph.secrets.demoPassword, emailOf(shop.plan, "buyer"), address.street];
  const told = collector.spans.flatMap(({ name, attributes, resource }) => [name, attributes, resource]);
  expect(told.length).toBeGreaterThan(30);
  const text = JSON.stringify(told);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/[\w.]+@[\w.]+\.\w+/);
});

it("does not hold up the end of a program when the collector hangs", async () => {
  const { products } = graph.programs;
  collector.behave = () => undefined;
  await shop.visitor.execute("query Unheard { products(first: 1) { nodes { id } } }");
  const begun = performance.now();
  await products.stop();
  // Two seconds for the traces, out of 25 for all; the rest is for a busy machine.
  expect(performance.now() - begun).toBeLessThan(15_000);
  expect(await readFile(products.logFile, "utf8")).toMatch(/"msg":"Stopped"\}\s*$/);
  collector.behave = undefined;
});

it("is sent before a program ends", async () => {
  await shop.visitor.execute("query LastWords { __typename }");
  await graph.programs.gateway.stop();
  expect(traceOf("LastWords")).toBeDefined();
});
