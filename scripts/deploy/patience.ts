// Waiting for something at AWS, with an end.
import { setTimeout as pause } from "node:timers/promises";
import { ReleaseError } from "./failure.ts";

export interface Patience {
  /** Milliseconds between two looks. */
  pollMs: number;
  /** Milliseconds after which it is over. */
  waitMs: number;
  /** Ends all waiting; its reason says why. */
  signal?: AbortSignal | undefined;
}

/**
 * Looks until there is an answer.
 * @throws ReleaseError where there is none in time
 */
export async function waitFor<T>(
  { pollMs, waitMs, signal }: Patience,
  what: string,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + waitMs;
  for (;;) {
    signal?.throwIfAborted();
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() >= end) {
      throw new ReleaseError("failed", `After ${Math.round(waitMs / 60_000)} minutes ${what} has come to no end.`);
    }
    // Its own error says only that it was aborted; the loop's says why.
    await pause(pollMs, undefined, { signal }).catch(() => undefined);
  }
}
