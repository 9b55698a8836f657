import { describe, expect, it } from "vitest";
import { examine, type Example, UNKNOWN } from "../examine.ts";
import { vaults } from "./vaults.ts";

const all = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"];
const refusal = (changed: object = {}) =>
  JSON.stringify({ Statement: [{ Effect: "Deny", Principal: { AWS: "*" }, Action: all, Resource: "*", ...changed }] });
const vault: Example = { kind: "backup.Vault", name: "vault" };
const part = (kind: string, props: Record<string, unknown>): Example => ({
  ...{ kind, name: kind.split(".")[1] ?? "", props },
  refers: { backupVaultName: ["vault"] },
});
const policy = (text: string) => part("backup.VaultPolicy", { policy: text });
const lock = (minRetentionDays: number) => part("backup.VaultLockConfiguration", { minRetentionDays });

describe("the rule on vaults", () => {
  it("accepts one that refuses deletion and is locked, and one without a lock elsewhere than in prod", async () => {
    expect(await examine(vaults, [vault, policy(refusal()), lock(30)])).toEqual([]);
    expect(await examine(vaults, [vault, policy(UNKNOWN), lock(30)])).toEqual([]);
    expect(await examine(vaults, [vault, policy(refusal())], { stack: "staging" })).toEqual([]);
  });

  it.each([
    ["nothing", undefined],
    ["another effect", refusal({ Effect: "Allow" })],
    ["one role alone", refusal({ Principal: { AWS: "arn:aws:iam::111111111111:role/one" } })],
    ["a condition", refusal({ Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } })],
  ])("refuses a vault whose policy is %s", async (_, text) => {
    const found = await examine(vaults, [vault, lock(30), ...(text ? [policy(text)] : [])]);
    expect(found).toEqual(all.map((action) => `vault: does not refuse ${action}`));
  });

  it("refuses a vault of prod without a lock, or with one for fewer days", async () => {
    expect(await examine(vaults, [vault, policy(refusal())])).toEqual(["vault: is not locked"]);
    expect(await examine(vaults, [vault, policy(refusal()), lock(1)])).toEqual([
      "VaultLockConfiguration: keeps backups for 1 days, not 30",
    ]);
  });
});
