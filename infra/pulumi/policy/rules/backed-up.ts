import * as backup from "@pulumi/aws/backup/index.js";
import * as docdb from "@pulumi/aws/docdb/index.js";
import * as efs from "@pulumi/aws/efs/index.js";
import { type StackValidationPolicy } from "@pulumi/policy";
import { isWarmCopy } from "../floors.ts";

/** A plan backs up what is chosen for it, and nothing by itself (BAK-1). */
export const backedUp: StackValidationPolicy = {
  name: "backed-up",
  description: "Every plan of backups has things to back up, and every database and file system is among them.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateStack({ resources }, report) {
    const selections = resources.filter((one) => one.isType(backup.Selection));
    const chosen = new Set(selections.flatMap((one) => one.propertyDependencies["resources"] ?? []));
    for (const plan of resources.filter((one) => one.isType(backup.Plan))) {
      const own = selections.some((one) => (one.propertyDependencies["planId"] ?? []).includes(plan));
      if (!own) report("backs nothing up", plan.urn);
    }
    // A second region copies the first one's database, and its files begin empty.
    const kept = resources.filter((one) => one.isType(docdb.Cluster) || one.isType(efs.FileSystem));
    for (const store of kept) {
      if (!isWarmCopy(store.urn) && !chosen.has(store)) report("is in no backup", store.urn);
    }
  },
};
