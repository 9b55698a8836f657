// The invalidation log on a Redis of its own that stands still, loses data, or dies.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { type OwnRedis, startOwnRedis } from "@tradegraph/testkit/own-redis";
import { within } from "@tradegraph/testkit/within";
import { isUsable, type LogStage, positionOf, startLogStage, until } from "./log-stage.ts";

describe.skipIf(!inject("redisUri"))("the invalidation log of a Redis that fails", () => {
  let server: OwnRedis;
  let stage: LogStage;

  beforeAll(async () => {
    const started = await startOwnRedis();
    if (!started) throw new Error("There is a Redis server, but none of our own.");
    server = started;
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    stage = await startLogStage(server.uri);
  });
  afterEach(() => stage.stop());

  const openTwo = () => Promise.all([stage.open(), stage.open()]);

  it("gives no cache while it stands still, and the same when it goes on", async () => {
    const [log, other] = await openTwo();
    const [asked, epoch] = [positionOf(log), log.epoch()];
    server.freeze();
    const start = performance.now();
    await until(() => !isUsable(log) && !isUsable(other));
    expect(performance.now() - start).toBeLessThan(1_100);
    expect(log.epoch()).toBeUndefined();
    expect(log.verdict(["never"], asked)).toBe("hard");
    server.thaw();
    await until(() => isUsable(log) && isUsable(other));
    expect(log.epoch()).toBe(epoch);
    expect(log.verdict(["never"], asked)).toBe("valid");
  });

  it("answers a change within its time while it stands still, and everybody hears of it before the cache is used again", async () => {
    const [log, other] = await openTwo();
    const asked = [log, other].map(positionOf);
    server.freeze();
    expect(await within(1_300, log.append({ tags: ["a"] }, "strict"))).toBe(false);
    expect(log.position()).toBeUndefined();
    server.thaw();
    await until(() => isUsable(log));
    expect(log.verdict(["a"], asked[0] ?? 0)).toBe("hard");
    await until(() => other.verdict(["a"], asked[1] ?? 0) === "hard");
  });

  it("is followed over a new connection when it says nothing for too long", async () => {
    const [log] = await openTwo();
    const epoch = log.epoch();
    server.freeze();
    // More than the time after which a silent connection is given up.
    await sleep(2_500);
    server.thaw();
    await until(() => isUsable(log));
    expect(log.epoch()).toBe(epoch);
  });

  it("makes all begin anew when everything was deleted", async () => {
    const logs = await openTwo();
    const epoch = logs[0].epoch();
    let flushes = 0;
    for (const log of logs) log.onFlush(() => (flushes += 1));
    await stage.redis.flushall();
    await until(() => logs.every((log) => ![undefined, epoch].includes(log.epoch())));
    expect(logs[0].epoch()).toBe(logs[1].epoch());
    expect(flushes).toBe(2);
  });

  it("makes all begin anew when it comes back empty", async () => {
    const logs = await openTwo();
    const epoch = logs[0].epoch();
    await server.kill();
    await server.startAgain();
    await until(() => logs.every((log) => ![undefined, epoch].includes(log.epoch())));
    expect(logs[0].epoch()).toBe(logs[1].epoch());
    const asked = positionOf(logs[1]);
    await until(() => stage.redis.status === "ready");
    expect(await logs[0].append({ tags: ["a"] }, "strict")).toBe(true);
    expect(logs[1].verdict(["a"], asked)).toBe("hard");
  });

  it("makes all begin anew when it comes back without what was acknowledged last", async () => {
    const logs = await openTwo();
    const epoch = logs[0].epoch();
    await stage.redis.call("SAVE");
    await logs[0].append({ tags: ["lost"] }, "strict");
    await server.kill();
    await server.startAgain();
    await until(() => logs.every((log) => ![undefined, epoch].includes(log.epoch())));
    await until(() => stage.redis.status === "ready");
    // The beginning of the first epoch was saved, "lost" was not, and another epoch began.
    expect(await stage.redis.xlen(stage.keys.log)).toBe(2);
    const late = await stage.open();
    expect(late.epoch()).toBe(logs[0].epoch());
    await stage.redis.del(...Object.values(stage.keys));
    await stage.redis.call("SAVE");
  });

  it("takes no changes while it is away, at once once everybody knows", async () => {
    const [log] = await openTwo();
    server.freeze();
    await until(() => !isUsable(log));
    await log.append({ tags: ["a"] }, "none");
    const answers = [
      log.append({ tags: ["b"] }, "strict"),
      log.flush().then(
        () => true,
        () => false,
      ),
    ];
    expect(await within(700, Promise.all(answers))).toEqual([false, false]);
    server.thaw();
    await until(() => isUsable(log));
  });

  it("is found when it comes later than the gateway", async () => {
    server.freeze();
    const opening = stage.open().then(isUsable);
    await sleep(300);
    server.thaw();
    expect(await opening).toBe(true);
  });
});
