import { describe, expect, it } from "vitest";
import { examine, type Example } from "../examine.ts";
import { backedUp } from "./backed-up.ts";

const stores: Example[] = [
  { kind: "docdb.Cluster", name: "database" },
  { kind: "efs.FileSystem", name: "files" },
  { kind: "backup.Plan", name: "plan" },
];
const selection = (...resources: string[]): Example => ({
  kind: "backup.Selection",
  name: "selection",
  refers: { planId: ["plan"], resources },
});

describe("the rule on what is backed up", () => {
  it("accepts a plan with the database and the files", async () => {
    expect(await examine(backedUp, [...stores, selection("database", "files")])).toEqual([]);
    expect(await examine(backedUp, stores.slice(0, 2), { program: "recovery" })).toEqual([]);
  });

  it("names what is in no backup, and a plan that backs nothing up", async () => {
    expect(await examine(backedUp, [...stores, selection("database")])).toEqual(["files: is in no backup"]);
    expect(await examine(backedUp, stores)).toEqual([
      "plan: backs nothing up",
      "database: is in no backup",
      "files: is in no backup",
    ]);
  });
});
