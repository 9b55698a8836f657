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

  it.each([
    ["s3.Bucket", { forceDestroy: true }, "forceDestroy empties it"],
    ["backup.Vault", { forceDestroy: true }, "forceDestroy empties it"],
    ["ecr.Repository", { forceDelete: true }, "forceDelete empties it"],
    ["kms.Key", { isEnabled: false }, "isEnabled is false: nobody can open what it sealed"],
    ["kms.Key", { deletionWindowInDays: 7 }, "deletionWindowInDays is 7, not 30"],
  ])("refuses in prod a %s with %j", async (kind, props, message) => {
    const opts = { protect: true };
    expect(await examine(protection, [{ kind, name: "thing", props, opts }])).toEqual([`thing: ${message}`]);
    expect(await examine(protection, [{ kind, name: "thing", props, opts }], { stack: "dev" })).toEqual([]);
    expect(await examine(protection, [{ kind, name: "thing", opts }])).toEqual([]);
  });

  it("wants secrets protected, and days to bring one back", async () => {
    const secret = (recoveryWindowInDays: number) => [
      { kind: "secretsmanager.Secret", name: "secret", props: { recoveryWindowInDays }, opts: { protect: true } },
    ];
    expect(await examine(protection, secret(30))).toEqual([]);
    expect(await examine(protection, secret(0))).toHaveLength(1);
  });

  it("leaves alone what can be made again", async () => {
    expect(await examine(protection, [{ kind: "lb.LoadBalancer", name: "door" }])).toEqual([]);
  });
});
