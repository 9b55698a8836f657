// Work that is done in steps, so that a program can answer others between them.
import { setImmediate as nextTurn } from "node:timers/promises";

/** Work of at most some milliseconds between two `yield`s. */
export type Steps<T> = Generator<void, T, void>;

/** Nobody waits longer for such work, unless one step is longer. */
const turnMs = 5;

/**
 * Does the work in turns of about 5 ms; whatever else there is to do is done between them.
 *
 * @throws whatever the work throws
 */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < turnMs) continue;
    await nextTurn();
    begun = performance.now();
  }
}

/** Does the work without a pause; for commands and tests. @throws whatever the work throws */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
