// What docs/COMPLIANCE.md shows to auditors as a proof is a rule of the pack.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const page = readFileSync(join(import.meta.dirname, "../../../docs/COMPLIANCE.md"), "utf8");
const named = [...page.matchAll(/\brules? ((?:`[\w-]+`(?:, )?)+)/g)].flatMap(
  ([, list = ""]) => list.match(/[\w-]+/g) ?? [],
);

it("names rules that are there, each with its test", () => {
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter((rule) =>
    ["ts", "test.ts"].some((end) => !existsSync(join(import.meta.dirname, `rules/${rule}.${end}`))),
  );
  expect(missing).toEqual([]);
});
