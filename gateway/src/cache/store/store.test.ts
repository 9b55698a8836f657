import { createMetrics } from "@tradegraph/kit/metrics";
import { createLogger } from "@tradegraph/kit/logger";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeInvalidationLog } from "../../../test/fake-invalidation-log.ts";
import { cacheKey } from "./cache-key.ts";
import { type CacheEntry } from "./entry.ts";
import { createStoreMetrics } from "./store-metrics.ts";
import { createCacheStore } from "./store.ts";

const logger = createLogger({ service: "test", level: "silent" });

/** A store without Redis, and clocks that a test moves. */
function stage({ memoryBytes }: { memoryBytes?: number } = {}) {
  const log = fakeInvalidationLog();
  const time = { wall: 1_000_000_000, monotonic: 500 };
  const clock = { wall: () => time.wall, monotonic: () => time.monotonic };
  const registry = createMetrics("test");
  const store = createCacheStore({ log, logger, clock, memoryBytes, metrics: createStoreMetrics(registry) });
  const keyOf = (name: string) => cacheKey({ namespace: "test", epoch: log.epochName, level: "E", parts: [name] });
  const entryOf = (overrides: Partial<CacheEntry> = {}): CacheEntry => ({
    bytes: Buffer.from('{"name":"Drill"}'),
    tags: ["Product:1"],
    sources: ["products"],
    ...{ position: log.at, storedAt: time.wall, maxAge: 100, swr: 0, sie: 0 },
    ...overrides,
  });
  const pass = (ms: number) => {
    time.wall += ms;
    time.monotonic += ms;
  };
  const [key, entry] = [keyOf("1"), entryOf()];
  const stateNow = () => store.peek(key)?.state;
  return { log, time, registry, store, keyOf, entryOf, pass, key, entry, stateNow };
}

