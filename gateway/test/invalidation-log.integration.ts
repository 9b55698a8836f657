// Several gateways that forget together, on a Redis that stays.
import { appendInvalidation, appendWatermark } from "@tradegraph/kit/invalidation";
import { createMetrics } from "@tradegraph/kit/metrics";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { isUsable, type LogStage, positionOf, startLogStage, until } from "./log-stage.ts";

const redisUri = inject("redisUri") ?? "";
let stage: LogStage;

describe.skipIf(!redisUri)("the invalidation log", () => {
  beforeEach(async () => {
    stage = await startLogStage(redisUri);
  });
  afterEach(() => stage.stop());

  /** A relay, or a gateway that we have nothing else to do with. */
  const tell = (...tags: string[]) => appendInvalidation(stage.redis, stage.namespace, { tags });
  const membersNow = () => stage.redis.zrange(stage.keys.members, "0", "-1");

  describe("a change", () => {
    it("is applied here before it is acknowledged: what was asked before may not be kept after", async () => {
      const log = await stage.open();
      const asked = positionOf(log);
      expect(await log.append({ tags: ["Product:1"] }, "none")).toBe(true);
      expect(log.verdict(["Product:1"], asked)).toBe("hard");
      expect(log.verdict(["Product:2"], asked)).toBe("valid");
      expect(log.verdict(["Product:1"], positionOf(log))).toBe("valid");
    });

    it("is applied everywhere before it is acknowledged to who is strict", async () => {
      const [writer, ...others] = await Promise.all([stage.open(), stage.open(), stage.open()]);
      for (let round = 0; round < 100; round += 1) {
        const asked = others.map(positionOf);
        expect(await writer.append({ tags: [`Product:${round % 3}`] }, "strict")).toBe(true);
        others.forEach((other, index) => {
          expect(other.verdict([`Product:${round % 3}`], asked[index] ?? 0)).toBe("hard");
        });
      }
    });

    it("comes from several writers at once", async () => {
      const logs = await Promise.all([stage.open(), stage.open()]);
      const asked = logs.map(positionOf);
      const names = Array.from({ length: 200 }, (_, index) => `Product:${index}`);
      const written = names.map((tag, index) => logs[index % 2]?.append({ tags: [tag] }, "strict"));
      expect(new Set(await Promise.all(written))).toEqual(new Set([true]));
      logs.forEach((log, index) => {
        for (const name of names) expect(log.verdict([name], asked[index] ?? 0)).toBe("hard");
      });
    });

    it("makes stale when it is soft, also after a hard one", async () => {
      const log = await stage.open();
      const first = positionOf(log);
      await log.append({ tags: ["a"] }, "none");
      const second = positionOf(log);
      await log.append({ tags: ["a"], isSoft: true }, "none");
      expect(log.verdict(["a"], first)).toBe("hard");
      expect(log.verdict(["a"], second)).toBe("soft");
      expect(log.verdict(["a"], positionOf(log))).toBe("valid");
    });

    it("is told once when its relay repeats it, and twice when the relay is first with one of its events", async () => {
      const log = await stage.open();
      const relay = (events: string[]) =>
        appendInvalidation(stage.redis, stage.namespace, { tags: ["a"], events, isOfEvents: true });
      await log.append({ tags: ["a"], events: ["e1", "e2"] }, "none");
      const after = positionOf(log);
      await relay(["e2"]);
      await log.append({ tags: ["other"] }, "none");
      expect(log.verdict(["a"], after)).toBe("valid");
      await relay(["e2", "e3"]);
      await log.append({ tags: ["other"] }, "none");
      expect(log.verdict(["a"], after)).toBe("hard");
    });

    it("may name thousands of tags, and all are there when its events are", async () => {
      const [log, other] = [await stage.open(), await stage.open()];
      const asked = positionOf(other);
      const tags = Array.from({ length: 2_500 }, (_, index) => `Product:${index}`);
      await log.append({ tags, events: ["e1"] }, "strict");
      expect(await stage.redis.xlen(stage.keys.log)).toBe(1 + 3);
      for (const tag of tags) expect(other.verdict([tag], asked)).toBe("hard");
    });

    it("that cannot be read makes everything count no more", async () => {
      const log = await stage.open();
      const asked = positionOf(log);
      await stage.redis.xadd(stage.keys.log, "*", "t", "{", "m", "h");
      await until(() => positionOf(log) > asked);
      expect(log.verdict(["never"], asked)).toBe("hard");
      expect(log.verdict(["never"], positionOf(log))).toBe("valid");
    });

    it("is told apart from those before while the server's clock stands in the past", async () => {
      const log = await stage.open();
      const future = Date.now() + 3_600_000;
      await stage.redis.xadd(stage.keys.log, `${future}-5000`, "t", "[]", "m", "h");
      await log.append({ tags: ["a"] }, "none");
      const asked = positionOf(log);
      await log.append({ tags: ["b"] }, "none");
      expect(log.verdict(["b"], asked)).toBe("hard");
      expect(log.verdict(["never"], asked)).toBe("valid");
    });
  });

  describe("who begins late", () => {
    it("knows what was said before", async () => {
      const first = await stage.open();
      const asked = positionOf(first);
      for (let index = 0; index < 1_500; index += 1) void tell(`Product:${index}`);
      await first.append({ tags: ["last"] }, "none");
      const second = await stage.open();
      expect(second.position()).toBe(first.position());
      expect(second.epoch()).toBe(first.epoch());
      for (const tag of ["Product:0", "Product:1499", "last"]) expect(second.verdict([tag], asked)).toBe("hard");
      expect(second.verdict(["never"], asked)).toBe("valid");
    });

    it("does without what was kept before the beginning of a log that was trimmed", async () => {
      const first = await stage.open();
      const before = positionOf(first);
      await first.append({ tags: ["trimmed"] }, "none");
      await first.append({ tags: ["a"] }, "none");
      const between = positionOf(first);
      await first.append({ tags: ["b"] }, "none");
      await stage.redis.xtrim(stage.keys.log, "MAXLEN", 2);
      const second = await stage.open();
      expect(second.verdict(["never"], before)).toBe("hard");
      expect(second.verdict(["never"], between)).toBe("valid");
      expect(second.verdict(["b"], between)).toBe("hard");
      // Who has read all of it need not.
      expect(first.verdict(["never"], before)).toBe("valid");
    });

    it("meets others who begin at the same time in one epoch", async () => {
      const logs = await Promise.all(Array.from({ length: 4 }, () => stage.open()));
      expect(new Set(logs.map((log) => log.epoch())).size).toBe(1);
      expect((await membersNow()).length).toBe(4);
    });
  });

  it("goes on where it was whenever its connection is cut", async () => {
    const log = await stage.open({ member: `cut-${stage.namespace}` });
    const [asked, epoch] = [positionOf(log), log.epoch()];
    const ownConnection = async () => {
      const clients = String(await stage.redis.client("LIST")).split("\n");
      const own = clients.find((line) => line.includes(`name=cut-${stage.namespace}-log `));
      return Number(/^id=(\d+)/.exec(own ?? "")?.[1] ?? 0);
    };
    const heard = async (tag: string) => {
      await tell(tag);
      await until(() => log.verdict([tag], asked) === "hard");
    };
    for (let round = 0; round < 12; round += 1) {
      const id = await ownConnection();
      // After two entries it waits for the next one only, otherwise it is in the middle of a beat.
      if (round % 3 > 0) await heard(`first-${round}`);
      if (round % 3 > 1) await heard(`second-${round}`);
      await Promise.all([stage.redis.client("KILL", "ID", id), tell(`round-${round}`)]);
      // The lease has not ended, but whoever writes here must find it applied.
      expect(await log.append({ tags: [`own-${round}`] }, "none")).toBe(true);
      expect(log.verdict([`own-${round}`], asked)).toBe("hard");
      await until(async () => ![0, id].includes(await ownConnection()) && isUsable(log));
    }
    await log.append({ tags: ["after"] }, "none");
    await until(() => isUsable(log));
    for (let round = 0; round < 12; round += 1) expect(log.verdict([`round-${round}`], asked)).toBe("hard");
    expect(log.verdict(["after"], asked)).toBe("hard");
    expect(log.verdict(["never"], asked)).toBe("valid");
    expect(log.epoch()).toBe(epoch);
  });

  it("stays within its memory, and what it forgot counts as changed", async () => {
    const log = await stage.open({ tagCap: 100 });
    const asked = positionOf(log);
    for (let index = 0; index < 50; index += 1)
      await tell(...Array.from({ length: 10 }, (_, n) => `t${index * 10 + n}`));
    await log.append({ tags: ["last"] }, "none");
    expect(log.verdict(["t0"], asked)).toBe("hard");
    expect(log.verdict(["never"], asked)).toBe("hard");
    expect(log.verdict(["never"], positionOf(log))).toBe("valid");
  });

  it("knows whose relay is at work", async () => {
    let shift = 0;
    const now = () => performance.now() + shift;
    await appendWatermark(stage.redis, stage.namespace, "products", 0);
    const log = await stage.open({ watched: ["products", "orders"], now });
    // It may have been written long ago.
    expect(log.isWatched("products")).toBe(false);
    expect(log.isWatched("content")).toBe(true);
    await appendWatermark(stage.redis, stage.namespace, "products", 0);
    await appendWatermark(stage.redis, stage.namespace, "orders", 60_000);
    await until(() => log.isWatched("products"));
    expect(log.isWatched("orders")).toBe(false);
    shift += 5_001;
    expect(log.isWatched("products")).toBe(false);
    await until(() => isUsable(log));
    await appendWatermark(stage.redis, stage.namespace, "products", 1_000);
    await until(() => log.isWatched("products"));
  });

  it("ends its lease while the whole process stands still", async () => {
    let shift = 0;
    const log = await stage.open({ now: () => performance.now() + shift });
    shift += 1_000;
    expect(log.position()).toBeUndefined();
    await until(() => isUsable(log));
  });

  it("counts what it applies, and says whether it may be used", async () => {
    const metrics = createMetrics("test");
    const log = await stage.open({ metrics });
    await log.append({ tags: ["a"], events: ["e"] }, "none");
    await log.append({ tags: ["a"], events: ["e"], isOfEvents: true }, "none");
    const text = await metrics.metrics();
    expect(text).toMatch(/response_cache_invalidation_entries_total\{.*kind="hard".*\} 1/);
    expect(text).toMatch(/response_cache_invalidation_entries_total\{.*kind="repeated".*\} 1/);
    expect(text).toMatch(/response_cache_lease\{.*\} 1/);
  });
});
