/** Something a program needs or likes to have: a database, Redis, a neighbour. */
export interface Dependency {
  name: string;
  /** Resolves when it answers, rejects when it does not. */
  check: () => Promise<unknown>;
  /** Without a required one the program cannot serve at all. */
  required: boolean;
}

export interface HealthAnswer {
  status: 200 | 503;
  body: { status: "ok" | "unavailable"; dependencies?: Record<string, "ok" | "unavailable"> };
}

export interface Health {
  /** Liveness: the process answers. Never looks at dependencies, or one dead database would restart every program. */
  live: () => HealthAnswer;
  /** Readiness (ruling 25): 200 while the process can serve; `all` demands every dependency. */
  ready: (all: boolean) => Promise<HealthAnswer>;
  /** From now on not ready: the load balancer shall send no more requests. */
  drain: () => void;
}

const withTimeout = (check: Promise<unknown>, ms: number) =>
  Promise.race([
    check.then(
      () => "ok" as const,
      () => "unavailable" as const,
    ),
    new Promise<"unavailable">((resolve) => setTimeout(resolve, ms, "unavailable").unref()),
  ]);

/** @param timeoutMs how long one dependency may take before it counts as unavailable; probes give 3 s (OBS-1) */
export function createHealth({
  dependencies,
  timeoutMs = 1_000,
}: {
  dependencies: Dependency[];
  timeoutMs?: number;
}): Health {
  let draining = false;
  let checking: Promise<("ok" | "unavailable")[]> | undefined;
  // Anybody may ask, so those who ask at one moment share the work.
  const check = () => {
    checking ??= Promise.all(dependencies.map((dependency) => withTimeout(dependency.check(), timeoutMs))).finally(
      () => (checking = undefined),
    );
    return checking;
  };
  return {
    live: () => ({ status: 200, body: { status: "ok" } }),
    async ready(all) {
      const states = await check();
      const missing = dependencies.some(({ required }, index) => states[index] !== "ok" && (required || all));
      const ok = !draining && !missing;
      return {
        status: ok ? 200 : 503,
        body: {
          status: ok ? "ok" : "unavailable",
          dependencies: Object.fromEntries(
            dependencies.map(({ name }, index) => [name, states[index] ?? "unavailable"]),
          ),
        },
      };
    },
    drain() {
      draining = true;
    },
  };
}
