import * as pulumi from "@pulumi/pulumi";
import { keyPurposes, type KeyPurpose } from "../lib/foundation-outputs.ts";
import { type Statement } from "../lib/policy-document.ts";
import { EncryptionKey } from "./encryption-key.ts";

export interface KmsKeysArgs {
  /** What names at AWS begin with; aliases are `alias/<name>-<purpose>`. */
  name: string;
  account: string;
  region: string;
}

const descriptions: Record<KeyPurpose, string> = {
  data: "Database, cache, buckets and files",
  logs: "Log groups and buckets of logs",
  secrets: "Secrets of programs",
  backup: "Vaults of backups",
  fields: "Fields of documents that programs seal",
};

/** What services of AWS may do that come with no role of ours: the key itself must name them, for this account alone. */
const services: Partial<Record<KeyPurpose, (account: string, region: string) => Statement[]>> = {
  data: (account) => [cloudFrontOpens(account), bucketsSendEvents(account), macieOpens(account)],
  logs: (account, region) => logWriters(account, region),
};

/** A key for each purpose: who may read logs can thereby read neither data nor secrets. */
export class KmsKeys extends pulumi.ComponentResource {
  /** ARNs by purpose. */
  readonly arns: Record<KeyPurpose, pulumi.Output<string>>;

  constructor(name: string, args: KmsKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:KmsKeys", name, {}, opts);
    const made = keyPurposes.map((purpose) => {
      const key = new EncryptionKey(
        purpose,
        {
          name: `${args.name}-${purpose}`,
          description: descriptions[purpose],
          account: args.account,
          statements: services[purpose]?.(args.account, args.region) ?? [],
          // Sealed fields are copied to another region with their documents, and are read there with a replica of this key.
          // No key becomes one of several regions later: a stack that gets a second region one day needs it from the start.
          multiRegion: purpose === "fields",
        },
        { parent: this },
      );
      return [purpose, key.key.arn] as const;
    });
    this.arns = Object.fromEntries(made) as KmsKeys["arns"];
    this.registerOutputs();
  }
}

/** Distributions of this account read sealed files of a bucket. */
export const cloudFrontOpens = (account: string): Statement => ({
  Sid: "AssetsByCloudFront",
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: "kms:Decrypt",
  Resource: "*",
  Condition: { ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${account}:distribution/*` } },
});

/** Buckets of this account send events about their objects to sealed queues. */
const bucketsSendEvents = (account: string): Statement => ({
  Sid: "ObjectEvents",
  Effect: "Allow",
  Principal: { Service: "s3.amazonaws.com" },
  Action: ["kms:GenerateDataKey", "kms:Decrypt"],
  Resource: "*",
  Condition: { StringEquals: { "aws:SourceAccount": account } },
});

/**
 * Macie reads as a role that AWS makes for it, whose own policy opens no key of ours. A key takes no principal that does not
 * exist yet, and the role comes later: hence a condition.
 */
const macieOpens = (account: string): Statement => ({
  Sid: "SearchByMacie",
  Effect: "Allow",
  Principal: { AWS: "*" },
  Action: "kms:Decrypt",
  Resource: "*",
  Condition: {
    StringEquals: { "kms:CallerAccount": account },
    ArnEquals: {
      "aws:PrincipalArn": `arn:aws:iam::${account}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie`,
    },
  },
});

/** What services that write logs do with a key, in one region. */
export const logWriters = (account: string, region: string): Statement[] => [
  {
    Sid: "LogGroups",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: "*",
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:*` } },
  },
  {
    Sid: "LogFiles",
    Effect: "Allow",
    Principal: { Service: ["delivery.logs.amazonaws.com", "config.amazonaws.com"] },
    Action: ["kms:GenerateDataKey*", "kms:Decrypt", "kms:DescribeKey"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  },
  {
    Sid: "TrailFiles",
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: ["kms:GenerateDataKey*", "kms:Decrypt", "kms:DescribeKey"],
    Resource: "*",
    // CloudTrail promises to say which trail it writes for (CloudTrail User Guide, key policies), and no more.
    Condition: { ArnLike: { "aws:SourceArn": `arn:aws:cloudtrail:*:${account}:trail/*` } },
  },
];
