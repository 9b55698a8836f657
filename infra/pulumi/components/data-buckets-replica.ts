import * as iam from "@pulumi/aws/iam/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustService } from "../lib/policy-document.ts";
import { PrivateBucket } from "./private-bucket.ts";

export interface DataBucketsReplicaArgs {
  /** Names the role that copies. */
  name: string;
  source: PrivateBucket;
  sourceKeyArn: pulumi.Input<string>;
  /** Name of the copy. */
  replicaName: string;
  replicaRegion: string;
  replicaKeyArn: pulumi.Input<string>;
  keepOldVersionsDays: number;
  /** Whether files go with the copy when the stack is destroyed. */
  emptyOnDestroy: boolean;
  /** Who else reads the copy. */
  statements?: (bucketArn: pulumi.Output<string>) => Statement[];
}

/** A bucket in another region that gets every object within 15 minutes (RPO of BAK-4), deletions included. */
export class DataBucketsReplica extends pulumi.ComponentResource {
  readonly replica: PrivateBucket;

  constructor(name: string, args: DataBucketsReplicaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:DataBucketsReplica", name, {}, opts);
    const inside = { parent: this };
    this.replica = new PrivateBucket(
      name,
      {
        name: args.replicaName,
        region: args.replicaRegion,
        keyArn: args.replicaKeyArn,
        keepOldVersionsDays: args.keepOldVersionsDays,
        emptyOnDestroy: args.emptyOnDestroy,
        ...(args.statements ? { statements: args.statements } : {}),
      },
      inside,
    );
    const role = new iam.Role(
      name,
      {
        name: args.name,
        description: `Copies ${args.replicaName}`,
        assumeRolePolicy: trustService("s3.amazonaws.com"),
      },
      inside,
    );
    const mayCopy = new iam.RolePolicy(
      name,
      { role: role.name, policy: rights(args, this.replica.bucket.arn) },
      inside,
    );
    new s3.BucketReplicationConfig(
      name,
      {
        bucket: args.source.bucket.bucket,
        role: role.arn,
        rules: [
          {
            id: "everything",
            status: "Enabled",
            priority: 1,
            filter: {},
            deleteMarkerReplication: { status: "Enabled" },
            sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
            destination: {
              bucket: this.replica.bucket.arn,
              storageClass: "INTELLIGENT_TIERING",
              encryptionConfiguration: { replicaKmsKeyId: args.replicaKeyArn },
              replicationTime: { status: "Enabled", time: { minutes: 15 } },
              metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
            },
          },
        ],
      },
      // Both sides must have versions before S3 takes the rule.
      { parent: this, dependsOn: [args.source.versioning, this.replica.versioning, mayCopy] },
    );
    this.registerOutputs();
  }
}

const rights = (args: DataBucketsReplicaArgs, replicaArn: pulumi.Output<string>) => {
  const source = args.source.bucket.arn;
  return policyDocument(
    {
      Effect: "Allow",
      Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      Resource: source,
    },
    {
      Effect: "Allow",
      Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      Resource: pulumi.interpolate`${source}/*`,
    },
    {
      Effect: "Allow",
      Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
      Resource: pulumi.interpolate`${replicaArn}/*`,
    },
    { Effect: "Allow", Action: "kms:Decrypt", Resource: args.sourceKeyArn },
    { Effect: "Allow", Action: ["kms:Encrypt", "kms:GenerateDataKey"], Resource: args.replicaKeyArn },
  );
};
