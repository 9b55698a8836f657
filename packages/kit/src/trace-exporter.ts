// Exports spans, and tells operators about trouble once instead of each time: traces are lost then, requests are not.
import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { type ReadableSpan, type SpanExporter } from "@opentelemetry/sdk-trace";
import { type Logger } from "./logger.ts";
import { type TraceRules } from "./trace-settings.ts";

/** Longest export with its repetitions, milliseconds. */
const exportTimeoutMs = 5_000;
/** Between two lines about the same trouble. */
const quietMs = 10 * 60 * 1_000;

/** Status or system's code; never the message, in which a vendor may repeat what was sent. */
function reasonOf(error: Error | undefined): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" || typeof code === "number" ? String(code) : "no answer in time";
}

/** Tells of the first failure, of the first success after it, and of a trouble that goes on every ten minutes. */
export function tellTrouble(exporter: SpanExporter, logger: Logger, now = Date.now): SpanExporter {
  let lost = 0;
  let toldAt: number | undefined;
  const note = ({ code, error }: ExportResult, count: number) => {
    if (code === ExportResultCode.SUCCESS) {
      if (toldAt !== undefined) logger.info({ lost }, "Traces are taken again");
      lost = 0;
      toldAt = undefined;
      return;
    }
    lost += count;
    if (toldAt !== undefined && now() - toldAt < quietMs) return;
    toldAt = now();
    logger.warn({ reason: reasonOf(error), lost }, "Traces are not taken and are lost; requests are answered as ever");
  };
  return {
    export(spans: ReadableSpan[], done) {
      exporter.export(spans, (result) => {
        note(result, spans.length);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

/** OTLP over HTTP, as protobuf: all that take OTLP take it, and some take nothing else. */
export const createExporter = ({ url, headers }: TraceRules, logger: Logger): SpanExporter =>
  tellTrouble(new OTLPTraceExporter({ url, headers, timeoutMillis: exportTimeoutMs }), logger);
