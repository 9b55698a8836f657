import * as backup from "@pulumi/aws/backup/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { floorSet } from "../floors.ts";
import { refusedToAll } from "../refusals.ts";
import { known } from "../unknown.ts";

const floors = floorSet({
  lockedDays: {
    about: "Days for which a vault's lock keeps a backup at least; 0: no lock",
    dev: 0,
    staging: 0,
    prod: 30,
  },
});

/** What a thief of rights would do first. */
const REFUSED = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"];

const isAlways = (condition: unknown) => condition === undefined;

/** Backups end by their plan and by nothing else (BAK-1, BAK-3). */
export const vaults: StackValidationPolicy = {
  name: "vaults",
  description: "Every vault refuses the deletion of its backups to all, and is locked (prod).",
  enforcementLevel: "mandatory",
  severity: "critical",
  configSchema: floors.schema,
  validateStack({ resources, getConfig }, report) {
    const partsOf = (vault: PolicyResource, kind: Parameters<PolicyResource["isType"]>[0]) =>
      resources.filter(
        (one) => one.isType(kind) && (one.propertyDependencies["backupVaultName"] ?? []).includes(vault),
      );
    for (const vault of resources.filter((one) => one.isType(backup.Vault))) {
      const policies = partsOf(vault, backup.VaultPolicy).map(({ props }) => known(() => String(props["policy"])));
      // A policy that is not known yet may be right; a preview says no more.
      const refused = policies.flatMap((text) => (text === undefined ? REFUSED : refusedToAll(text, isAlways)));
      for (const action of REFUSED) if (!refused.includes(action)) report(`does not refuse ${action}`, vault.urn);
      const least = floors.of("lockedDays", vault.urn, getConfig());
      if (least === 0) continue;
      const locks = partsOf(vault, backup.VaultLockConfiguration);
      if (locks.length === 0) report("is not locked", vault.urn);
      for (const { props, urn } of locks) {
        const days = known(() => props["minRetentionDays"] as number | undefined) ?? 0;
        if (days < least) report(`keeps backups for ${days} days, not ${least}`, urn);
      }
    }
  },
};
