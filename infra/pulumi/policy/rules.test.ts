import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "./rules.ts";

const folder = join(import.meta.dirname, "rules");
const files = readdirSync(folder).filter((file) => !file.endsWith(".test.ts"));

describe("the policy pack", () => {
  it("has each rule of the folder, by the name of its file", () => {
    expect(rules.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  });

  it.each(rules.map((rule) => [rule.name, rule] as const))("%s stops a plan, and is tested", (name, rule) => {
    expect(rule.enforcementLevel).toBe("mandatory");
    expect(rule.description).toMatch(/\.$/);
    expect(existsSync(join(folder, `${name}.test.ts`))).toBe(true);
  });
});
