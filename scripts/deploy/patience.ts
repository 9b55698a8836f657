// Waiting for something at AWS, with an end.
import { setTimeout as pause } from "node:timers/promises";
import { ReleaseError } from "./failure.ts";

export interface Patience {
  /** Milliseconds between two looks. */
  pollMs: number;
  /** Milliseconds after which it is over. */
  waitMs: number;
}

/**
 * Looks until there is an answer.
 * @throws ReleaseError where there is none in time
 */
export async function waitFor<T>(
  { pollMs, waitMs }: Patience,
  what: string,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + waitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() >= end) {
      throw new ReleaseError("failed", `After ${Math.round(waitMs / 60_000)} minutes ${what} has come to no end.`);
    }
    await pause(pollMs);
  }
}
