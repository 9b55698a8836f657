// An operator server on a free port over a log of the test's choice.
import { createHealth } from "@tradegraph/kit/health";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics, type Registry } from "@tradegraph/kit/metrics";
import { type CacheMetrics, createCacheMetrics } from "../src/cache/operate/cache-metrics.ts";
import { type CacheState } from "../src/cache/operate/cache-state.ts";
import { type InvalidationLog } from "../src/cache/log/invalidation-log.ts";
import { createOperatorServer } from "../src/operator-server.ts";

export const operatorKeys = { "*": "a".repeat(40), products: "p".repeat(40), content: "c".repeat(40) };

export interface OperatorStage {
  url: string;
  metrics: CacheMetrics;
  registry: Registry;
  /** Every log line so far. */
  lines: string[];
  state: CacheState;
  /** Sends a body, and the key for everything unless another is given. */
  post: (
    path: string,
    body: unknown,
    key?: string | null,
  ) => Promise<{ status: number; headers: Headers; body: Answer }>;
  close: () => Promise<void>;
}

interface Answer {
  count?: number;
  exact?: boolean;
  unknownSubgraphs?: string[];
  flushed?: boolean;
  errors?: { message: string; extensions: { code: string; requestId: string } }[];
}

export async function startOperator(log: InvalidationLog | undefined): Promise<OperatorStage> {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const registry = createMetrics("gateway");
  const metrics = createCacheMetrics(registry);
  const state: CacheState = { hasLease: true, lagMs: 120, tags: 3, redis: "ready", watermarks: { products: 700 } };
  metrics.observe(() => state);
  const server = createOperatorServer({
    bodyTimeoutMs: 1_000,
    health: createHealth({ dependencies: [] }),
    registry,
    logger: createLogger({ service: "gateway", level: "info", destination }),
    cache: log && {
      ...{ log, metrics, state: () => state, keys: operatorKeys },
      subgraphs: () => ["products", "orders", "users", "content"],
    },
  });
  const url = `http://127.0.0.1:${await server.listen(0, "127.0.0.1")}`;
  return {
    ...{ url, metrics, registry, lines, state, close: server.close },
    async post(path, body, key = operatorKeys["*"]) {
      const response = await fetch(url + path, {
        method: "POST",
        headers: { "content-type": "application/json", ...(key !== null && { authorization: key }) },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
    },
  };
}
