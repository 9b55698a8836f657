import * as backup from "@pulumi/aws/backup/index.js";
import * as docdb from "@pulumi/aws/docdb/index.js";
import * as ecr from "@pulumi/aws/ecr/index.js";
import * as efs from "@pulumi/aws/efs/index.js";
import * as kms from "@pulumi/aws/kms/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import { type ResourceValidationPolicy } from "@pulumi/policy";
import { stackOf } from "../floors.ts";
import { known } from "../unknown.ts";

const KEPT = [docdb.Cluster, docdb.GlobalCluster, efs.FileSystem, backup.Vault, secretsmanager.Secret];
/** What would let AWS throw away at once what is in a thing, or what opens it. */
const REFUSED: { kind: unknown; wrong: (props: Record<string, unknown>) => string | undefined }[] = [
  { kind: s3.Bucket, wrong: ({ forceDestroy }) => (forceDestroy === true ? "forceDestroy empties it" : undefined) },
  { kind: backup.Vault, wrong: ({ forceDestroy }) => (forceDestroy === true ? "forceDestroy empties it" : undefined) },
  { kind: ecr.Repository, wrong: ({ forceDelete }) => (forceDelete === true ? "forceDelete empties it" : undefined) },
  {
    kind: secretsmanager.Secret,
    wrong: ({ recoveryWindowInDays }) =>
      recoveryWindowInDays === 0 ? "recoveryWindowInDays is 0: it cannot be brought back" : undefined,
  },
  {
    kind: kms.Key,
    wrong: ({ isEnabled, deletionWindowInDays = 30 }) =>
      isEnabled === false
        ? "isEnabled is false: nobody can open what it sealed"
        : Number(deletionWindowInDays) < 30
          ? `deletionWindowInDays is ${Number(deletionWindowInDays)}, not 30`
          : undefined,
  },
];

/** What cannot be made again is protected in Pulumi too: `destroy` and replacements stop before it. */
export const protection: ResourceValidationPolicy = {
  name: "protection",
  description:
    "Databases, files, vaults and secrets of production are protected from `pulumi destroy`, and nothing is emptied.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource({ isType, opts, props, urn }, report) {
    if (stackOf(urn) !== "prod") return;
    if (KEPT.some((kind) => isType(kind as never)) && !opts.protect) report("is not protected");
    for (const { kind, wrong } of REFUSED) {
      const message = isType(kind as never) ? known(() => wrong(props)) : undefined;
      if (message !== undefined) report(message);
    }
  },
};
