import { InMemorySpanExporter } from "@opentelemetry/sdk-trace";
import { describe, expect, it } from "vitest";
import { createTracing } from "./trace-provider.ts";
import { type SamplerName } from "./trace-settings.ts";

const sampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const unsampled = sampled.replace(/01$/, "00");
/** The ratio sampler goes by the id: the first is above every ratio of one half, the second below. */
const highId = "00-ffffffffffffffffffffffff80000000-00f067aa0ba902b7-01";

const request = { name: "POST /graphql", attributes: {} };

function tracing(sampler: SamplerName, ratio = 1) {
  const exporter = new InMemorySpanExporter();
  const rules = { sampler, ratio, resource: { "service.version": "7" } };
  const made = createTracing({ service: "test", rules, exporter, closeWithinMs: 100 });
  return { exporter, start: made.start, close: made.close };
}

const isSampled = (traceparent: string) => traceparent.endsWith("-01");

describe("sampling", () => {
  it.each([
    ["always_on", 1, undefined, true],
    ["always_off", 1, sampled, false],
    ["parentbased_always_on", 1, undefined, true],
    ["parentbased_always_on", 1, unsampled, false],
    ["parentbased_always_off", 1, undefined, false],
    ["parentbased_always_off", 1, sampled, true],
    ["traceidratio", 0, sampled, false],
    ["traceidratio", 1, unsampled, true],
    ["parentbased_traceidratio", 0, undefined, false],
    ["parentbased_traceidratio", 0, highId, true],
    ["parentbased_traceidratio", 1, undefined, true],
  ] as const)("%s with ratio %d and parent %s gives %s", (sampler, ratio, parent, expected) => {
    const { start } = tracing(sampler, ratio);
    expect(isSampled(start({ ...request, parent }).traceparent)).toBe(expected);
  });

  it("takes about the share it is told", () => {
    const { start } = tracing("parentbased_traceidratio", 0.25);
    const taken = Array.from({ length: 4_000 }, () => isSampled(start(request).traceparent)).filter(Boolean);
    expect(taken.length).toBeGreaterThan(800);
    expect(taken.length).toBeLessThan(1_200);
  });

  it("of a caller that is only linked does not count", () => {
    const { start } = tracing("parentbased_always_off");
    expect(isSampled(start({ ...request, link: sampled }).traceparent)).toBe(false);
  });

  it("leaves out children, and names no trace in log lines", () => {
    const trace = tracing("always_off").start(request);
    expect(trace.child("a")).toBeUndefined();
    expect(trace.logFields).toBeUndefined();
  });
});

describe("a trace", () => {
  it("goes on with a believed caller's", () => {
    const { start } = tracing("parentbased_always_on");
    expect(start({ ...request, parent: sampled }).logFields?.trace_id).toBe("4bf92f3577b34da6a3ce929d0e0e4736");
  });

  it.each(["", "00-0", `${sampled}, ${sampled}`, "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"])(
    "begins anew for the header %j, which is none",
    (parent) => {
      const trace = tracing("always_on").start({ ...request, parent });
      expect(trace.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(trace.traceparent).not.toContain("4bf92f3577b34da6a3ce929d0e0e4736");
    },
  );

  it("puts new spans under the active one, and ends each once", async () => {
    const { start, close, exporter } = tracing("always_on");
    const trace = start(request);
    const outer = trace.child("outer");
    if (!outer) throw new Error("The trace is sampled.");
    trace.active = outer;
    trace.child("inner")?.end();
    trace.active = trace;
    outer.end();
    outer.end();
    outer.set({ "http.route": "/late" });
    trace.end();
    const spans: Record<string, string | undefined> = {};
    const shutdown = exporter.shutdown.bind(exporter);
    exporter.shutdown = () => {
      for (const span of exporter.getFinishedSpans()) spans[span.name] = span.parentSpanContext?.spanId;
      return shutdown();
    };
    await close();
    expect(Object.keys(spans)).toEqual(["inner", "outer", "POST /graphql"]);
    expect(spans.inner).toBe(outer.logFields?.span_id);
    expect(spans.outer).toBe(trace.logFields?.span_id);
  });

  it("is dropped when more wait than are let, so that a collector that hangs takes no memory", async () => {
    const { start, close, exporter } = tracing("always_on");
    let sent = 0;
    exporter.export = (spans) => void (sent += spans.length);
    for (let n = 0; n < 6_000; n += 1) start(request).end();
    await close();
    // One export under way, and what waited.
    expect(sent).toBe(512 + 4_096);
  });

  it("gives up on an exporter that hangs", async () => {
    const { start, close, exporter } = tracing("always_on");
    exporter.export = () => undefined;
    start(request).end();
    const begun = performance.now();
    await close();
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
