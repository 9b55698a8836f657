// What gateways tell a CDN, over a real Redis and a CDN's interface over HTTP.
import { setTimeout as sleep } from "node:timers/promises";
import { invalidationKeys } from "@tradegraph/kit/invalidation";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { within } from "@tradegraph/testkit/within";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { openInvalidationLog } from "../src/cache/log/open-invalidation-log.ts";
import { type CdnStage, startCdnStage } from "./cdn-stage.ts";
import { cdnToken } from "./fake-cdn.ts";
import { startHeldProxy } from "./held-proxy.ts";
import { isUsable, until } from "./log-stage.ts";

const redisUri = inject("redisUri");

describe.skipIf(!redisUri)("a CDN in front of gateways", () => {
  let stage: CdnStage;
  beforeEach(async () => {
    stage = await startCdnStage(redisUri ?? "");
    // The log begins as it does with a gateway.
    await stage.append({ tags: ["begin"] });
  });
  afterEach(() => stage.stop());

  const openSettled = async (count: number, options = {}) => {
    const opened = await Promise.all(Array.from({ length: count }, () => stage.open(options)));
    await stage.settle();
    return opened;
  };

  it("forgets everything, twice, when it is told for the first time", async () => {
    await Promise.all([stage.open(), stage.open()]);
    await until(() => stage.everything() >= 1);
    await until(async () => (await stage.redis.exists(stage.keys.owed)) === 0);
    const [first, again] = stage.cdn.accepted;
    expect(stage.cdn.accepted).toHaveLength(2);
    expect((again?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(295);
  });

  it("is told each entry by exactly one of two gateways, and again when late answers have arrived", async () => {
    await openSettled(2);
    const tags = Array.from({ length: 40 }, (_, index) => `Product:${index}`);
    for (const tag of tags) {
      await stage.append({ tags: [tag] });
      await sleep(2);
    }
    await stage.finished();
    for (const tag of tags) {
      const [first, again, ...more] = stage.cdn.accepted.filter((call) => call.tags.includes(tag));
      expect(more).toEqual([]);
      expect((again?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(295);
    }
    expect(stage.everything()).toBe(0);
  });

  it("hears tags as it knows them, each once in a batch, and those of answers with too many", async () => {
    await openSettled(1, { pollMs: 200 });
    // At once, so that no poll comes between the two.
    await stage.redis
      .multi()
      .xadd(stage.keys.log, "*", "t", '["type:products:Product","Product:1"]', "m", "h")
      .xadd(stage.keys.log, "*", "t", '["Product:1","list:acme:Product.name"]', "m", "h")
      .exec();
    await until(() => stage.cdn.accepted.length > 0);
    const all = stage.cdn.accepted.flatMap(({ tags }) => tags);
    await stage.finished();
    expect(all.toSorted()).toEqual(
      [
        ...["type-products-Product", "Product:1", "list:acme:Product.name"],
        ...["more-type", "more-Product", "more-list:acme:Product"],
      ].toSorted(),
    );
  });

  it("is told in pieces that it takes", async () => {
    await openSettled(1);
    await stage.append({ tags: Array.from({ length: 700 }, (_, index) => `Product:${index}`) });
    await stage.finished();
    expect(stage.cdn.accepted.every(({ tags }) => tags.length <= 256)).toBe(true);
    expect(stage.cdn.accepted.flatMap(({ tags }) => tags)).toHaveLength(2 * 701);
  });

  it("marks as outdated what is only that", async () => {
    await openSettled(1);
    await stage.append({ tags: ["a"], isSoft: true });
    await stage.append({ tags: ["b"] });
    await stage.finished();
    const softness = (tag: string) => stage.cdn.accepted.filter(({ tags }) => tags.includes(tag)).map((c) => c.isSoft);
    expect(softness("a")).toEqual([true, true]);
    expect(softness("b")).toEqual([false, false]);
  });

  it("hears from another gateway what one that died had taken", async () => {
    await stage.abandon();
    await stage.redis.del(stage.keys.owed);
    await stage.append({ tags: ["left"] });
    expect(await stage.abandon()).toBe(1);
    await stage.open();
    await until(() => stage.purgesOf("left") === 2);
    await stage.finished();
    const consumers = (await stage.redis.xinfo("CONSUMERS", stage.keys.log, stage.keys.group)) as string[][];
    expect(consumers.map(([, name]) => name)).not.toContain("abandoned/0");
  });

  it("hears at once from another gateway what one that was closed had to repeat", async () => {
    await stage.abandon();
    await stage.redis.del(stage.keys.owed);
    const [first] = await openSettled(1, { repeatAfterMs: 60_000, deadMs: 60_000 });
    await stage.append({ tags: ["left"] });
    await until(() => stage.purgesOf("left") === 1);
    expect(first?.purger.waiting()).toBe(1);
    await first?.purger.close();
    await stage.open({ deadMs: 60_000 });
    await until(() => stage.purgesOf("left") === 3);
    await stage.finished();
  });

  it("hears what Redis had given to a gateway that never heard it", async () => {
    const through = new URL(redisUri ?? "");
    const { hostname, port } = through;
    const proxy = await startHeldProxy({ host: hostname, port: Number(port) });
    Object.assign(through, { hostname: "127.0.0.1", port: String(proxy.port) });
    await openSettled(1, { url: through.href, pollMs: 200 });
    proxy.hold();
    await stage.append({ tags: ["unheard"] });
    await until(async () => (await stage.pending()) === 1);
    expect(stage.purgesOf("unheard")).toBe(0);
    // The connection is given up, and another one is made.
    await proxy.stop();
    const again = await startHeldProxy({ host: hostname, port: Number(port), listen: proxy.port });
    await until(() => stage.purgesOf("unheard") === 2);
    await stage.finished();
    await stage.stop();
    await again.stop();
    stage = await startCdnStage(redisUri ?? "");
  });

  it.each([
    ["a new epoch", (log: string) => stage.redis.xadd(log, "*", "m", "e", "b", "")],
    ["an entry that cannot be read", (log: string) => stage.redis.xadd(log, "*", "m", "h", "t", "{")],
    ["a log that was deleted", (log: string) => stage.redis.del(log).then(() => stage.append({ tags: ["x"] }))],
    ["a group that was destroyed", (log: string) => stage.redis.xgroup("DESTROY", log, stage.keys.group)],
  ])("forgets everything after %s, and tags as before from then on", async (_name, happens) => {
    await openSettled(2);
    await happens(invalidationKeys.log(stage.namespace));
    await until(() => stage.everything() > 0);
    await stage.settle();
    await stage.append({ tags: ["later"] });
    await until(() => stage.purgesOf("later") === 2);
    expect(stage.everything()).toBe(0);
  });

  it("forgets everything when entries were lost before a gateway could read them", async () => {
    await stage.abandon();
    await stage.redis.del(stage.keys.owed);
    for (const tag of ["a", "b", "c"]) await stage.append({ tags: [tag] });
    await stage.redis.xtrim(invalidationKeys.log(stage.namespace), "MAXLEN", 1);
    await stage.open();
    await until(() => stage.everything() > 0);
  });

  it("forgets everything when a dead gateway's entries are not in the log any more", async () => {
    await stage.abandon();
    await stage.append({ tags: ["a"] });
    const id = await stage.append({ tags: ["b"] });
    expect(await stage.abandon()).toBe(2);
    await stage.redis.del(stage.keys.owed);
    await stage.redis.xtrim(invalidationKeys.log(stage.namespace), "MINID", id);
    await stage.open();
    await until(() => stage.everything() > 0);
    await stage.settle();
  });

  it.each([
    ["answers with 500", () => ({ status: 500 })],
    ["says nothing", () => "silence" as const],
    ["ends connections", () => "reset" as const],
  ])("is told what it has missed when it %s for a while", async (_name, trouble) => {
    const [opened] = await openSettled(1);
    stage.cdn.trouble(trouble);
    const before = stage.cdn.asked();
    await stage.append({ tags: ["missed"] });
    await until(() => stage.cdn.asked() > before + 1);
    await stage.append({ tags: ["later"] });
    await until(() => opened?.purger.waiting() === 0);
    expect(await stage.pending()).toBeGreaterThan(0);
    stage.cdn.trouble(undefined);
    await until(() => stage.purgesOf("missed") === 2 && stage.purgesOf("later") === 2);
    expect(stage.everything()).toBe(0);
    const text = await opened?.metrics.metrics();
    expect(text).toMatch(/response_cache_cdn_purges_total\{outcome="failed",kind="tags"[^}]*\} [1-9]/);
    expect(stage.lines.filter((line) => line.includes("does not accept"))).toHaveLength(1);
    expect(stage.lines.filter((line) => line.includes("accepts purges"))).toHaveLength(1);
  });

  it("is left alone for as long as it says", async () => {
    await openSettled(1);
    let limitedAt = 0;
    stage.cdn.trouble(({ at }) => {
      stage.cdn.trouble(undefined);
      limitedAt = at;
      return { status: 429, headers: { "retry-after": "1" } };
    });
    await stage.append({ tags: ["a"] });
    await until(() => stage.purgesOf("a") > 0);
    expect((stage.cdn.accepted[0]?.at ?? 0) - limitedAt).toBeGreaterThan(990);
  });

  it.each([
    ["tags for one batch", { batchTags: 50 }],
    ["entries in memory", { heldTags: 200 }],
  ])("forgets everything once when there were too many %s", async (_name, limits) => {
    const [opened] = await openSettled(1, { limits });
    stage.cdn.trouble(() => ({ status: 429 }));
    for (let index = 0; index < 1_000; index += 1) await stage.append({ tags: [`Product:${index}`] });
    await until(async () => (await stage.pending()) <= 100);
    await until(() => (opened?.purger.waiting() ?? Infinity) <= 100);
    stage.cdn.trouble(undefined);
    await until(() => stage.everything() === 2);
    await stage.settle();
    await until(() => opened?.purger.waiting() === 0);
  });

  it("forgets everything instead of a batch that it calls wrong, and what comes later goes on", async () => {
    await openSettled(1);
    stage.cdn.trouble(({ tags }) => (tags.includes("poison") ? { status: 400 } : undefined));
    await stage.append({ tags: ["poison"] });
    await until(() => stage.everything() > 0).then(() => stage.append({ tags: ["later"] }));
    await until(() => stage.purgesOf("later") === 2);
    await stage.finished();
  });

  it("hears tags though it refuses to forget everything", async () => {
    stage.cdn.trouble(({ everything }) => (everything ? { status: 403 } : undefined));
    await stage.open();
    await until(() => stage.cdn.asked() > 1);
    await stage.append({ tags: ["a"] });
    await until(() => stage.purgesOf("a") === 2);
    stage.cdn.trouble(undefined);
    await until(() => stage.everything() === 2);
  });

  it("that refuses the token is counted and logged without it, and is purged when the token is right", async () => {
    const { purger, metrics } = await stage.open({ token: "wrong-token-of-somebody" });
    await stage.append({ tags: ["a"] });
    await until(async () => /outcome="refused",kind="tags"[^}]*\} [3-9]/.test(await metrics.metrics()));
    await stage.finished();
    expect(stage.lines.filter((line) => line.includes("does not accept"))).toHaveLength(1);
    expect(stage.lines.join("")).toContain("answered 401");
    await within(1_000, purger.close());
    expect(stage.cdn.accepted).toEqual([]);
    await stage.open();
    await until(() => stage.everything() === 2);
    expect(stage.lines.join("")).not.toMatch(new RegExp(`wrong-token|${cdnToken}`));
  });

  it("does not keep a gateway from closing while it says nothing", async () => {
    const { purger } = await stage.open({ closeMs: 200, callMs: 60_000 });
    stage.cdn.trouble(() => "silence");
    await stage.append({ tags: ["a"] });
    const before = stage.cdn.asked();
    await until(() => stage.cdn.asked() > before);
    await within(10_000, purger.close());
  });

  it("slows no change down and no reader of the log while it is dead", async () => {
    const options = { redis: stage.redis, namespace: stage.namespace, logger: silentLogger, watched: [] };
    const log = openInvalidationLog(options);
    await until(() => isUsable(log));
    const median = async () => {
      const times: number[] = [];
      for (let index = 0; index < 100; index += 1) {
        const start = performance.now();
        expect(await log.append({ tags: [`Product:${index}`] }, "strict")).toBe(true);
        times.push(performance.now() - start);
      }
      return times.toSorted((a, b) => a - b)[50] ?? 0;
    };
    const alone = await median();
    stage.cdn.trouble(() => "silence");
    const [first, second] = await Promise.all([stage.open(), stage.open()]);
    await until(() => stage.cdn.asked() > 0);
    const dead = await median();
    await until(async () => (await stage.pending()) + first.purger.waiting() + second.purger.waiting() >= 1);
    expect(stage.cdn.accepted).toEqual([]);
    // Reads of two more clients, on a machine that may be busier by now; a wait for the CDN would be 500 ms.
    expect(dead).toBeLessThan(3 * alone + 20);
    expect(isUsable(log)).toBe(true);
    await log.close();
  });

  it("shows how long purges take", async () => {
    const [opened] = await openSettled(1);
    await stage.append({ tags: ["a"] });
    let text = "";
    // Not when the CDN has accepted it twice: that is a moment before the gateway hears so and counts it.
    await until(async () => /cdn_tags_total\S* 4$/m.test((text = (await opened?.metrics.metrics()) ?? "")));
    expect(text).toMatch(/^response_cache_cdn_delay_seconds_count\S* 1$/m);
    expect(Number(/^response_cache_cdn_delay_seconds_sum\S* (\S+)$/m.exec(text)?.[1])).toBeLessThan(1);
  });
});
