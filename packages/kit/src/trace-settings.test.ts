import { describe, expect, it } from "vitest";
import { type EnvError, parseEnv } from "./env.ts";
import { samplers, traceEnv, traceRulesOf } from "./trace-settings.ts";

const secret = "hunter2-hunter2";

function problemsOf(source: Record<string, string>): string[] {
  try {
    parseEnv(traceEnv, source);
  } catch (error) {
    return (error as EnvError).problems;
  }
  return [];
}

const rulesOf = (source: Record<string, string>) => traceRulesOf(parseEnv(traceEnv, source));

describe("settings of traces", () => {
  it("are off without an endpoint, whatever else is set", () => {
    expect(rulesOf({})).toBeUndefined();
    expect(rulesOf({ OTEL_TRACES_SAMPLER: "always_on", OTEL_EXPORTER_OTLP_HEADERS: "api-key=k" })).toBeUndefined();
  });

  it("have the defaults of the standard", () => {
    expect(rulesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" })).toEqual({
      url: "http://127.0.0.1:4318/v1/traces",
      headers: {},
      sampler: "parentbased_always_on",
      ratio: 1,
      resource: {},
    });
  });

  it.each(["https://otlp.example/base", "https://otlp.example/base/"])("put the path for traces behind %s", (url) => {
    expect(rulesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: url })?.url).toBe("https://otlp.example/base/v1/traces");
  });

  it("read pairs as the standard writes them", () => {
    const rules = rulesOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://otlp.example",
      OTEL_EXPORTER_OTLP_HEADERS: "api-key=abc==, x-more = a%2Cb",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=staging,service.version=1.2%2B3",
    });
    expect(rules?.headers).toEqual({ "api-key": "abc==", "x-more": "a,b" });
    expect(rules?.resource).toEqual({ "deployment.environment.name": "staging", "service.version": "1.2+3" });
  });

  it.each(samplers)("know the sampler %s", (sampler) => {
    const source = { OTEL_EXPORTER_OTLP_ENDPOINT: "https://otlp.example", OTEL_TRACES_SAMPLER: sampler };
    expect(rulesOf({ ...source, OTEL_TRACES_SAMPLER_ARG: "0.25" })).toMatchObject({ sampler, ratio: 0.25 });
  });

  it.each([
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "otlp.example:4318"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "grpc://otlp.example"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", `https://user:${secret}@otlp.example`],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", `https://otlp.example/?key=${secret}`],
    ["OTEL_EXPORTER_OTLP_HEADERS", secret],
    ["OTEL_EXPORTER_OTLP_HEADERS", `api-key=${secret},`],
    ["OTEL_EXPORTER_OTLP_HEADERS", `api key=${secret}`],
    ["OTEL_EXPORTER_OTLP_HEADERS", `api-key=${secret}%0d%0aevil: 1`],
    ["OTEL_EXPORTER_OTLP_HEADERS", `api-key=%${secret}`],
    ["OTEL_TRACES_SAMPLER", "xray"],
    ["OTEL_TRACES_SAMPLER_ARG", "5"],
    ["OTEL_TRACES_SAMPLER_ARG", "-0.1"],
    ["OTEL_TRACES_SAMPLER_ARG", "half"],
    ["OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name"],
  ])("refuse %s=%s with a sentence that does not repeat it", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: must be `));
    expect(problems[0]).not.toContain(secret);
  });
});
