import { setTimeout as sleep } from "node:timers/promises";

/**
 * What the work gives, if it ends before a timer of this process does. A machine that stands still for a while holds up
 * both, so unlike a look at the clock this fails only where the work itself waits too long.
 *
 * @example expect(await within(400, automatic.read(hash))).toBeUndefined();
 * @throws Error when the timer is first
 */
export async function within<T>(milliseconds: number, work: T | Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: over.signal }).then(() => {
    throw new Error(`It took longer than ${milliseconds} ms.`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
