// Lines on standard output, by a program of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";

async function linesOf(program: string): Promise<{ n?: number; text?: string; msg: string }[]> {
  const url = JSON.stringify(join(import.meta.dirname, "logger.ts"));
  const start = `const { createLogger } = await import(${url}); const log = createLogger({ service: "test", level: "info" });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", start + program], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [written] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return written
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { msg: string });
}

test("all lines are written in their order, however the program ends", async () => {
  const many = `for (let n = 0; n < 5_000; n += 1) log.info({ n }, "line");`;
  for (const end of ["", "process.exit(3)", "throw new Error('crash')", "setTimeout(() => process.exit(), 30)"]) {
    const lines = await linesOf(`${many} ${end}`);
    expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: 5_000 }, (_, n) => n));
  }
});

test("a line is whole whatever its length and letters", async () => {
  const lines = await linesOf(
    `log.info({ text: "é🚲".repeat(9_000) }, "long"); log.info({ text: "🚲" }, "short"); log.info({ text: "x".repeat(70_000) }, "longer");`,
  );
  expect(lines.map(({ msg }) => msg)).toEqual(["long", "short", "longer"]);
  expect(lines.map((line) => line.text)).toEqual(["é🚲".repeat(9_000), "🚲", "x".repeat(70_000)]);
});

test("a line is written although the program goes on and logs nothing more", async () => {
  const [line] = await linesOf(`log.info("early"); setTimeout(() => process.kill(process.pid, "SIGKILL"), 200);`);
  expect(line?.msg).toBe("early");
});
