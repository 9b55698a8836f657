// What stands between the cache and a Redis that is slow or away: a deadline for each command, and a circuit breaker that
// leaves it alone after too many failures. Nobody waits, nobody gets an error.
import { type Logger } from "@tradegraph/kit/logger";
import { BrokenCircuitError, circuitBreaker, CircuitState, handleAll, SamplingBreaker } from "cockatiel";
import { type StoreMetrics } from "./store-metrics.ts";

export interface RedisGate {
  /** @returns undefined when Redis did not do it in time, or was not asked */
  run: <T>(work: () => Promise<T>, deadlineMs: number) => Promise<T | undefined>;
  isOpen: () => boolean;
}

/** Opens when more than half of at least 20 commands in 2 seconds failed. */
const sampling = { threshold: 0.5, duration: 2_000, minimumRps: 10 };
/** Time between trials while it is open. */
const probeMs = 1_000;

export function createRedisGate({ logger, metrics }: { logger: Logger; metrics?: StoreMetrics }): RedisGate {
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: probeMs, breaker: new SamplingBreaker(sampling) });
  let isReported = false;
  breaker.onBreak(() => {
    metrics?.redisBypassed.set(1);
    // A failed trial opens it again; one line per outage.
    if (!isReported) logger.warn("Redis fails too often; the response cache goes on without it");
    isReported = true;
  });
  breaker.onReset(() => {
    metrics?.redisBypassed.set(0);
    if (isReported) logger.info("Redis answers again; the response cache uses it");
    isReported = false;
  });
  return {
    async run(work, deadlineMs) {
      // During a trial the breaker would let others wait for its outcome.
      if (breaker.state === CircuitState.HalfOpen) return undefined;
      try {
        return await breaker.execute(() => withDeadline(work(), deadlineMs));
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) metrics?.redisFailures.inc();
        return undefined;
      }
    },
    isOpen: () => breaker.state !== CircuitState.Closed,
  };
}

function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => {
      reject(new Error(`no answer within ${ms} ms`));
    };
    // After a pause of this process both are due, the timer and the answer that came meanwhile: look at that first.
    const timer = setTimeout(() => setImmediate(late), ms);
    const settled = () => {
      clearTimeout(timer);
    };
    work.then(settled, settled);
    work.then(resolve, reject);
  });
}
