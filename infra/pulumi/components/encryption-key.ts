import * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../lib/policy-document.ts";

export interface EncryptionKeyArgs {
  /** Name at AWS; the alias is `alias/<name>`. */
  name: string;
  description: string;
  account: string;
  /** Where it is, if not in the provider's region. */
  region?: string;
  /** Statements beside "the account decides by IAM", such as a service that is to use the key. */
  statements?: Statement[];
  /** A replica of the key in other regions, for copies of backups. */
  multiRegion?: boolean;
}

/** A key of ours in KMS: rotated each year, 30 days to change one's mind about a deletion. */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly key: kms.Key;
  readonly alias: kms.Alias;

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:EncryptionKey", name, {}, opts);
    const place = args.region === undefined ? {} : { region: args.region };
    this.key = new kms.Key(
      name,
      {
        ...place,
        description: args.description,
        enableKeyRotation: true,
        rotationPeriodInDays: 365,
        deletionWindowInDays: 30,
        multiRegion: args.multiRegion ?? false,
        policy: policyDocument(accountDecides(args.account), ...(args.statements ?? [])),
      },
      { parent: this },
    );
    this.alias = new kms.Alias(
      name,
      { ...place, name: `alias/${args.name}`, targetKeyId: this.key.keyId },
      { parent: this },
    );
    this.registerOutputs();
  }
}

/** Without it nobody could ever change the key's policy again. */
export const accountDecides = (account: string): Statement => ({
  Sid: "AccountDecidesByIam",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "kms:*",
  Resource: "*",
});
