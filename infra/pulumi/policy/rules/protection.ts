import * as backup from "@pulumi/aws/backup/index.js";
import * as docdb from "@pulumi/aws/docdb/index.js";
import * as efs from "@pulumi/aws/efs/index.js";
import { type ResourceValidationPolicy } from "@pulumi/policy";
import { stackOf } from "../floors.ts";

const KEPT = [docdb.Cluster, efs.FileSystem, backup.Vault];

/** What cannot be made again is protected in Pulumi too: `destroy` and replacements stop before it. */
export const protection: ResourceValidationPolicy = {
  name: "protection",
  description: "Databases, file systems and vaults of production are protected from `pulumi destroy`.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource({ isType, opts, urn }, report) {
    if (stackOf(urn) !== "prod" || !KEPT.some((kind) => isType(kind as never))) return;
    if (!opts.protect) report("is not protected");
  },
};
