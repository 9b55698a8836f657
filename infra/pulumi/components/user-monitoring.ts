import * as cognito from "@pulumi/aws/cognito/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as rum from "@pulumi/aws/rum/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../lib/policy-document.ts";

export interface UserMonitoringArgs {
  /** Name at AWS. */
  name: string;
  account: string;
  region: string;
  /** Host of the storefront: pages of others may not send anything. */
  domain: string;
  /** Share of visits that are measured. */
  percent: number;
}

/** What real visitors of the storefront see, measured in their browsers (CloudWatch RUM, OBS-5). */
export class UserMonitoring extends pulumi.ComponentResource {
  readonly monitor: rum.AppMonitor;
  /** Gives browsers credentials for sending measurements, and for nothing else. */
  readonly guests: cognito.IdentityPool;

  constructor(name: string, args: UserMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:UserMonitoring", name, {}, opts);
    const inside = { parent: this };
    this.guests = new cognito.IdentityPool(
      name,
      // Guests in the simple flow: Cognito itself narrows what their credentials may do.
      { identityPoolName: args.name, allowUnauthenticatedIdentities: true, allowClassicFlow: false },
      inside,
    );
    const role = new iam.Role(
      name,
      {
        name: `${args.name}-guest`,
        description: "Browsers send measurements of pages",
        assumeRolePolicy: policyDocument({
          Effect: "Allow",
          Principal: { Federated: "cognito-identity.amazonaws.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { "cognito-identity.amazonaws.com:aud": this.guests.id },
            "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
          },
        }),
      },
      inside,
    );
    new iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument({
          Sid: "SendMeasurements",
          Effect: "Allow",
          Action: "rum:PutRumEvents",
          Resource: `arn:aws:rum:${args.region}:${args.account}:appmonitor/${args.name}`,
        }),
      },
      inside,
    );
    new cognito.IdentityPoolRoleAttachment(
      name,
      { identityPoolId: this.guests.id, roles: { unauthenticated: role.arn } },
      inside,
    );
    this.monitor = new rum.AppMonitor(
      name,
      {
        name: args.name,
        domain: args.domain,
        // A copy in CloudWatch Logs would be a log group of AWS's, without an end and without a key of ours.
        cwLogEnabled: false,
        appMonitorConfiguration: {
          identityPoolId: this.guests.id,
          guestRoleArn: role.arn,
          sessionSampleRate: args.percent / 100,
          telemetries: ["errors", "performance", "http"],
          // No cookies: nobody is recognised, and nobody has to be asked.
          allowCookies: false,
        },
      },
      inside,
    );
    this.registerOutputs();
  }
}
