import * as backup from "@pulumi/aws/backup/index.js";
import * as ecr from "@pulumi/aws/ecr/index.js";
import * as efs from "@pulumi/aws/efs/index.js";
import * as kms from "@pulumi/aws/kms/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import * as sns from "@pulumi/aws/sns/index.js";
import * as sqs from "@pulumi/aws/sqs/index.js";
import { type ResourceValidationPolicy } from "@pulumi/policy";
import { known } from "../unknown.ts";

const KINDS = [
  ...[kms.Key, kms.ReplicaKey, s3.BucketPolicy, sns.TopicPolicy, sqs.QueuePolicy, secretsmanager.SecretPolicy],
  ...[ecr.RepositoryPolicy, efs.FileSystemPolicy, backup.VaultPolicy],
];

interface Statement {
  Sid?: string;
  Effect?: string;
  Principal?: unknown;
  Condition?: unknown;
}

/** "*", {"AWS": "*"} or a list with it: everybody who has an account at AWS, and for some services everybody. */
const isEverybody = (principal: unknown): boolean =>
  principal === "*" ||
  (typeof principal === "object" && principal !== null && Object.values(principal).flat().includes("*"));

/** A policy on a thing counts beside those of roles: it must not open to all what they keep closed. */
export const resourcePolicies: ResourceValidationPolicy = {
  name: "resource-policies",
  description: "Policies of keys, buckets, topics, queues, secrets, images and files name who may come.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource({ isType, props }, report) {
    if (!KINDS.some((kind) => isType(kind as never))) return;
    const policy = known(() => (props as { policy?: unknown }).policy);
    if (policy === undefined) return;
    const text = typeof policy === "string" ? policy : JSON.stringify(policy);
    for (const { Sid, Effect, Principal, Condition } of [
      (JSON.parse(text) as { Statement: Statement[] }).Statement,
    ].flat()) {
      if (Effect === "Allow" && isEverybody(Principal) && !Condition)
        report(`everybody may use it (${Sid ?? "no Sid"})`);
    }
  },
};
