import { setTimeout as sleep } from "node:timers/promises";
import { type Logger } from "./logger.ts";
import { type Worker } from "./subgraph.ts";

/**
 * Runs `work` again and again with a pause between, until stopped. A round that fails is logged and does not end the
 * worker; rounds never overlap.
 */
export function repeat(options: {
  name: string;
  intervalMs: number;
  logger: Logger;
  work: () => Promise<unknown>;
}): Worker {
  const { name, intervalMs, logger, work } = options;
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await work().catch((error: unknown) => {
        logger.warn({ error, worker: name }, "A round of a worker failed");
      });
      await sleep(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    name,
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
