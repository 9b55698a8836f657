import * as backup from "@pulumi/aws/backup/index.js";
import * as cloudtrail from "@pulumi/aws/cloudtrail/index.js";
import * as docdb from "@pulumi/aws/docdb/index.js";
import * as ecr from "@pulumi/aws/ecr/index.js";
import * as efs from "@pulumi/aws/efs/index.js";
import * as elasticache from "@pulumi/aws/elasticache/index.js";
import * as kms from "@pulumi/aws/kms/index.js";
import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import * as sns from "@pulumi/aws/sns/index.js";
import * as sqs from "@pulumi/aws/sqs/index.js";
import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { isSet, known } from "../unknown.ts";

/** Keys called alias/aws/… are AWS's: every role of the account may use them, and nobody can take them away. */
function ownKey(report: ReportViolation, field: string, read: () => unknown): void {
  if (!isSet(read)) report(`${field} is missing: encrypt with a key of ours`);
  else if (/alias\/aws\//.test(String(known(read) ?? ""))) report(`${field} is a key of AWS: encrypt with one of ours`);
}
const on = (report: ReportViolation, field: string, value: unknown) => {
  if (value !== true) report(`${field} is not true`);
};

/** Everything that rests is encrypted, with keys of ours wherever AWS takes them. Buckets and log groups have own rules. */
export const encryption: ResourceValidationPolicy = {
  name: "encryption",
  description: "Data at rest and in transit is encrypted with keys of ours.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource: [
    validateResourceOfType(docdb.Cluster, (cluster, _, report) => {
      on(report, "storageEncrypted", cluster.storageEncrypted);
      ownKey(report, "kmsKeyId", () => cluster.kmsKeyId);
    }),
    validateResourceOfType(docdb.GlobalCluster, (cluster, _, report) => {
      // A global cluster made from an existing one takes its encryption over.
      if (!isSet(() => cluster.sourceDbClusterIdentifier)) on(report, "storageEncrypted", cluster.storageEncrypted);
    }),
    validateResourceOfType(elasticache.ReplicationGroup, (group, _, report) => {
      on(report, "atRestEncryptionEnabled", group.atRestEncryptionEnabled);
      on(report, "transitEncryptionEnabled", group.transitEncryptionEnabled);
      if (group.transitEncryptionMode === "preferred") report("transitEncryptionMode lets clients come without TLS");
      ownKey(report, "kmsKeyId", () => group.kmsKeyId);
    }),
    validateResourceOfType(elasticache.ServerlessCache, (cache, _, report) => {
      ownKey(report, "kmsKeyId", () => cache.kmsKeyId);
    }),
    validateResourceOfType(efs.FileSystem, (files, _, report) => {
      on(report, "encrypted", files.encrypted);
      ownKey(report, "kmsKeyId", () => files.kmsKeyId);
    }),
    validateResourceOfType(sns.Topic, (topic, _, report) => {
      ownKey(report, "kmsMasterKeyId", () => topic.kmsMasterKeyId);
    }),
    validateResourceOfType(sns.TopicSubscription, ({ protocol }, _, report) => {
      if (known(() => protocol) === "http") report("protocol is http: what is told travels in plain");
    }),
    validateResourceOfType(sqs.Queue, (queue, _, report) => {
      ownKey(report, "kmsMasterKeyId", () => queue.kmsMasterKeyId);
    }),
    validateResourceOfType(secretsmanager.Secret, (secret, _, report) => {
      ownKey(report, "kmsKeyId", () => secret.kmsKeyId);
    }),
    validateResourceOfType(cloudtrail.Trail, (trail, _, report) => {
      ownKey(report, "kmsKeyId", () => trail.kmsKeyId);
      on(report, "enableLogFileValidation", trail.enableLogFileValidation);
    }),
    validateResourceOfType(backup.Vault, (vault, _, report) => {
      ownKey(report, "kmsKeyArn", () => vault.kmsKeyArn);
    }),
    validateResourceOfType(ecr.Repository, (repository, _, report) => {
      const settings = repository.encryptionConfigurations?.[0];
      if (settings?.encryptionType !== "KMS") report("encryptionConfigurations: encryptionType is not KMS");
      else ownKey(report, "kmsKey", () => settings.kmsKey);
    }),
    validateResourceOfType(kms.Key, (key, _, report) => {
      // Keys that sign or come from outside cannot rotate.
      const symmetric = (key.keyUsage ?? "ENCRYPT_DECRYPT") === "ENCRYPT_DECRYPT";
      if (symmetric) on(report, "enableKeyRotation", key.enableKeyRotation);
    }),
  ],
};
