import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks an address until it answers 200.
 *
 * @param limitMs gives up after this
 * @throws Error naming the address and the last answer
 */
export async function waitUntilReady(url: string, limitMs = 60_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const state = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      async (response) => (response.ok ? undefined : `${response.status} ${await response.text()}`),
      (error: Error) => error.message,
    );
    if (state === undefined) return;
    if (performance.now() > deadline) throw new Error(`${url} is not ready after ${limitMs / 1_000} s: ${state}`);
    await sleep(50);
  }
}
