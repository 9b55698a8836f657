import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createQuestionTurns } from "./question-turns.ts";

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A subgraph whose answers say what was true when they were asked for; the test lets them land. */
function stage() {
  const turns = createQuestionTurns();
  const sent: { land: () => void; fail: () => void }[] = [];
  const world = { version: 0 };
  const take = (key = "page") =>
    turns.take(key, () => {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const { version } = world;
      sent.push({
        land: () => {
          resolve(version);
        },
        fail: () => {
          reject(new Error("The subgraph is away."));
        },
      });
      return promise;
    });
  return { turns, sent, world, take };
}

describe("turns of equal questions", () => {
  it("are two for any number of callers at once: the first asks, the others share the next", async () => {
    const { turns, sent, world, take } = stage();
    const answers = Array.from({ length: 1_000 }, () => take());
    expect(sent).toHaveLength(1);
    world.version = 1;
    sent[0]?.land();
    expect(await answers[0]).toBe(0);
    await settle();
    expect(sent).toHaveLength(2);
    sent[1]?.land();
    expect(new Set(await Promise.all(answers.slice(1)))).toEqual(new Set([1]));
    await settle();
    expect([sent.length, turns.size()]).toEqual([2, 0]);
  });

  it("begin anew when nothing is under way", async () => {
    const { sent, take } = stage();
    for (const index of [0, 1, 2]) {
      const answer = take();
      expect(sent).toHaveLength(index + 1);
      sent[index]?.land();
      await answer;
    }
  });

  it.each(["at once", "a moment later"])("go on when one fails, and let a caller in who comes %s", async (when) => {
    const { turns, sent, take } = stage();
    const first = take();
    const waiting = Promise.allSettled([take(), take()]);
    first.catch(() => undefined);
    sent[0]?.fail();
    if (when !== "at once") await Promise.resolve();
    // It has ended, and the next has not begun.
    expect(sent).toHaveLength(1);
    const late = take();
    await expect(first).rejects.toThrow("away");
    await settle();
    expect(sent).toHaveLength(2);
    sent[1]?.fail();
    expect((await waiting).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(late).rejects.toThrow("away");
    await settle();
    expect(turns.size()).toBe(0);
    const next = take();
    sent[2]?.land();
    expect(await next).toBe(0);
  });

  it("go on when a question cannot even be asked", async () => {
    const { turns, sent, take } = stage();
    const fail = () => {
      throw new Error("no question");
    };
    await expect(turns.take("page", fail)).rejects.toThrow("no question");
    const first = take();
    const second = turns.take("page", fail);
    sent[0]?.land();
    await first;
    await expect(second).rejects.toThrow("no question");
    await settle();
    expect(turns.size()).toBe(0);
  });

  it("do not wait for other questions", async () => {
    const { sent, take } = stage();
    const answers = [take("one"), take("other")];
    expect(sent).toHaveLength(2);
    for (const { land } of sent) land();
    await Promise.all(answers);
  });

  it("never bring an answer that was asked for before, with one question under way and all served in the end", async () => {
    type Step = "ask" | "change" | "land" | "fail" | "microtask" | "wait";
    const steps = fc.array(
      fc.constantFrom<Step>("ask", "ask", "ask", "change", "land", "fail", "microtask", "microtask", "wait"),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (schedule) => {
        const { turns, sent, world, take } = stage();
        const callers: Promise<unknown>[] = [];
        let ended = 0;
        const ask = async () => {
          const least = world.version;
          const before = sent.length;
          const answer = await take().catch(() => undefined);
          if (answer !== undefined) expect(answer).toBeGreaterThanOrEqual(least);
          expect(sent.length).toBeGreaterThan(before);
        };
        const end = (how: "land" | "fail") => {
          expect(sent.length - ended).toBeLessThanOrEqual(1);
          if (ended < sent.length) sent[ended++]?.[how]();
        };
        for (const step of schedule) {
          if (step === "ask") callers.push(ask());
          if (step === "change") world.version += 1;
          if (step === "land" || step === "fail") end(step);
          if (step === "microtask") await Promise.resolve();
          if (step === "wait") await settle();
        }
        for (await settle(); turns.size() > 0; await settle()) end("land");
        await Promise.all(callers);
        expect(turns.size()).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
