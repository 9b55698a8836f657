import { type Logger } from "./logger.ts";
import { type TraceEnv, traceRulesOf } from "./trace-settings.ts";
import { type Tracing } from "./trace.ts";

/** Of the time that a program has to stop, at most this much goes to the last traces; and never more than two seconds. */
const shareOfGrace = 0.2;
const longestCloseMs = 2_000;

/**
 * Opens the export of traces. Where none are wanted nothing is loaded: OpenTelemetry's library takes some 40 ms of a start.
 *
 * @returns undefined without `OTEL_EXPORTER_OTLP_ENDPOINT`
 * @example const tracing = await openTracing("products", env, logger);
 */
export async function openTracing(
  service: string,
  env: TraceEnv & { SHUTDOWN_GRACE_MS: number },
  logger: Logger,
): Promise<Tracing | undefined> {
  const rules = traceRulesOf(env);
  if (!rules) return undefined;
  const [{ createTracing }, { createExporter }] = await Promise.all([
    import("./trace-provider.ts"),
    import("./trace-exporter.ts"),
  ]);
  const closeWithinMs = Math.min(longestCloseMs, env.SHUTDOWN_GRACE_MS * shareOfGrace);
  logger.info({ to: new URL(rules.url).origin, sampler: rules.sampler, ratio: rules.ratio }, "Traces are exported");
  return createTracing({ service, rules, exporter: createExporter(rules, logger), closeWithinMs });
}
