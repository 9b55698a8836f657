import { describe, expect, it } from "vitest";
import { type Telemetry, telemetryEnvironment, traceTarget, type TraceTarget } from "./telemetry-environment.ts";

const told = (changed: Partial<Telemetry> = {}): Telemetry => ({
  stack: "prod",
  region: "us-east-1",
  traces: "xray",
  traceSharePercent: 5,
  imageDigest: `sha256:${"abc123".repeat(11).slice(0, 64)}`,
  ...changed,
});
const endpointOf = (changed: Partial<Telemetry>) => telemetryEnvironment(told(changed))["OTEL_EXPORTER_OTLP_ENDPOINT"];

describe("telemetryEnvironment", () => {
  it("sends traces to the collector of the task, or straight to whoever takes OTLP", () => {
    expect(endpointOf({})).toBe("http://127.0.0.1:4318");
    const traceEndpoint = "https://otlp.nr-data.net";
    expect(endpointOf({ traces: "otlp", traceEndpoint })).toBe(traceEndpoint);
    // A collector that is there is not passed by.
    expect(endpointOf({ traces: "xray", traceEndpoint })).toBe("http://127.0.0.1:4318");
  });

  it.each([
    ["a stack that wants none", { traces: "off" }],
    ["a share of nothing", { traceSharePercent: 0 }],
    ["a share of nothing that would go elsewhere", { traces: "otlp", traceSharePercent: 0 }],
    ["an older release, which says nothing", { traces: undefined, traceSharePercent: undefined }],
  ] as [string, Partial<Telemetry>][])("tells programs of no traces for %s", (_, changed) => {
    const names = Object.keys(telemetryEnvironment(told(changed)));
    expect(names.filter((name) => name.startsWith("OTEL_"))).toEqual([]);
  });

  it("has whoever begins a trace draw the lot, for all that follow", () => {
    expect(telemetryEnvironment(told({ traceSharePercent: 12 }))).toMatchObject({
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.12",
    });
    expect(telemetryEnvironment(told({ traceSharePercent: 100 }))["OTEL_TRACES_SAMPLER_ARG"]).toBe("1");
  });

  it("says of traces and errors where and in which image they happened", () => {
    expect(telemetryEnvironment(told())).toMatchObject({
      OTEL_RESOURCE_ATTRIBUTES:
        "deployment.environment.name=prod,service.version=abc123abc123,cloud.provider=aws,cloud.region=us-east-1",
      SENTRY_ENVIRONMENT: "prod",
      SENTRY_RELEASE: "tradegraph@abc123abc123",
    });
    const before = telemetryEnvironment(told({ imageDigest: "", traces: "off" }));
    expect(before).toEqual({ SENTRY_ENVIRONMENT: "prod", SENTRY_RELEASE: "" });
  });
});

describe("traceTarget", () => {
  it.each(["xray", "otlp", "off"] as TraceTarget[])(
    "is %s where there is something to trace, else nothing",
    (traces) => {
      expect(traceTarget({ traces, traceSharePercent: 1 })).toBe(traces);
      expect(traceTarget({ traces, traceSharePercent: 0 })).toBe("off");
    },
  );
});
