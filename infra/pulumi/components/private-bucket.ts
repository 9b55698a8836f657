import * as s3 from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, tlsOnly } from "../lib/policy-document.ts";

export interface PrivateBucketArgs {
  /** Name at AWS, the same for all accounts of the world. */
  name: string;
  /** Where it is, if not in the provider's region. */
  region?: string;
  /** The key of ours that encrypts it; undefined takes S3's, for logs of load balancers, which AWS writes with no other. */
  keyArn: pulumi.Input<string> | undefined;
  /** Days after which overwritten and deleted versions go. */
  keepOldVersionsDays: number;
  /** Whether what is in it goes with it when the stack is destroyed; without, AWS refuses to delete it while it has anything. */
  emptyOnDestroy?: boolean;
  /** Rules of the life cycle beside those for old versions and broken uploads. */
  lifecycle?: pulumi.Input<NonNullable<RuleList>[number]>[];
  /** Statements of the bucket's policy beside "TLS only". */
  statements?: (bucketArn: pulumi.Output<string>) => Statement[];
}

type RuleList = Extract<pulumi.Unwrap<s3.BucketLifecycleConfigurationArgs["rules"]>, unknown[]>;

/** A bucket nobody outside reaches: versioned, encrypted by our key, no public access, TLS only. */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucket: s3.Bucket;
  /** What replication waits for. */
  readonly versioning: s3.BucketVersioning;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:PrivateBucket", name, {}, opts);
    const inside = { parent: this };
    const place = args.region === undefined ? {} : { region: args.region };
    const emptied = args.emptyOnDestroy ? { forceDestroy: true } : {};
    this.bucket = new s3.Bucket(name, { bucket: args.name, ...place, ...emptied }, inside);
    // Settings of a bucket are resources of their own and have its region.
    const of = { bucket: this.bucket.bucket, ...place };
    this.versioning = new s3.BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } }, inside);
    new s3.BucketServerSideEncryptionConfiguration(
      name,
      {
        ...of,
        rules: [args.keyArn === undefined ? ownKeyOfS3 : keyOfOurs(args.keyArn)],
      },
      inside,
    );
    const closed = new s3.BucketPublicAccessBlock(
      name,
      { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      inside,
    );
    new s3.BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, inside);
    new s3.BucketPolicy(
      name,
      {
        ...of,
        policy: policyDocument(
          tlsOnly("s3:*", withObjects(this.bucket.arn)),
          ...(args.statements?.(this.bucket.arn) ?? []),
        ),
      },
      // S3 refuses two changes of a bucket's access at the same moment (OperationAborted).
      { parent: this, dependsOn: [closed] },
    );
    new s3.BucketLifecycleConfiguration(
      name,
      { ...of, rules: [...lifecycle(args.keepOldVersionsDays), ...(args.lifecycle ?? [])] },
      // Rules about old versions mean nothing before there are versions.
      { parent: this, dependsOn: [this.versioning] },
    );
    this.registerOutputs();
  }
}

const keyOfOurs = (kmsMasterKeyId: pulumi.Input<string>) => ({
  applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId },
  // One call to KMS per bucket and hour instead of one per object.
  bucketKeyEnabled: true,
});
const ownKeyOfS3 = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };

const withObjects = (arn: pulumi.Output<string>) => [arn, pulumi.interpolate`${arn}/*`];

const lifecycle = (days: number) => [
  {
    id: "old-versions",
    status: "Enabled",
    filter: {},
    noncurrentVersionExpiration: { noncurrentDays: days },
  },
  {
    id: "broken-uploads",
    status: "Enabled",
    filter: {},
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  },
];
