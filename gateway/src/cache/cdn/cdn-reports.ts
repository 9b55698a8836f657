// Lines of the log about a CDN that does not do what it is told: one in a minute for each kind of failure, not one for each attempt.
import { type Logger } from "@tradegraph/kit/logger";
import { CdnError } from "./cdn-provider.ts";

export interface FailureReports {
  failed: (error: unknown) => void;
  accepted: () => void;
}

const everyMs = 60_000;

/** @param now milliseconds of a clock that never goes back; tests give their own */
export function createFailureReports(provider: string, logger: Logger, now = () => performance.now()): FailureReports {
  const reportedAt = new Map<string, number>();
  let acceptedAt = -Infinity;
  let failing = false;
  return {
    failed(error) {
      failing = true;
      // Of errors of our own making alone the message is known to hold no secret.
      const isKnown = error instanceof CdnError;
      const [failure, reason] = isKnown ? [error.failure, error.message] : ["failed", "unexpected error"];
      if (now() - (reportedAt.get(failure) ?? -Infinity) < everyMs) return;
      reportedAt.set(failure, now());
      const level = failure === "refused" || failure === "invalid" ? "error" : "warn";
      logger[level](
        { cdn: provider, failure, reason },
        "The CDN does not accept purges; what it shows may be outdated",
      );
    },
    accepted() {
      const isNews = failing && now() - acceptedAt >= everyMs;
      failing = false;
      if (!isNews) return;
      acceptedAt = now();
      logger.info({ cdn: provider }, "The CDN accepts purges");
    },
  };
}
