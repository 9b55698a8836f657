import { Counter, Gauge, type Registry, type Tally, tallyCounter } from "@tradegraph/kit/metrics";

/** Who is limited, or by what. */
export type LimitedClass = "visitor" | "user" | "partner" | "sign_in" | "account" | "credentials";

/** "over" would have been refused, had the limits been enforced; "local" was decided without Redis. */
export type Decision = "allowed" | "local" | "refused" | "over";

export interface RateLimitMetrics {
  count: (limited: LimitedClass, decision: Decision) => void;
  call: (outcome: string) => void;
}

/** @param isAlone whether Redis does not count now */
export function createRateLimitMetrics(registry: Registry, isAlone: () => boolean): RateLimitMetrics {
  const decisions = tallyCounter({
    name: "rate_limit_decisions_total",
    help: "What rate limits have decided, by class of caller and outcome",
    labelNames: ["class", "outcome"] as const,
    registers: [registry],
  });
  const calls = new Counter({
    name: "rate_limit_leases_total",
    help: "Questions to Redis for points of a bucket, by outcome",
    labelNames: ["outcome"] as const,
    registers: [registry],
  });
  new Gauge({
    name: "rate_limit_fallback",
    help: "1 while this gateway counts alone, because Redis does not answer",
    registers: [registry],
    collect() {
      this.set(isAlone() ? 1 : 0);
    },
  });
  const tallies = new Map<LimitedClass, Partial<Record<Decision, Tally>>>();
  const talliesOf = (limited: LimitedClass) => {
    const found = tallies.get(limited) ?? {};
    tallies.set(limited, found);
    return found;
  };
  return {
    count(limited, decision) {
      const tally = (talliesOf(limited)[decision] ??= decisions({ class: limited, outcome: decision }));
      tally.count += 1;
    },
    call: (outcome) => {
      calls.inc({ outcome });
    },
  };
}
