// Whoever changes something waits for other gateways, or for the end of their leases.
import { setTimeout as sleep } from "node:timers/promises";
import { appendInvalidation } from "@tradegraph/kit/invalidation";
import { within } from "@tradegraph/testkit/within";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { type HeldProxy, startHeldProxy } from "./held-proxy.ts";
import { isUsable, type LogStage, positionOf, startLogStage, until } from "./log-stage.ts";

const redisUri = inject("redisUri") ?? "";
let stage: LogStage;

beforeEach(async () => {
  stage = await startLogStage(redisUri);
});
afterEach(() => stage.stop());

/** A relay, or a gateway that we have nothing else to do with. */
const tell = (...tags: string[]) => appendInvalidation(stage.redis, stage.namespace, { tags });
const membersNow = () => stage.redis.zrange(stage.keys.members, "0", "-1");

describe.skipIf(!redisUri)("who is strict", () => {
  /** Long enough to tell, short enough to wait for. */
  const leaseMs = 800;
  const times = { leaseMs, blockMs: 100 };
  /** Until nobody may have a lease of an epoch before, who would have to be waited for. */
  const grownOld = () => sleep(1.05 * leaseMs);

  it("waits for the lease of a member that does not answer, and no longer", async () => {
    const log = await stage.open(times);
    await grownOld();
    await stage.redis.zadd(stage.keys.members, "1", "frozen");
    const start = performance.now();
    expect(await log.append({ tags: ["a"] }, "strict")).toBe(true);
    const took = performance.now() - start;
    expect(took).toBeGreaterThanOrEqual(leaseMs);
    expect(took).toBeLessThan(2 * leaseMs);
    expect(log.position()).toBeDefined();
  });

  it("waits no more for a member that has been silent for three leases", async () => {
    const log = await stage.open(times);
    await stage.redis.zadd(stage.keys.members, "1", "dead");
    await until(async () => !(await membersNow()).includes("dead"));
    await within(leaseMs / 2, log.append({ tags: ["a"] }, "strict"));
  });

  it("waits for the lease when Redis does not know any more who there is", async () => {
    const log = await stage.open(times);
    await grownOld();
    await stage.redis.del(stage.keys.epoch, stage.keys.members);
    const start = performance.now();
    expect(await log.append({ tags: ["a"] }, "strict")).toBe(true);
    expect(performance.now() - start).toBeGreaterThanOrEqual(leaseMs);
  });

  it("does not wait for who has said goodbye", async () => {
    const [log, other] = [await stage.open(times), await stage.open(times)];
    await grownOld();
    await other.close();
    expect((await membersNow()).length).toBe(1);
    expect(other.position()).toBeUndefined();
    await within(leaseMs / 2, log.append({ tags: ["a"] }, "strict"));
  });
});

describe.skipIf(!redisUri)("a gateway that hears late", () => {
  let proxy: HeldProxy;
  let slowUrl: string;
  beforeEach(async () => {
    const url = new URL(redisUri);
    proxy = await startHeldProxy({ host: url.hostname, port: Number(url.port) });
    url.port = String(proxy.port);
    slowUrl = url.href;
  });
  afterEach(() => proxy.stop());

  it("is waited for by who is strict, and by nobody else", async () => {
    const [log, slow] = [await stage.open(), await stage.open({ url: slowUrl })];
    // Until nobody may have a lease of an epoch before.
    await sleep(1_050);
    const asked = positionOf(slow);
    proxy.hold();
    const start = performance.now();
    await log.append({ tags: ["a"] }, "none");
    expect(slow.verdict(["a"], asked)).toBe("valid");
    let isDone = false;
    const strict = log.append({ tags: ["b"] }, "strict").then(() => (isDone = true));
    await until(async () => (await stage.redis.xlen(stage.keys.log)) === 3);
    await sleep(100);
    expect(isDone).toBe(false);
    proxy.release();
    await strict;
    expect(performance.now() - start).toBeLessThan(900);
    expect(slow.verdict(["b"], asked)).toBe("hard");
    expect(isUsable(slow)).toBe(true);
  });

  it("uses its cache no more before who is strict goes on without it", async () => {
    const [log, slow] = [await stage.open(), await stage.open({ url: slowUrl })];
    proxy.hold();
    await log.append({ tags: ["a"] }, "strict");
    expect(slow.position()).toBeUndefined();
    expect(slow.epoch()).toBeUndefined();
    expect(slow.verdict(["never"], Number.MAX_SAFE_INTEGER)).toBe("hard");
    proxy.release();
    await until(() => isUsable(slow));
    expect(slow.epoch()).toBe(log.epoch());
  });

  it("is waited for when Redis has forgotten it, and another epoch has begun", async () => {
    const [log, slow] = [await stage.open(), await stage.open({ url: slowUrl })];
    const epoch = log.epoch();
    await sleep(1_050);
    proxy.hold();
    await stage.redis.del(...Object.values(stage.keys));
    await until(() => ![undefined, epoch].includes(log.epoch()));
    expect(isUsable(slow)).toBe(true);
    expect(await log.append({ tags: ["a"] }, "strict")).toBe(true);
    expect(isUsable(slow)).toBe(false);
  });

  it("does without all that it kept when the log was trimmed meanwhile", async () => {
    const slow = await stage.open({ url: slowUrl });
    const asked = positionOf(slow);
    proxy.hold();
    for (let index = 0; index < 50; index += 1) await tell(`Product:${index}`);
    await stage.redis.xtrim(stage.keys.log, "MAXLEN", 5);
    proxy.release();
    const epoch = slow.epoch();
    await until(() => (slow.position() ?? 0) > asked && slow.verdict(["Product:49"], asked) === "hard");
    expect(slow.verdict(["Product:0"], asked)).toBe("hard");
    expect(slow.verdict(["Product:0"], positionOf(slow))).toBe("valid");
    if (epoch) expect(slow.epoch()).toBe(epoch);
  });

  it("writes what it could not write before it uses its cache again", async () => {
    const [log, slow] = [await stage.open(), await stage.open({ url: slowUrl })];
    const [asked, askedSlowly] = [positionOf(log), positionOf(slow)];
    await proxy.stop();
    expect(await slow.append({ tags: ["a"] }, "strict")).toBe(false);
    expect(slow.position()).toBeUndefined();
    expect(log.verdict(["a"], asked)).toBe("valid");
    proxy = await startHeldProxy({ host: "127.0.0.1", port: Number(new URL(redisUri).port), listen: proxy.port });
    await until(() => isUsable(slow));
    expect(slow.verdict(["a"], askedSlowly)).toBe("hard");
    await until(() => log.verdict(["a"], asked) === "hard");
  });
});
