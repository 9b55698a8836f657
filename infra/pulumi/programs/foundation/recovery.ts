import type * as pulumi from "@pulumi/pulumi";
import { BackupVault } from "../../components/backup-vault.ts";
import { byCloudFront, type DataBuckets } from "../../components/data-buckets.ts";
import { DataBucketsReplica } from "../../components/data-buckets-replica.ts";
import { EncryptionKeyReplica } from "../../components/encryption-key-replica.ts";
import { EncryptionKey } from "../../components/encryption-key.ts";
import { cloudFrontOpens } from "../../components/kms-keys.ts";
import { bucketName } from "../../lib/naming.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { lockedRetention } from "./backups.ts";
import { type Settings } from "./settings.ts";

export interface RecoverySource {
  stack: StackName;
  name: string;
  buckets: DataBuckets["buckets"];
  dataKeyArn: pulumi.Output<string>;
  fieldsKeyArn: pulumi.Output<string>;
}

/** Files whose loss nobody could make good; logs are not among them. */
const copied = ["assets", "exports"] as const;

/**
 * What lies ready in the other region: keys, a vault and copies of buckets. The program `recovery` builds the rest around
 * it. Undefined where the stack has no other region.
 */
export function makeRecovery(settings: Settings, source: RecoverySource, opts: pulumi.ComponentResourceOptions) {
  const { recoveryRegion: region, account, keepOldVersionsDays, emptyOnDestroy, vaultLock: lock } = settings;
  if (region === "") return undefined;
  const { stack, name } = source;
  const { key } = new EncryptionKey(
    "recovery",
    {
      name: `${name}-recovery`,
      description: "Copies of data, backups, secrets and files",
      account,
      region,
      statements: [cloudFrontOpens(account)],
    },
    opts,
  );
  const fields = new EncryptionKeyReplica(
    "recovery-fields",
    {
      name: `${name}-fields`,
      description: "Fields of documents that programs seal",
      account,
      region,
      primaryKeyArn: source.fieldsKeyArn,
    },
    opts,
  );
  const { vault } = new BackupVault(
    "recovery-vault",
    { name: `${name}-copies`, region, keyArn: key.arn, lock, emptyOnDestroy, retention: lockedRetention(settings) },
    opts,
  );
  const replicas = copied.map((bucket) => {
    const { replica } = new DataBucketsReplica(
      `${bucket}-replica`,
      {
        name: `${name}-${bucket}-replica`,
        source: source.buckets[bucket],
        sourceKeyArn: source.dataKeyArn,
        replicaName: bucketName(stack, `${bucket}-replica`, account),
        replicaRegion: region,
        replicaKeyArn: key.arn,
        keepOldVersionsDays,
        emptyOnDestroy,
        ...(bucket === "assets" ? { statements: (arn) => [byCloudFront(arn, account)] } : {}),
      },
      opts,
    );
    const { bucket: copy } = replica;
    return [bucket, { name: copy.bucket, arn: copy.arn, domainName: copy.bucketRegionalDomainName }] as const;
  });
  return {
    region,
    keyArn: key.arn,
    fieldsKeyArn: fields.key.arn,
    vaultName: vault.name,
    vaultArn: vault.arn,
    buckets: Object.fromEntries(replicas),
  };
}
