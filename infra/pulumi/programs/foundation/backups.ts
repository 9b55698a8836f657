import * as pulumi from "@pulumi/pulumi";
import { BackupPlan } from "../../components/backup-plan.ts";
import { BackupRestoreTest, type BackupRestoreTestArgs } from "../../components/backup-restore-test.ts";
import { BackupVault } from "../../components/backup-vault.ts";
import { type DocumentDb } from "../../components/document-db.ts";
import { type SharedFiles } from "../../components/shared-files.ts";
import { type Settings } from "./settings.ts";

export interface BackupSource {
  name: string;
  keyArn: pulumi.Output<string>;
  database: DocumentDb | undefined;
  /** Group of the cluster that a restore test makes. */
  databaseGroupId: pulumi.Output<string>;
  files: SharedFiles;
  /** Vault in the other region. */
  copyTo: pulumi.Output<string> | undefined;
}

/** Days that backups are kept, by the settings. */
export const backupDays = ({ backupDailyDays, backupWeeklyDays, backupMonthlyDays }: Settings) => ({
  daily: backupDailyDays,
  weekly: backupWeeklyDays,
  monthly: backupMonthlyDays,
});

/** What a locked vault takes: no backup of ours may be shorter or longer, with room for plans to keep them longer. */
export function lockedRetention(settings: Settings) {
  const used = Object.values(backupDays(settings)).filter((days) => days > 0);
  return { least: Math.min(...used), most: Math.max(400, ...used) };
}

/** Vault, plan and the weekly proof that what lies there can be restored. */
export function makeBackups(
  settings: Settings,
  { name, keyArn, database, databaseGroupId, files, copyTo }: BackupSource,
  opts: pulumi.ComponentResourceOptions,
  kept: pulumi.ComponentResourceOptions,
) {
  const { vault } = new BackupVault(
    "vault",
    {
      ...{ name, keyArn, lock: settings.vaultLock, retention: lockedRetention(settings) },
      emptyOnDestroy: settings.emptyOnDestroy,
    },
    kept,
  );
  const plan = new BackupPlan(
    "backup",
    {
      name,
      vaultName: vault.name,
      days: backupDays(settings),
      resources: [...(database ? [database.cluster.arn] : []), files.fileSystem.arn],
      kinds: [...(database ? (["DocumentDB"] as const) : []), "EFS"],
      ...(copyTo ? { copyTo } : {}),
    },
    opts,
  );
  const targets: BackupRestoreTestArgs["targets"] = { EFS: { arn: files.fileSystem.arn } };
  if (database) {
    const overrides = {
      dbsubnetgroupname: database.subnetGroup.name,
      vpcsecuritygroupids: pulumi.jsonStringify([databaseGroupId]),
    };
    targets.DocumentDB = { arn: database.cluster.arn, overrides };
  }
  const { plan: restorePlan } = new BackupRestoreTest(
    "restore-test",
    { name: name.replaceAll("-", "_"), vaultArn: vault.arn, roleArn: plan.role.arn, targets },
    opts,
  );
  return { vault, restorePlan };
}
