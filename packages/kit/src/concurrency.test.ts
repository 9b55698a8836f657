import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createNestedLimit, nestedPageBudget } from "./concurrency.ts";

describe("createNestedLimit", () => {
  it("runs a few at once", async () => {
    const nested = createNestedLimit(new AbortController().signal, 3);
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(1);
      running -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => nested(work)));
    expect(most).toBe(3);
  });

  it("refuses what is beyond the budget of a request", async () => {
    const nested = createNestedLimit(new AbortController().signal);
    const all = await Promise.allSettled(
      Array.from({ length: nestedPageBudget + 2 }, () => nested(() => Promise.resolve(1))),
    );
    const refused = all.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(2);
    expect(refused[0]?.reason).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });

  it("does not begin what waits once the caller is gone", async () => {
    const closed = new AbortController();
    const nested = createNestedLimit(closed.signal, 1);
    const begun: number[] = [];
    const work = (n: number) => async () => {
      begun.push(n);
      await sleep(5);
    };
    const all = [1, 2, 3].map((n) => nested(work(n)));
    closed.abort();
    await Promise.allSettled(all);
    expect(begun.length).toBeLessThan(2);
  });
});
