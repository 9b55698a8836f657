import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { type FakeSentry, startFakeSentry } from "@tradegraph/testkit/fake-sentry";
import { afterEach, beforeEach, expect, it } from "vitest";

let sentry: FakeSentry;
beforeEach(async () => {
  sentry = await startFakeSentry();
});
afterEach(() => sentry.stop());

async function run(dsn: string, ending: string) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, "crashing-program.ts"), dsn, ending], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [written, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  const lines = written
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code: code as number, lines, ms: performance.now() - began };
}

it.each([
  ["exception", "uncaughtException"],
  ["rejection", "unhandledRejection"],
  ["start", undefined],
])("an error (%s) that nobody caught is reported before it ends the program", async (ending, origin) => {
  const { code, lines } = await run(sentry.dsn, ending);
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatchObject({ level: "fatal", msg: "An error that nobody caught ends the program" });
  expect(sentry.events).toMatchObject([
    {
      level: "fatal",
      tags: { service: "crashing", ...(origin && { part: origin }) },
      exception: {
        values: [
          {
            type: "RangeError",
            value: "nobody caught this, [redacted]",
            mechanism: { type: "uncaught", handled: false },
          },
        ],
      },
    },
  ]);
  expect(sentry.events[0]?.exception?.values[0]?.stacktrace.frames.at(-1)).toMatchObject({
    ...{ filename: "packages/kit/test/crashing-program.ts", in_app: true },
  });
  expect(sentry.text()).not.toContain("canary");
});

it("ends in time although Sentry takes nothing", async () => {
  sentry.behave = () => undefined;
  const { code, ms } = await run(sentry.dsn, "exception");
  expect([code, sentry.requests()]).toEqual([1, 1]);
  expect(ms).toBeLessThan(15_000);
});

it("loads the library only with a DSN, and leaves crashes to Node without one", async () => {
  const on = await run(sentry.dsn, "exit");
  const off = await run("", "exception");
  expect([on.lines[0], off.lines[0]]).toMatchObject([{ libraries: expect.any(Number) as number }, { libraries: 0 }]);
  expect(on.lines[0]?.libraries).toBeGreaterThan(0);
  expect([on.code, off.code, off.lines.length, sentry.requests()]).toEqual([0, 1, 1, 0]);
});
