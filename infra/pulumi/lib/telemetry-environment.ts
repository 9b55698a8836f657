// Where programs send traces and errors (OBS-3), by the variables that OpenTelemetry and Sentry themselves define.
import { PRODUCT } from "./naming.ts";
import { type StackName } from "./stack-name.ts";

/** `xray`: by a collector beside each program; `otlp`: straight to whoever takes OTLP over HTTPS; `off`: nowhere. */
export const traceTargets = ["xray", "otlp", "off"] as const;
export type TraceTarget = (typeof traceTargets)[number];

/** Where the collector of a task listens. Containers of a task share their network, and nobody else reaches this. */
export const COLLECTOR_ADDRESS = "127.0.0.1:4318";

/** What an older release has not told, a second region does without. */
export interface Telemetry {
  stack: StackName;
  region: string;
  traces?: TraceTarget;
  /** Share of requests that are traced; 0 is the same as `off`. */
  traceSharePercent?: number;
  /** https://… that takes OTLP; with `otlp` alone. */
  traceEndpoint?: string;
  /** sha256:… of the image that runs. */
  imageDigest?: string;
}

/** Where traces go, once the share is taken into account. */
export const traceTarget = ({ traces = "off", traceSharePercent = 0 }: Partial<Telemetry>): TraceTarget =>
  traceSharePercent === 0 ? "off" : traces;

/** Enough of the digest to find the image by, as registries show it. */
const shortDigest = (digest = "") => digest.replace(/^sha256:/, "").slice(0, 12);

/** Sentry's two are there without a DSN, too: they say nothing to anybody until there is one. */
export function telemetryEnvironment(told: Telemetry): Record<string, string> {
  const version = shortDigest(told.imageDigest);
  const target = traceTarget(told);
  const sentry = {
    SENTRY_ENVIRONMENT: told.stack,
    SENTRY_RELEASE: version === "" ? "" : `${PRODUCT}@${version}`,
  };
  if (target === "off") return sentry;
  const resource = {
    "deployment.environment.name": told.stack,
    "service.version": version,
    "cloud.provider": "aws",
    "cloud.region": told.region,
  };
  return {
    ...sentry,
    OTEL_EXPORTER_OTLP_ENDPOINT: target === "xray" ? `http://${COLLECTOR_ADDRESS}` : (told.traceEndpoint ?? ""),
    // Who begins a trace draws the lot, and all programs behind keep to it: a trace is whole or is not there.
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: String((told.traceSharePercent ?? 0) / 100),
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(resource)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => `${name}=${value}`)
      .join(","),
  };
}
