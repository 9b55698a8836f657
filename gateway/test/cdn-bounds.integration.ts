// Limits that a CDN, a clock and a long list set to purges.
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { type CdnStage, startCdnStage } from "./cdn-stage.ts";
import { until } from "./log-stage.ts";

const redisUri = inject("redisUri");

describe.skipIf(!redisUri)("purges of a CDN", () => {
  let stage: CdnStage;
  beforeEach(async () => {
    stage = await startCdnStage(redisUri ?? "");
    await stage.append({ tags: ["begin"] });
  });
  afterEach(() => stage.stop());

  it("go on where a CDN that takes one call at a time had enough", async () => {
    await stage.open();
    await stage.settle();
    let calls = 0;
    stage.cdn.trouble(() => ((calls += 1) % 2 === 0 ? { status: 429 } : undefined));
    await stage.append({ tags: Array.from({ length: 700 }, (_, index) => `Product:${index}`) });
    await stage.finished();
    expect(stage.cdn.accepted.flatMap(({ tags }) => tags)).toHaveLength(2 * 701);
    expect(stage.everything()).toBe(0);
  });

  it("of everything keep a distance", async () => {
    await stage.open({ repeatAfterMs: 10, distanceMs: 400 });
    await until(() => stage.everything() === 2);
    await stage.redis.xadd(stage.keys.log, "*", "m", "e", "b", "");
    await until(() => stage.everything() === 4);
    const times = stage.cdn.accepted.filter(({ everything }) => everything).map(({ at }) => at);
    const distances = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(395);
  });

  it("are those of each service when gateways have two", async () => {
    await stage.open();
    await stage.settle();
    await stage.open({ id: "SHOP2" });
    await until(() => stage.everything() === 2);
    await stage.settle();
    await stage.append({ tags: ["a"] });
    await until(() => stage.purgesOf("a") === 4);
    const groups = (await stage.redis.xinfo("GROUPS", stage.keys.log)) as string[][];
    expect(groups.map(([, name]) => name)).toEqual(["cdn:fastly:SHOP1", "cdn:fastly:SHOP2"]);
  });

  it("are taken over from who died before the clock of Redis was set back", async () => {
    await stage.abandon();
    await stage.append({ tags: ["left"] });
    expect(await stage.abandon()).toBe(1);
    await stage.redis.zadd(stage.keys.purgers, Date.now() + 3_600_000, "abandoned/0");
    await stage.redis.pexpire(stage.keys.lease, 3_600_000);
    await stage.open();
    await until(() => stage.purgesOf("left") >= 1);
    await until(() => stage.everything() === 2);
  });

  it("are covered together, 100,000 of them", async () => {
    const { log, group, owed } = stage.keys;
    await stage.abandon();
    const fill = `for i = 1, 5000 do redis.call('XADD', KEYS[1], '*', 'm', 'h', 't', '["a"]') end
      redis.call('XREADGROUP', 'GROUP', ARGV[1], 'abandoned/0', 'COUNT', 5000, 'STREAMS', KEYS[1], '>')`;
    // In parts, none of which takes as long as a command may.
    for (let part = 0; part < 20; part += 1) await stage.redis.eval(fill, 1, log, group);
    expect(await stage.pending()).toBe(100_000);
    await stage.redis.del(owed);
    await stage.append({ tags: ["lost"] });
    const last = await stage.append({ tags: ["kept"] });
    await stage.redis.xtrim(log, "MINID", last);
    await stage.abandon();
    expect(await stage.redis.get(owed)).toBe("never");
    expect(await stage.pending()).toBe(0);
  });
});
