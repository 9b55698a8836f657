// What a program tells of itself, put together: log lines, figures, traces and reports of errors.
import { type z } from "zod";
import { reportCrashes } from "./crash-report.ts";
import { type programEnv } from "./env.ts";
import { lastReportsMs, openErrorReporting } from "./error-reporting.ts";
import { createLogger, type Logger } from "./logger.ts";
import { createMetrics, type Registry } from "./metrics.ts";
import { openTracing } from "./open-tracing.ts";
import { type ShutdownStep } from "./shutdown.ts";
import { traceLogFields, type Tracing } from "./trace.ts";

export interface Observability {
  logger: Logger;
  metrics: Registry;
  /** Undefined makes no traces. */
  tracing: Tracing | undefined;
  /** Sends the last traces; after all requests are answered. */
  stopTraces: ShutdownStep;
  /** Sends the last reports of errors; after everything else, of which errors may come. */
  stopReports: ShutdownStep;
}

/** @param service name of the program */
export async function openObservability(
  service: string,
  env: z.infer<z.ZodObject<typeof programEnv>>,
): Promise<Observability> {
  const metrics = createMetrics(service);
  const reporting = await openErrorReporting(env, { service, metrics });
  const isTraced = env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  const logger = createLogger({
    ...{ service, level: env.LOG_LEVEL, onFault: reporting?.onFault },
    ...(isTraced && { mixin: traceLogFields }),
  });
  if (reporting) reportCrashes({ reporting, logger });
  const tracing = await openTracing(service, env, logger);
  return {
    ...{ logger, metrics, tracing },
    stopTraces: { name: "traces", stop: async () => tracing?.close() },
    stopReports: { name: "error reports", stop: async () => reporting?.close(lastReportsMs) },
  };
}
