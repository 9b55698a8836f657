// Asks popular questions once before visitors do: after a start, and after a new schema, which begins with an empty cache.
import { setTimeout as sleep } from "node:timers/promises";
import { createLimit } from "@tradegraph/kit/concurrency";
import { type Logger } from "@tradegraph/kit/logger";
import { type OperationAnswer } from "../../http/steps.ts";
import { type CacheMetrics } from "./cache-metrics.ts";
import { type PopularOperation, type PopularOperations } from "./popular-operations.ts";

/** Answers a question as if a visitor of the tenant had asked it, and keeps the answer. */
export type ExecuteOperation = (operation: PopularOperation) => Promise<Pick<OperationAnswer, "status" | "body">>;

export interface Warming {
  /**
   * Resolves when all were asked, and after `withinMs` at the latest: those that are left are asked meanwhile. A round
   * under way ends. Never rejects.
   */
  warm: (withinMs?: number) => Promise<void>;
  /** Asks nothing more; resolves when what runs is answered. */
  stop: () => Promise<void>;
}

const concurrency = 4;
/** How long a start waits: a visitor would rather have a slow answer than none. */
const defaultWithinMs = 10_000;
/** How long a round waits for the cache, which needs a moment after a start. */
const usableWithinMs = 3_000;
const lookAgainMs = 50;

export interface WarmingOptions {
  popular: Pick<PopularOperations, "read">;
  execute: ExecuteOperation;
  /** How many of the most popular. */
  count: number;
  /** Whether answers are kept at this moment; asking earlier would be in vain. */
  isUsable?: () => boolean;
  metrics: CacheMetrics;
  logger: Logger;
}

export function createWarming(options: WarmingOptions): Warming {
  const { popular, execute, count, metrics, logger, isUsable = () => true } = options;
  let current: { stopping: AbortController; done: Promise<void> } | undefined;

  const ask = async (operation: PopularOperation, { aborted }: AbortSignal) => {
    if (aborted) return "skipped";
    // A failure of one says nothing of the others, and the first visitor hears of it soon enough.
    return execute(operation).then(
      (answer) => (isGood(answer) ? "done" : "failed"),
      () => "failed",
    );
  };

  const usable = async (signal: AbortSignal) => {
    const end = performance.now() + usableWithinMs;
    while (!isUsable() && !signal.aborted && performance.now() < end) await sleep(lookAgainMs);
  };

  const round = async (signal: AbortSignal) => {
    if (count === 0) return;
    await usable(signal);
    const begun = performance.now();
    const operations = await popular.read(count);
    const limit = createLimit(concurrency);
    const outcomes = await Promise.all(operations.map((operation) => limit(() => ask(operation, signal))));
    for (const outcome of outcomes) metrics.warmed.inc({ outcome });
    const failed = outcomes.filter((outcome) => outcome === "failed").length;
    if (operations.length > 0) {
      const durationMs = Math.round(performance.now() - begun);
      logger.info({ operations: operations.length, failed, durationMs }, "Popular operations were asked");
    }
  };

  const stop = async () => {
    current?.stopping.abort();
    await current?.done;
  };

  return {
    async warm(withinMs = defaultWithinMs) {
      current?.stopping.abort();
      const stopping = new AbortController();
      const done = round(stopping.signal).catch((error: unknown) => {
        logger.warn({ error }, "Popular operations could not be asked");
      });
      current = { stopping, done };
      const waiting = new AbortController();
      const late = sleep(withinMs, undefined, { signal: waiting.signal, ref: false }).catch(() => undefined);
      await Promise.race([done, late]);
      waiting.abort();
    },
    stop,
  };
}

/** Apollo writes errors before data; bytes are an answer that was kept, which has none. */
const isGood = ({ status, body }: Awaited<ReturnType<ExecuteOperation>>): boolean =>
  status === 200 && (typeof body !== "string" || !body.startsWith('{"errors"'));
