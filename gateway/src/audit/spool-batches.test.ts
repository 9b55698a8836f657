import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createBatches } from "./spool-batches.ts";

const folder = mkdtempSync(join(tmpdir(), "batches-"));
afterAll(() => rm(folder, { recursive: true }));

const [head, tail] = ['{"é":[', "]}"];

/** What is sent of a file with this text. */
function sentOf(text: string, most: number) {
  const path = join(folder, "segment");
  writeFileSync(path, text);
  let torn = 0;
  const batches: { entries: unknown[]; lines: string[]; count: number }[] = [];
  for (const { body, lines, count } of createBatches({ head, tail, most })(path, () => (torn += 1))) {
    const { é: entries } = JSON.parse(body.toString()) as { é: unknown[] };
    batches.push({ entries, lines: lines(), count });
  }
  return { batches, torn };
}
const records = (count: number, pad = 0) =>
  Array.from({ length: count }, (_, id) => ({ id, name: "Größe 💶".padEnd(pad, "x") }));
const linesOf = (of: readonly unknown[]) => of.map((one) => `${JSON.stringify(one)}\n`).join("");

describe("batches of a segment", () => {
  it.each([
    [0, 0],
    [1, 1],
    [499, 1],
    [500, 1],
    [501, 2],
    [1_200, 3],
  ])("have %d records in order, in %d requests", (count, requests) => {
    const { batches, torn } = sentOf(linesOf(records(count)), 500);
    expect(batches.flatMap(({ entries }) => entries)).toEqual(records(count));
    expect(batches.map((batch) => batch.count)).toEqual(batches.map(({ entries }) => entries.length));
    expect(batches).toHaveLength(requests);
    expect(torn).toBe(0);
  });

  it("have their lines as they stand in the file", () => {
    const { batches } = sentOf(linesOf(records(7)), 3);
    expect(batches.map(({ lines }) => lines.map((line) => JSON.parse(line) as unknown))).toEqual(
      batches.map(({ entries }) => entries),
    );
  });

  it("hold what fits where lines are long", () => {
    const long = records(100, 7_000);
    const { batches } = sentOf(linesOf(long), 500);
    expect(batches.length).toBeGreaterThan(2);
    expect(batches.flatMap(({ entries }) => entries)).toEqual(long);
  });

  it("leave out a last line without its end, and tell", () => {
    const { batches, torn } = sentOf(`${linesOf(records(5))}{"id":5,"na`, 2);
    expect(batches.flatMap(({ entries }) => entries)).toEqual(records(5));
    expect(torn).toBe(1);
    expect(sentOf("{", 2)).toEqual({ batches: [], torn: 1 });
  });

  it("go on behind what is too long to be a line", () => {
    const { batches, torn } = sentOf(`"${"x".repeat(400_000)}"\n${linesOf(records(3))}`, 500);
    expect(batches.flatMap(({ entries }) => entries)).toEqual(records(3));
    expect(torn).toBe(1);
  });

  it("are none where the file is gone", () => {
    expect([...createBatches({ head, tail, most: 5 })(join(folder, "gone"), () => undefined)]).toEqual([]);
  });
});
