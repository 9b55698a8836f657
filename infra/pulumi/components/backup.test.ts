import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { BackupPlan, type BackupPlanArgs } from "./backup-plan.ts";
import { BackupRestoreTest } from "./backup-restore-test.ts";
import { BackupVault, type VaultLock } from "./backup-vault.ts";

const planned = async (changed: Partial<BackupPlanArgs> = {}) => {
  const recorded = await mockEngine("prod");
  new BackupPlan("backup", {
    name: "tradegraph-prod",
    vaultName: "tradegraph-prod",
    days: { daily: 30, weekly: 30, monthly: 365 },
    resources: ["arn:aws:rds:us-east-1:111111111111:cluster:tradegraph-prod"],
    kinds: ["DocumentDB", "EFS"],
    ...changed,
  });
  return recorded;
};
const plan = async (changed: Partial<BackupPlanArgs> = {}) =>
  (await (await planned(changed)).only("backup.Plan")).inputs["rules"] as Record<string, unknown>[];

describe("BackupPlan", () => {
  it("backs up at 02:00 UTC each day, each Sunday and each first of a month", async () => {
    expect((await plan()).map(({ ruleName, schedule, lifecycle }) => ({ ruleName, schedule, lifecycle }))).toEqual([
      { ruleName: "daily", schedule: "cron(0 2 * * ? *)", lifecycle: { deleteAfter: 30 } },
      { ruleName: "weekly", schedule: "cron(0 2 ? * SUN *)", lifecycle: { deleteAfter: 30 } },
      { ruleName: "monthly", schedule: "cron(0 2 1 * ? *)", lifecycle: { deleteAfter: 365 } },
    ]);
  });

  it("copies every backup to the other region, kept as long there", async () => {
    const copyTo = "arn:aws:backup:us-west-2:111111111111:backup-vault:copies";
    for (const { copyActions, lifecycle } of await plan({ copyTo })) {
      expect(copyActions).toEqual([{ destinationVaultArn: copyTo, lifecycle }]);
    }
    for (const rule of await plan()) expect(rule["copyActions"]).toBeUndefined();
  });

  it("says yes to the kinds in it, without which AWS leaves databases out of every backup", async () => {
    const { inputs } = await (await planned()).only("backup.RegionSettings");
    expect(inputs["resourceTypeOptInPreference"]).toEqual({ DocumentDB: true, EFS: true });
  });

  it("has no rule for what is kept for 0 days", async () => {
    const rules = await plan({ days: { daily: 7, weekly: 0, monthly: 0 } });
    expect(rules.map(({ ruleName }) => ruleName)).toEqual(["daily"]);
  });
});

describe("BackupVault", () => {
  const made = async (lock: VaultLock) => {
    const recorded = await mockEngine("prod");
    const keyArn = "arn:aws:kms:us-west-2:111111111111:key/backup";
    new BackupVault("vault", { name: "copies", region: "us-west-2", keyArn, lock, retention: { least: 7, most: 400 } });
    return recorded;
  };

  it("is sealed by our key and lets nobody delete by hand", async () => {
    const recorded = await made("none");
    expect((await recorded.only("backup.Vault")).inputs).toMatchObject({
      region: "us-west-2",
      kmsKeyArn: "arn:aws:kms:us-west-2:111111111111:key/backup",
    });
    expect(String((await recorded.only("backup.VaultPolicy")).inputs["policy"])).toContain("DeleteRecoveryPoint");
  });

  it("goes with the backups in it only where that was said", async () => {
    const forced = async (emptyOnDestroy?: boolean) => {
      const recorded = await mockEngine("dev");
      const retention = { least: 7, most: 400 };
      const said = emptyOnDestroy === undefined ? {} : { emptyOnDestroy };
      new BackupVault("vault", { name: "backups", keyArn: "arn:key", lock: "none", retention, ...said });
      return (await recorded.only("backup.Vault")).inputs["forceDestroy"];
    };
    expect([await forced(true), await forced(false), await forced()]).toEqual([true, undefined, undefined]);
  });

  it("is locked only where it was said, and for ever only where that was said", async () => {
    const locks = async (lock: VaultLock) =>
      (await (await made(lock)).ofKind("backup.VaultLockConfiguration")).map(
        ({ inputs }) => inputs["changeableForDays"],
      );
    expect(await locks("none")).toEqual([]);
    expect(await locks("governance")).toEqual([undefined]);
    expect(await locks("compliance")).toEqual([3]);
  });
});

describe("BackupRestoreTest", () => {
  it("restores the newest backup of each target every week", async () => {
    const recorded = await mockEngine("prod");
    new BackupRestoreTest("restore-test", {
      name: "tradegraph_prod",
      vaultArn: "arn:aws:backup:us-east-1:111111111111:backup-vault:tradegraph-prod",
      roleArn: "arn:aws:iam::111111111111:role/backup",
      targets: { DocumentDB: { arn: "arn:db", overrides: { dbsubnetgroupname: "group" } }, EFS: { arn: "arn:files" } },
    });
    const { inputs } = await recorded.only("backup.RestoreTestingPlan");
    expect(inputs).toMatchObject({
      scheduleExpression: "cron(0 6 ? * MON *)",
      recoveryPointSelection: { algorithm: "LATEST_WITHIN_WINDOW" },
    });
    const selections = await recorded.ofKind("backup.RestoreTestingSelection");
    expect(selections.map((selection) => selection.inputs["name"]).sort()).toEqual([
      "tradegraph_prod_DocumentDB",
      "tradegraph_prod_EFS",
    ]);
    // AWS takes nothing but letters, digits and underscores in these names.
    for (const { inputs } of selections) expect(inputs["name"]).toMatch(/^\w{1,50}$/);
  });
});