describe("cache store in memory", () => {
  it("shows what was kept, with its age", async () => {
    const { store, key, entry, pass } = stage();
    store.keep(key, { ...entry, meta: { etag: "x", nested: { a: [1] } } });
    pass(2_500);
    const found = store.peek(key);
    expect(found).toMatchObject({ state: "fresh", age: 2.5, level: "memory" });
    expect(found?.entry).toEqual({ ...entry, meta: { etag: "x", nested: { a: [1] } } });
    expect(found?.freshFor).toBeGreaterThan(95);
    expect(await store.find([key])).toEqual([found]);
  });

  it("answers in the order of the keys, the unknown and the repeated included", async () => {
    const { store, keyOf, entry } = stage();
    store.keep(keyOf("a"), entry);
    const found = await store.find(["b", "a", "a", "c"].map(keyOf));
    expect(found.map((each) => each?.state)).toEqual([undefined, "fresh", "fresh", undefined]);
  });

  it("keeps nothing that was changed between the position and the answer", () => {
    for (const kind of ["hard", "soft"] as const) {
      const { log, store, key, entry } = stage();
      log.mark(["Product:1"], kind);
      store.keep(key, { ...entry, swr: 50, sie: 50 });
      expect(store.peek(key)).toBeUndefined();
    }
  });

  it("drops what was changed, and does not find it again", () => {
    const { log, store, key, entry, registry } = stage();
    store.keep(key, { ...entry, swr: 50, sie: 50 });
    log.mark(["Product:2"]);
    expect(store.peek(key)?.state).toBe("fresh");
    log.mark(["Product:1"]);
    expect(store.peek(key)).toBeUndefined();
    return expect(registry.metrics()).resolves.toMatch(/^response_cache_memory_entries\{.*\} 0$/m);
  });

  it("shows what is marked stale as stale", () => {
    const { log, store, key, entry, stateNow } = stage();
    store.keep(key, { ...entry, swr: 10 });
    log.mark(["Product:1"], "soft");
    expect(stateNow()).toBe("stale");
    store.keep(key, { ...entry, position: log.at });
    expect(stateNow()).toBe("fresh");
  });

  it("shows what a silent relay may have changed on errors only, and as fresh again when it speaks", () => {
    const { log, store, key, keyOf, entry, stateNow } = stage();
    store.keep(key, { ...entry, sie: 10 });
    store.keep(keyOf("strict"), { ...entry, sources: ["products", "orders"] });
    log.unwatched.add("products");
    expect(stateNow()).toBe("onError");
    expect(store.peek(keyOf("strict"))).toBeUndefined();
    log.unwatched.clear();
    expect(stateNow()).toBe("fresh");
    expect(store.peek(keyOf("strict"))?.state).toBe("fresh");
  });

  it("keeps nothing that could not be shown while a relay is silent", () => {
    const { log, store, key, entry, stateNow } = stage();
    log.unwatched.add("products");
    store.keep(key, entry);
    log.unwatched.clear();
    expect(stateNow()).toBeUndefined();
  });

  it("finds and keeps nothing while the log has no lease", async () => {
    const { log, store, key, keyOf, entry, stateNow } = stage();
    store.keep(key, entry);
    log.hasLease = false;
    store.keep(keyOf("2"), entry);
    expect(await store.find([key])).toEqual([undefined]);
    log.hasLease = true;
    expect(stateNow()).toBe("fresh");
    expect(store.peek(keyOf("2"))).toBeUndefined();
  });

  it("forgets everything in a new epoch, and takes nothing back under an old key", async () => {
    const { log, store, key, keyOf, entry } = stage();
    store.keep(key, entry);
    const before = log.epochName;
    await log.flush();
    log.epochName = "epoch2";
    store.keep(key, entry);
    expect([store.peek(key), store.peek(keyOf("1"))]).toEqual([undefined, undefined]);
    // Memory was emptied, too: the old epoch could not bring it back.
    log.epochName = before;
    expect(store.peek(key)).toBeUndefined();
  });

  it("holds bytes, tags and meta that nobody else can change", () => {
    const { store, key, entry } = stage();
    const [bytes, tags, meta] = [Buffer.from("before"), ["Product:1"], { list: [1] }];
    store.keep(key, { ...entry, bytes, tags, meta });
    bytes.write("after!");
    tags.push("Product:2");
    meta.list.push(2);
    const first = store.peek(key)?.entry;
    expect(first).toMatchObject({ tags: ["Product:1"], meta: { list: [1] } });
    expect(first?.bytes.toString()).toBe("before");
    expect(() => (first?.meta?.list as number[]).push(3)).toThrow(TypeError);
    expect(() => (first?.tags as string[]).push("x")).toThrow(TypeError);
    store.keep(key, { ...entry, bytes: Buffer.from("second") });
    expect(first?.bytes.toString()).toBe("before");
  });

  it("does not show anything longer when the clock is set back", () => {
    const { store, key, entry, time, pass, stateNow } = stage();
    store.keep(key, { ...entry, swr: 10 });
    pass(50_000);
    time.wall -= 3_600_000;
    expect(stateNow()).toBe("fresh");
    pass(50_000);
    expect(stateNow()).toBe("stale");
    pass(10_000);
    expect(stateNow()).toBeUndefined();
  });

  it("goes on keeping answers after the clock was set back", () => {
    const { store, key, entryOf, time, stateNow } = stage();
    time.wall -= 3_600_000;
    store.keep(key, entryOf());
    expect(stateNow()).toBe("fresh");
  });

  it("counts the time in which the machine slept", () => {
    const { store, key, entry, time, stateNow } = stage();
    store.keep(key, entry);
    time.wall += 100_000;
    expect(stateNow()).toBeUndefined();
  });

  it("counts the age that an answer had when it was kept", () => {
    const { store, key, entry, time, pass } = stage();
    store.keep(key, { ...entry, storedAt: time.wall - 90_000 });
    expect(store.peek(key)?.age).toBe(90);
    pass(10_000);
    expect(store.peek(key)).toBeUndefined();
    store.keep(key, { ...entry, storedAt: time.wall - 100_000 });
    expect(store.peek(key)).toBeUndefined();
  });

  it("keeps nothing that is dated in the future", () => {
    const { store, key, entry, time, stateNow } = stage();
    store.keep(key, { ...entry, storedAt: time.wall + 60_000 });
    expect(stateNow()).toBeUndefined();
  });

  it("holds no more bytes than it may, and drops what was not used for longest", async () => {
    const { store, keyOf, entryOf, registry } = stage({ memoryBytes: 100_000 });
    const names = Array.from({ length: 30 }, (_, index) => `${index}`);
    for (const name of names) {
      store.keep(keyOf(name), entryOf({ bytes: Buffer.alloc(5_000) }));
      store.peek(keyOf("0"));
    }
    const held = names.filter((name) => store.peek(keyOf(name)));
    expect(held).toEqual(["0", ...names.slice(-(held.length - 1))]);
    expect(held.length).toBeGreaterThan(14);
    const bytes = /^response_cache_memory_bytes\{.*\} (\d+)$/m.exec(await registry.metrics())?.[1];
    expect(Number(bytes)).toBeLessThanOrEqual(100_000);
    store.keep(keyOf("huge"), entryOf({ bytes: Buffer.alloc(50_000) }));
    expect(store.peek(keyOf("huge"))).toBeUndefined();
    expect(store.peek(keyOf("0"))?.state).toBe("fresh");
  });

  it("counts tags as memory", () => {
    const { store, keyOf, entryOf } = stage({ memoryBytes: 100_000 });
    const tags = Array.from({ length: 100 }, (_, index) => `Product:${index.toString().padStart(24, "0")}`);
    for (let index = 0; index < 100; index += 1) store.keep(keyOf(`${index}`), entryOf({ tags }));
    expect(store.peek(keyOf("0"))).toBeUndefined();
    expect(store.peek(keyOf("99"))?.state).toBe("fresh");
  });

  it("finds and keeps nothing after it was closed", async () => {
    const { store, key, entry } = stage();
    store.keep(key, entry);
    await store.close();
    store.keep(key, entry);
    expect(await store.find([key])).toEqual([undefined]);
  });

  it("counts what it found", async () => {
    const { store, key, keyOf, entry, registry } = stage();
    store.keep(key, entry);
    store.peek(key);
    store.peek(keyOf("2"));
    const text = await registry.metrics();
    expect(text).toMatch(/^response_cache_lookups_total\{level="memory",outcome="fresh",.*\} 1$/m);
    expect(text).toMatch(/^response_cache_lookups_total\{level="memory",outcome="miss",.*\} 1$/m);
  });

  it("shows nothing that is older than its time or was changed since, whatever happens in which order (P4)", () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant("keep" as const), delay: fc.nat({ max: 30_000 }) }),
        fc.record({ do: fc.constant("pass" as const), ms: fc.nat({ max: 80_000 }) }),
        fc.record({ do: fc.constant("jump" as const), ms: fc.integer({ min: -200_000, max: 200_000 }) }),
        fc.record({ do: fc.constantFrom("hard" as const, "soft" as const, "lease" as const, "watch" as const) }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(steps, fc.nat({ max: 60 }), fc.nat({ max: 60 }), (all, swr, sie) => {
        const { log, store, key, entryOf, time, pass, stateNow } = stage();
        // The truth: real time since the last answer was given, and whether it was changed since.
        let answeredAt = -Infinity;
        let changed: "no" | "soft" | "hard" = "hard";
        for (const step of all) {
          if (step.do === "keep") {
            const entry = entryOf({ swr, sie });
            // A change or the loss of the lease may have come before; what is kept is the answer of now.
            pass(step.delay);
            store.keep(key, entry);
            if (store.peek(key)?.entry.storedAt === entry.storedAt) {
              answeredAt = time.monotonic - step.delay;
              changed = "no";
            }
          }
          if (step.do === "pass") pass(step.ms);
          if (step.do === "jump") time.wall += step.ms;
          if (step.do === "lease") log.hasLease = !log.hasLease;
          if (step.do === "watch" && !log.unwatched.delete("products")) log.unwatched.add("products");
          if (step.do === "soft") {
            log.mark(["Product:1"], "soft");
            if (changed === "no") changed = "soft";
          }
          if (step.do === "hard") {
            log.mark(["Product:1"]);
            changed = "hard";
          }
          const [state, age] = [stateNow(), time.monotonic - answeredAt];
          if (state)
            expect([log.hasLease, changed !== "hard", age < (100 + Math.max(swr, sie)) * 1_000]).toEqual([
              true,
              true,
              true,
            ]);
          if (state === "fresh") expect([changed, age < 100_000, log.unwatched.size]).toEqual(["no", true, 0]);
          if (state === "stale") expect([age < (100 + swr) * 1_000, log.unwatched.size]).toEqual([true, 0]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
