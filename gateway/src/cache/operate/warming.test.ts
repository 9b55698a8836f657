import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { describe, expect, it } from "vitest";
import { createCacheMetrics } from "./cache-metrics.ts";
import { type PopularOperation } from "./popular-operations.ts";
import { createWarming, type ExecuteOperation } from "./warming.ts";

const logger = createLogger({ service: "gateway", level: "silent" });
const answer = { status: 200, body: '{"data":{}}' };
const operations = (count: number): PopularOperation[] =>
  Array.from({ length: count }, (_, index) => ({ tenantId: "acme", query: `{ q${index} }` }));

function stage(all: PopularOperation[], execute: ExecuteOperation, count = 50, isUsable = () => true) {
  const metrics = createCacheMetrics(createMetrics("gateway"));
  const popular = { read: (wanted: number) => Promise.resolve(all.slice(0, wanted)) };
  const outcomes = async () =>
    Object.fromEntries((await metrics.warmed.get()).values.map(({ labels, value }) => [labels.outcome, value]));
  return { outcomes, ...createWarming({ popular, execute, count, isUsable, metrics, logger }) };
}

/** Operations wait until they are let go. */
function held() {
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  return {
    asked,
    execute: (operation: PopularOperation) => {
      asked.push(operation.query);
      return new Promise<typeof answer>((resolve) => waiting.push(() => resolve(answer)));
    },
    release: () => {
      for (const go of waiting.splice(0)) go();
    },
  };
}

describe("warming", () => {
  it("asks the most popular operations once, and no more than wanted", async () => {
    const asked: string[] = [];
    const { warm, outcomes } = stage(
      operations(9),
      ({ query }) => {
        asked.push(query);
        return Promise.resolve(answer);
      },
      5,
    );
    await warm();
    expect(asked).toEqual(["{ q0 }", "{ q1 }", "{ q2 }", "{ q3 }", "{ q4 }"]);
    expect(await outcomes()).toEqual({ done: 5 });
  });

  it("counts failures and goes on", async () => {
    const { warm, outcomes } = stage(operations(6), ({ query }) =>
      Promise.resolve(
        new Map([
          ["{ q1 }", { status: 400, body: '{"errors":[]}' }],
          ["{ q2 }", { status: 200, body: '{"errors":[],"data":null}' }],
          ["{ q3 }", { status: 200, body: Buffer.from("compressed") }],
        ]).get(query) ?? (query === "{ q4 }" ? Promise.reject(new Error("no")) : answer),
      ),
    );
    await warm();
    expect(await outcomes()).toEqual({ done: 3, failed: 3 });
  });

  it("asks four at once", async () => {
    const { execute, asked, release } = held();
    const { warm } = stage(operations(6), execute);
    const warmed = warm();
    await expect.poll(() => asked.length).toBe(4);
    release();
    await expect.poll(() => asked.length).toBe(6);
    release();
    await warmed;
  });

  it("does not hold a start up for longer than it may, and goes on meanwhile", async () => {
    const { execute, asked, release } = held();
    const { warm, stop, outcomes } = stage(operations(6), execute);
    await warm(20);
    expect(asked).toHaveLength(4);
    release();
    await expect.poll(() => asked.length).toBe(6);
    const stopped = stop();
    release();
    await stopped;
    expect(await outcomes()).toEqual({ done: 6 });
  });

  it("asks nothing more once stopped, and waits for what runs", async () => {
    const { execute, asked, release } = held();
    const { warm, stop, outcomes } = stage(operations(20), execute);
    const warmed = warm();
    await expect.poll(() => asked.length).toBe(4);
    let isStopped = false;
    const stopped = stop().then(() => (isStopped = true));
    expect(isStopped).toBe(false);
    release();
    await Promise.all([stopped, warmed]);
    expect(asked).toHaveLength(4);
    expect(await outcomes()).toEqual({ done: 4, skipped: 16 });
  });

  it("begins anew for another schema", async () => {
    const { execute, asked, release } = held();
    const { warm } = stage(operations(5), execute);
    const first = warm();
    await expect.poll(() => asked.length).toBe(4);
    const second = warm();
    await expect.poll(() => asked.length).toBe(8);
    release();
    await first;
    await expect.poll(() => asked.length).toBe(9);
    release();
    await second;
  });

  it("waits until answers are kept", async () => {
    const { execute, asked, release } = held();
    let isUsable = false;
    let looks = 0;
    const { warm } = stage(operations(1), execute, 5, () => {
      looks += 1;
      return isUsable;
    });
    const warmed = warm();
    await expect.poll(() => looks).toBeGreaterThan(2);
    expect(asked).toEqual([]);
    isUsable = true;
    await expect.poll(() => asked.length).toBe(1);
    release();
    await warmed;
  });

  it("never rejects", async () => {
    const metrics = createCacheMetrics(createMetrics("gateway"));
    const popular = { read: () => Promise.reject(new Error("no")) };
    const { warm, stop } = createWarming({
      popular,
      execute: () => Promise.resolve(answer),
      count: 5,
      metrics,
      logger,
    });
    await warm();
    await stop();
  });
});
