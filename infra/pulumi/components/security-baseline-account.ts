import * as ebs from "@pulumi/aws/ebs/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface SecurityBaselineAccountArgs {
  account: string;
}

/** Switches of the account: what nobody can open by mistake in any bucket, disk or password. */
export class SecurityBaselineAccount extends pulumi.ComponentResource {
  constructor(name: string, args: SecurityBaselineAccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:SecurityBaselineAccount", name, {}, opts);
    const inside = { parent: this };
    new s3.AccountPublicAccessBlock(
      name,
      {
        accountId: args.account,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      inside,
    );
    new ebs.EncryptionByDefault(name, { enabled: true }, inside);
    new iam.AccountPasswordPolicy(
      name,
      // CIS AWS Foundations 1.8 and 1.9. People come by single sign-on; this is for the day it is away.
      {
        minimumPasswordLength: 14,
        passwordReusePrevention: 24,
        maxPasswordAge: 90,
        requireLowercaseCharacters: true,
        requireNumbers: true,
        requireSymbols: true,
        requireUppercaseCharacters: true,
        allowUsersToChangePassword: true,
      },
      inside,
    );
    this.registerOutputs();
  }
}
