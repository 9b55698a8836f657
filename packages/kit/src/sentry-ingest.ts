// Sends reports to Sentry. Loaded only where a program has SENTRY_DSN. Of Sentry's library these are the parts that parse
// the DSN, write envelopes and keep to rate limits; no client of it runs, which would add to reports what it finds.
import {
  createEventEnvelope,
  createStackParser,
  createTransport,
  getEnvelopeEndpointWithUrlEncodedAuth,
  makeDsn,
  SDK_VERSION,
} from "@sentry/core";
import { nodeStackLineParser } from "@sentry/core/server";
import { Agent, request } from "undici";
import { errorReport, type ReportContext, type ReportOrigin } from "./error-report.ts";

/** What became of a report: sent, or why it was not, with Sentry's words for that. */
export type ReportOutcome = "sent" | "ratelimit_backoff" | "queue_overflow" | "network_error" | "send_error";

export interface SentryIngest {
  /** Never throws, and nobody waits for it. `dropped` is how many were left out so far. */
  send: (problem: Error | string, context: ReportContext, dropped: number) => void;
  /** Waits for reports under way, then ends connections. */
  close: (timeoutMs: number) => Promise<void>;
}

/** Reports under way; more are dropped. */
const mostUnderWay = 20;
/** Longest that one may take. */
const timeoutMs = 5_000;

/** As the library's own reports name it; addresses of senders shall not be taken for those of people. */
const sdk = { name: "sentry.javascript.core", version: SDK_VERSION, settings: { infer_ip: "never" as const } };

/** @throws Error for a DSN that is none */
export function openSentryIngest(options: {
  dsn: string;
  origin: Omit<ReportOrigin, "parseStack">;
  onOutcome: (outcome: ReportOutcome) => void;
}): SentryIngest {
  const dsn = makeDsn(options.dsn);
  if (!dsn) throw new Error("SENTRY_DSN is no DSN.");
  const origin = { ...options.origin, parseStack: createStackParser(nodeStackLineParser()) };
  const agent = new Agent({ connections: 2 });
  const url = getEnvelopeEndpointWithUrlEncodedAuth(dsn, undefined, sdk);
  const transport = createTransport(
    {
      bufferSize: mostUnderWay,
      recordDroppedEvent: (reason) => {
        options.onOutcome(reason as ReportOutcome);
      },
    },
    async ({ body }) => {
      const {
        statusCode,
        headers,
        body: answer,
      } = await request(url, {
        method: "POST",
        headers: { "content-type": "application/x-sentry-envelope" },
        body,
        dispatcher: agent,
        signal: AbortSignal.timeout(timeoutMs),
      });
      await answer.dump();
      if (statusCode >= 200 && statusCode < 300) options.onOutcome("sent");
      // 413 the library counts itself.
      else if (statusCode !== 413) options.onOutcome(statusCode === 429 ? "ratelimit_backoff" : "send_error");
      const limits = { "x-sentry-rate-limits": null, "retry-after": null };
      for (const name of Object.keys(limits) as (keyof typeof limits)[]) {
        const value = headers[name];
        if (typeof value === "string") Object.assign(limits, { [name]: value });
      }
      return { statusCode, headers: limits };
    },
  );
  return {
    send(problem, context, dropped) {
      const event = errorReport(origin, problem, context);
      if (dropped > 0) event.extra = { dropped_reports: dropped };
      // What went wrong was counted where it did.
      transport.send(createEventEnvelope(event, dsn, { sdk })).then(
        () => undefined,
        () => undefined,
      );
    },
    async close(waitMs) {
      await transport.flush(waitMs);
      await agent.destroy();
    },
  };
}
