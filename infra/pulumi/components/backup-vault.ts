import * as backup from "@pulumi/aws/backup/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../lib/policy-document.ts";

/** `governance`: people with special rights can still delete. `compliance`: nobody can, AWS included, and never again. */
export type VaultLock = "none" | "governance" | "compliance";

export interface BackupVaultArgs {
  name: string;
  /** Where it is, if not in the provider's region. */
  region?: string;
  keyArn: pulumi.Input<string>;
  lock: VaultLock;
  /** Whether what is in it goes with it when the stack is destroyed; without, AWS refuses to delete it while it has anything. */
  emptyOnDestroy?: boolean;
  /** Days that backups in it are kept at least and at most, once it is locked. */
  retention: { least: number; most: number };
}

/** Days in which a compliance lock can still be taken off; three is the least AWS allows. */
const COOLING_OFF_DAYS = 3;

/** Where backups lie: sealed by our key, and deleted by nobody before their time where it is locked. */
export class BackupVault extends pulumi.ComponentResource {
  readonly vault: backup.Vault;

  constructor(name: string, args: BackupVaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:BackupVault", name, {}, opts);
    const place = args.region === undefined ? {} : { region: args.region };
    const emptied = args.emptyOnDestroy ? { forceDestroy: true } : {};
    this.vault = new backup.Vault(
      name,
      { ...place, name: args.name, kmsKeyArn: args.keyArn, ...emptied },
      { parent: this },
    );
    const backupVaultName = this.vault.name;
    new backup.VaultPolicy(name, { ...place, backupVaultName, policy: noManualDeletion }, { parent: this });
    if (args.lock !== "none") {
      const isForEver = args.lock === "compliance";
      new backup.VaultLockConfiguration(
        name,
        {
          ...place,
          backupVaultName,
          minRetentionDays: args.retention.least,
          maxRetentionDays: args.retention.most,
          ...(isForEver ? { changeableForDays: COOLING_OFF_DAYS } : {}),
        },
        { parent: this, protect: isForEver },
      );
    }
    this.registerOutputs();
  }
}

/** Backups end by their plan. A thief of rights must change this policy first, which is an alarm of its own. */
const noManualDeletion = policyDocument({
  Sid: "NoManualDeletion",
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
  Resource: "*",
});
