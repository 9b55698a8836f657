import { describe, expect, it } from "vitest";
import { optionalSecrets } from "../foundation/secrets.ts";
import { givenSecrets } from "./given-secrets.ts";

const [needed, ...optional] = ["MAIL_URL", "SENTRY_DSN", "OTEL_EXPORTER_OTLP_HEADERS"];
const arns = Object.fromEntries([needed, ...optional].map((key) => [key, `arn:${key}`]));
const otlp = { traces: "otlp", traceSharePercent: 5 } as const;
const keysFor = (told: Parameters<typeof givenSecrets>[1]) => Object.keys(givenSecrets(arns, told));

describe("givenSecrets", () => {
  it("keeps back what nobody has filled, for ECS would start no task with it", () => {
    expect(optional.filter((key) => !(key in optionalSecrets))).toEqual([]);
    expect(keysFor({ ...otlp, filledSecrets: [] })).toEqual([needed]);
    expect(keysFor({ ...otlp, filledSecrets: ["SENTRY_DSN"] })).toEqual([needed, "SENTRY_DSN"]);
    expect(keysFor({ ...otlp, filledSecrets: optional })).toEqual([needed, ...optional]);
  });

  it.each([
    { traces: "xray", traceSharePercent: 5 },
    { traces: "off", traceSharePercent: 5 },
    { ...otlp, traceSharePercent: 0 },
  ] as const)("tells nobody the key of a vendor that gets no traces (%j)", (told) => {
    expect(keysFor({ ...told, filledSecrets: optional })).toEqual([needed, "SENTRY_DSN"]);
  });

  it("gives all there are where an older release says nothing", () => {
    expect(keysFor(otlp)).toEqual([needed, ...optional]);
  });

  it("goes without one that foundation has yet to make, so that both programs can be previewed", () => {
    expect(givenSecrets({ MAIL_URL: "arn" }, { ...otlp, filledSecrets: ["SENTRY_DSN"] })).toEqual({ MAIL_URL: "arn" });
  });
});
