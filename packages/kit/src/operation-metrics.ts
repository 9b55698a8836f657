import { type ApolloServerPlugin, type BaseContext } from "@apollo/server";
import { Counter, durationBuckets, Histogram, type Registry } from "./metrics.ts";

/** Counts and times operations, `_entities` fetches included: requests, errors by code, duration by operation type. */
export function operationMetrics<C extends BaseContext>(registry: Registry): ApolloServerPlugin<C> {
  const durations = new Histogram({
    name: "graphql_operation_duration_seconds",
    help: "Time from request to answer, by kind of operation and outcome",
    labelNames: ["operation", "outcome"],
    buckets: durationBuckets,
    registers: [registry],
  });
  const errors = new Counter({
    name: "graphql_errors_total",
    help: "Errors in answers, by code",
    labelNames: ["code"],
    registers: [registry],
  });
  return {
    requestDidStart: () => {
      const end = durations.startTimer();
      return Promise.resolve({
        willSendResponse: ({ operation, errors: found = [] }) => {
          // Names come from callers and are without limit; the kind is one of three.
          end({ operation: operation?.operation ?? "none", outcome: found.length > 0 ? "error" : "ok" });
          for (const { extensions } of found) errors.inc({ code: String(extensions.code ?? "INTERNAL_SERVER_ERROR") });
          return Promise.resolve();
        },
      });
    },
  };
}
