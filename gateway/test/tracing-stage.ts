// A gateway that exports its traces to a collector of the test's own. They are looked at when it has stopped: then all are
// there, as after a shutdown.
import { parseEnv } from "@tradegraph/kit/env";
import { createLogger, type Logger } from "@tradegraph/kit/logger";
import { openTracing } from "@tradegraph/kit/open-tracing";
import { traceLogFields } from "@tradegraph/kit/trace";
import { traceEnv } from "@tradegraph/kit/trace-settings";
import { type CollectedSpan, startTraceCollector, type TraceCollector } from "@tradegraph/testkit/trace-collector";
import { startTestGateway, type TestGateway, type TestGatewayOptions } from "./start-gateway.ts";

export interface OpenedTracing {
  collector: TraceCollector;
  tracing: NonNullable<Awaited<ReturnType<typeof openTracing>>>;
  logger: Logger;
  lines: Record<string, unknown>[];
}

/** @param settings besides the endpoint */
export async function openTestTracing(settings: Record<string, string> = {}, graceMs = 10_000): Promise<OpenedTracing> {
  const collector = await startTraceCollector();
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({
    ...{ service: "gateway", level: "info", mixin: traceLogFields },
    destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const env = parseEnv(traceEnv, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...settings });
  const tracing = await openTracing("gateway", { ...env, SHUTDOWN_GRACE_MS: graceMs }, logger);
  if (!tracing) throw new Error("There is an endpoint, so there are traces.");
  return { collector, tracing, logger, lines };
}

export interface TracedGateway extends TestGateway, Pick<OpenedTracing, "collector" | "lines"> {
  /** Headers by which subgraphs were asked to go on. */
  passedOn: (string | undefined)[];
  closeTraces: () => Promise<void>;
  /** Stops everything. @returns what was exported by then */
  finish: () => Promise<CollectedSpan[]>;
}

export async function startTracedGateway(
  settings: Record<string, string> = {},
  options: TestGatewayOptions = {},
): Promise<TracedGateway> {
  const { collector, tracing, logger, lines } = await openTestTracing(settings);
  const gateway = await startTestGateway({ ...options, tracing, logger });
  const passedOn: (string | undefined)[] = [];
  for (const subgraph of [gateway.shelf, gateway.opinions]) {
    subgraph.behave = ({ headers: { traceparent } }) => {
      passedOn.push(typeof traceparent === "string" ? traceparent : undefined);
      return false;
    };
  }
  return {
    ...{ ...gateway, collector, lines, passedOn, closeTraces: tracing.close },
    async finish() {
      await gateway.stop();
      await tracing.close();
      await collector.stop();
      return collector.spans;
    },
  };
}
