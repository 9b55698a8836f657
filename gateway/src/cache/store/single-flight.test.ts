import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeInvalidationLog } from "../../../test/fake-invalidation-log.ts";
import { createSingleFlight } from "./single-flight.ts";

const tags = ["Product:1"];

function stage() {
  const log = fakeInvalidationLog();
  const flights = createSingleFlight(log);
  const started: { position: number; land: (tags?: readonly string[]) => void; fail: (error: Error) => void }[] = [];
  /** What a data source does: position first, then the question; the test lets it land. */
  const work = () => {
    const { at: position } = log;
    const { promise, resolve, reject } = Promise.withResolvers<{
      value: string;
      tags: readonly string[];
      position: number;
    }>();
    const value = `answer ${started.length}`;
    started.push({
      position,
      land: (real = tags) => {
        resolve({ value, tags: real, position });
      },
      fail: reject,
    });
    return promise;
  };
  const ask = async (knownTags = tags) => (await flights.run("key", knownTags, work)).value;
  return { log, flights, started, ask, work };
}

describe("single flight", () => {
  it("fetches once for all who ask at the same time", async () => {
    const { started, ask } = stage();
    const answers = [ask(), ask(), ask()];
    started[0]?.land();
    expect(await Promise.all(answers)).toEqual(["answer 0", "answer 0", "answer 0"]);
    expect(started).toHaveLength(1);
  });

  it("fetches again once the first has landed", async () => {
    const { started, ask } = stage();
    const first = ask();
    started[0]?.land();
    await first;
    const second = ask();
    started[1]?.land();
    expect(await second).toBe("answer 1");
  });

  it("does not let anybody join who asked after a change that is known to count", async () => {
    const { log, started, ask } = stage();
    const before = ask();
    log.mark(tags);
    const after = ask();
    expect(started).toHaveLength(2);
    started[0]?.land();
    started[1]?.land();
    expect(await Promise.all([before, after])).toEqual(["answer 0", "answer 1"]);
  });

  it("lets others join the later of two flights, though the earlier has landed", async () => {
    const { log, started, ask } = stage();
    const before = ask();
    log.mark(tags);
    const after = ask();
    started[0]?.land();
    await before;
    const joined = ask();
    expect(started).toHaveLength(2);
    started[1]?.land();
    expect(await Promise.all([after, joined])).toEqual(["answer 1", "answer 1"]);
  });

  it("lets one who joined after a change fetch again when the answer turns out to depend on it", async () => {
    const { log, started, ask } = stage();
    const first = ask([]);
    log.mark(["Product:7"]);
    const joined = ask([]);
    expect(started).toHaveLength(1);
    started[0]?.land(["Product:7"]);
    expect(await first).toBe("answer 0");
    await expect.poll(() => started.length).toBe(2);
    started[1]?.land(["Product:7"]);
    expect(await joined).toBe("answer 1");
  });

  it("lets those fetch again together", async () => {
    const { log, started, ask } = stage();
    const first = ask([]);
    log.mark(["Product:7"]);
    const joined = [ask([]), ask([]), ask([])];
    started[0]?.land(["Product:7"]);
    await first;
    await expect.poll(() => started.length).toBe(2);
    // Whatever changes from here on, those who asked before may get an answer from between.
    log.mark(["Product:7"]);
    started[1]?.land(["Product:7"]);
    expect(await Promise.all(joined)).toEqual(["answer 1", "answer 1", "answer 1"]);
    expect(started).toHaveLength(2);
  });

  it("joins in spite of changes of other things", async () => {
    const { log, started, ask } = stage();
    const first = ask();
    log.mark(["Product:2"]);
    const joined = ask();
    started[0]?.land();
    expect(await Promise.all([first, joined])).toEqual(["answer 0", "answer 0"]);
  });

  it("rejects for all who wait, and fetches anew for the next", async () => {
    const { started, ask } = stage();
    const waiting = Promise.allSettled([ask(), ask()]);
    started[0]?.fail(new Error("subgraph is down"));
    expect((await waiting).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const next = ask();
    started[1]?.land();
    expect(await next).toBe("answer 1");
  });

  it("keeps different keys apart", async () => {
    const { flights, started, work } = stage();
    const answers = [flights.run("one", tags, work), flights.run("other", tags, work)];
    for (const { land } of started) land();
    expect(started).toHaveLength(2);
    await Promise.all(answers);
  });

  it("lets everybody fetch while the log has no position", async () => {
    const { log, started, ask } = stage();
    const before = ask();
    log.hasLease = false;
    const after = [ask(), ask()];
    expect(started).toHaveLength(3);
    for (const { land } of started) land();
    expect(await Promise.all([before, ...after])).toEqual(["answer 0", "answer 1", "answer 2"]);
  });

  it("lets one who joined fetch again when the lease ended meanwhile and something had changed before", async () => {
    const { log, started, ask } = stage();
    const first = ask([]);
    log.mark(["Product:9"]);
    const joined = ask([]);
    log.hasLease = false;
    started[0]?.land();
    await first;
    await expect.poll(() => started.length).toBe(2);
    started[1]?.land();
    expect(await joined).toBe("answer 1");
  });

  it("never gives an answer from before a change that came before the question (P3)", async () => {
    type Step = "ask" | "change" | "land";
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Step>("ask", "ask", "change", "land"), { maxLength: 40 }),
        fc.boolean(),
        async (steps, isKnown) => {
          const log = fakeInvalidationLog();
          const flights = createSingleFlight(log);
          const landing: (() => void)[] = [];
          const answers: Promise<void>[] = [];
          let version = 0;
          const work = async () => {
            const answer = { version, tags, position: log.at };
            const { promise, resolve } = Promise.withResolvers<void>();
            landing.push(resolve);
            await promise;
            return answer;
          };
          const ask = async () => {
            const least = version;
            const answer = await flights.run("key", isKnown ? tags : [], work);
            expect(answer.version).toBeGreaterThanOrEqual(least);
          };
          const settle = () => new Promise((resolve) => setImmediate(resolve));
          for (const step of steps) {
            if (step === "ask") answers.push(ask());
            if (step === "change") log.mark(tags, (version += 1) % 2 ? "hard" : "soft");
            if (step === "land") {
              landing.shift()?.();
              await settle();
            }
          }
          while (landing.length > 0) {
            landing.shift()?.();
            await settle();
          }
          await Promise.all(answers);
        },
      ),
      { numRuns: 200 },
    );
  });
});
