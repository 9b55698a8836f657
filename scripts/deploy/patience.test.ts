import { describe, expect, it } from "vitest";
import { ReleaseError } from "./failure.ts";
import { waitFor } from "./patience.ts";

describe("waitFor", () => {
  it("ends at once, and with the reason, where somebody stops the release while it waits", async () => {
    const stopping = new AbortController();
    const reason = new ReleaseError("interrupted", "Stopped by SIGINT.");
    let looks = 0;
    const waiting = waitFor({ pollMs: 60_000, waitMs: 600_000, signal: stopping.signal }, "the end of days", () => {
      looks += 1;
      return Promise.resolve(undefined);
    });
    stopping.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(looks).toBe(1);
  });
});
