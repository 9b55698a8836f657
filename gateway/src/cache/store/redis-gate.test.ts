import { createLogger } from "@tradegraph/kit/logger";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRedisGate } from "./redis-gate.ts";

const never = () => new Promise<string>(() => undefined);
const fails = () => Promise.reject<string>(new Error("refused"));
const works = () => Promise.resolve("PONG");

function stage() {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) };
  const gate = createRedisGate({ logger: createLogger({ service: "test", level: "info", destination }) });
  const repeat = async (times: number, work: () => Promise<string>) => {
    for (let index = 0; index < times; index += 1) await gate.run(work, 1_000);
  };
  return { gate, lines, repeat };
}

describe("redis gate", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("gives what Redis answers, and nothing when it refuses or is late", async () => {
    const { gate } = stage();
    expect(await gate.run(works, 1_000)).toBe("PONG");
    expect(await gate.run(fails, 1_000)).toBeUndefined();
    expect(await gate.run(never, 5)).toBeUndefined();
    expect(gate.isOpen()).toBe(false);
  });

  it("opens when more than half of twenty fail, and not before", async () => {
    const { gate, repeat, lines } = stage();
    await repeat(10, works);
    await repeat(10, fails);
    expect(gate.isOpen()).toBe(false);
    await repeat(1, fails);
    expect(gate.isOpen()).toBe(true);
    const asked = vi.fn(works);
    expect(await gate.run(asked, 1_000)).toBeUndefined();
    expect(asked).not.toHaveBeenCalled();
    expect(lines).toHaveLength(1);
  });

  it("tries one command after a second, while all others pass by, and closes when that is answered", async () => {
    const { gate, repeat, lines } = stage();
    await repeat(20, fails);
    vi.setSystemTime(Date.now() + 1_100);
    const trial = Promise.withResolvers<string>();
    const trying = gate.run(() => trial.promise, 60_000);
    const asked = vi.fn(works);
    expect(await gate.run(asked, 1_000)).toBeUndefined();
    expect(asked).not.toHaveBeenCalled();
    trial.resolve("PONG");
    expect(await trying).toBe("PONG");
    expect(await gate.run(asked, 1_000)).toBe("PONG");
    expect(lines).toHaveLength(2);
  });

  it("stays open, and says so once only, while trials fail", async () => {
    const { gate, repeat, lines } = stage();
    await repeat(20, fails);
    for (let trial = 0; trial < 3; trial += 1) {
      vi.setSystemTime(Date.now() + 1_100);
      await repeat(2, fails);
    }
    expect(gate.isOpen()).toBe(true);
    expect(lines).toHaveLength(1);
  });
});
