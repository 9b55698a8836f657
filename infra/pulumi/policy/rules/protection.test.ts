import { describe, expect, it } from "vitest";
import { examine } from "../examine.ts";
import { protection } from "./protection.ts";

const cluster = (protect: boolean) => [{ kind: "docdb.Cluster", name: "database", opts: { protect } }];

describe("the rule on protection", () => {
  it("wants the database of production protected", async () => {
    expect(await examine(protection, cluster(true))).toEqual([]);
    expect(await examine(protection, cluster(false))).toEqual(["database: is not protected"]);
    expect(await examine(protection, cluster(false), { stack: "dev" })).toEqual([]);
  });

  it("leaves alone what can be made again", async () => {
    expect(await examine(protection, [{ kind: "lb.LoadBalancer", name: "door" }])).toEqual([]);
  });
});
