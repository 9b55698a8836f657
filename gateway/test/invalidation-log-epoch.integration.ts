// What makes all gateways forget everything.
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { type InvalidationLog } from "../src/cache/log/invalidation-log.ts";
import { isUsable, type LogStage, positionOf, startLogStage, until } from "./log-stage.ts";

const redisUri = inject("redisUri") ?? "";
let stage: LogStage;

beforeEach(async () => {
  stage = await startLogStage(redisUri);
});
afterEach(() => stage.stop());

describe.skipIf(!redisUri)("a log that was tampered with", () => {
  /** @returns how often each was told to forget everything, and the epoch they had */
  const watch = (logs: readonly InvalidationLog[]) => {
    const flushes = logs.map(() => 0);
    logs.forEach((log, index) => {
      log.onFlush(() => (flushes[index] = (flushes[index] ?? 0) + 1));
    });
    return { flushes, epoch: logs[0]?.epoch() };
  };
  const allHaveAnother = (logs: readonly InvalidationLog[], epoch: string | undefined) =>
    until(() => logs.every((log) => ![undefined, epoch].includes(log.epoch())));

  it.each([
    ["its epoch is gone", () => stage.redis.del(stage.keys.epoch)],
    ["its epoch is nonsense", () => stage.redis.set(stage.keys.epoch, "nonsense")],
    [
      "its epoch is another process's",
      async () => {
        const text = String(await stage.redis.get(stage.keys.epoch));
        await stage.redis.set(stage.keys.epoch, text.replace(/:\w+:/, ":0123456789abcdef:"));
      },
    ],
    ["it is gone", () => stage.redis.del(stage.keys.log)],
    [
      "it is gone, and somebody wrote a new one",
      async () => {
        await stage.redis.multi().del(stage.keys.log).xadd(stage.keys.log, "*", "t", "[]", "m", "h").exec();
      },
    ],
    ["everything is gone", () => stage.redis.del(...Object.values(stage.keys))],
  ])("makes all begin one new epoch, each once, when %s", async (_, harm) => {
    const logs = [await stage.open(), await stage.open(), await stage.open()];
    for (let index = 0; index < 5; index += 1) await logs[0]?.append({ tags: ["a"] }, "none");
    const { flushes, epoch } = watch(logs);
    await harm();
    await allHaveAnother(logs, epoch);
    expect(new Set(logs.map((log) => log.epoch())).size).toBe(1);
    expect(flushes).toEqual([1, 1, 1]);
    const asked = logs.map(positionOf);
    expect(await logs[0]?.append({ tags: ["a"] }, "strict")).toBe(true);
    logs.forEach((log, index) => {
      expect(log.verdict(["a"], asked[index] ?? 0)).toBe("hard");
    });
  });

  it("lets nobody who begins late trust what was kept under a log that somebody replaced", async () => {
    const first = await stage.open();
    const epoch = first.epoch();
    for (let index = 0; index < 5; index += 1) await first.append({ tags: ["a"] }, "none");
    await first.close();
    await stage.redis.multi().del(stage.keys.log).xadd(stage.keys.log, "*", "t", "[]", "m", "h").exec();
    const second = await stage.open();
    expect(second.epoch()).not.toBe(epoch);
  });

  it("is forgotten on demand by all before the one who asked goes on", async () => {
    const logs = [await stage.open(), await stage.open(), await stage.open()];
    const { flushes, epoch } = watch(logs);
    await logs[0]?.flush();
    for (const log of logs) expect(log.epoch()).not.toBe(epoch);
    await allHaveAnother(logs, epoch);
    expect(flushes).toEqual([1, 1, 1]);
  });

  it("goes through one epoch for each of two who flush at once", async () => {
    const logs = [await stage.open(), await stage.open()];
    await Promise.all(logs.map((log) => log.flush()));
    await until(() => logs.every(isUsable));
    expect(new Set(logs.map((log) => log.epoch())).size).toBe(1);
  });
});
