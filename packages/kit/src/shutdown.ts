import process from "node:process";
import { type Logger } from "./logger.ts";

/** One thing to stop, in the order given. */
export interface ShutdownStep {
  name: string;
  stop: () => Promise<unknown>;
}

/**
 * Runs the steps once, on SIGTERM or SIGINT, and ends the process: readiness off, HTTP, workers, databases, in the
 * order given. A step that hangs is cut off by `graceMs`, because the orchestrator's SIGKILL comes soon after.
 */
export function stopOnSignals({
  steps,
  graceMs,
  logger,
}: {
  steps: ShutdownStep[];
  graceMs: number;
  logger: Logger;
}): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, "Stopping");
    const cutOff = setTimeout(() => {
      logger.error({ graceMs }, "Not stopped in time; leaving");
      process.exit(1);
    }, graceMs);
    for (const step of steps) {
      try {
        await step.stop();
      } catch (error) {
        logger.error({ error, step: step.name }, "A step of the shutdown failed");
      }
    }
    clearTimeout(cutOff);
    logger.info("Stopped");
    process.exit(0);
  };
  process.once("SIGTERM", (signal) => void stop(signal));
  process.once("SIGINT", (signal) => void stop(signal));
}
