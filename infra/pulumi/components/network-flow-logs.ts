import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../lib/policy-document.ts";

export interface NetworkFlowLogsArgs {
  /** What names at AWS begin with. */
  name: string;
  vpcId: pulumi.Input<string>;
  /** The key's policy must let CloudWatch Logs use it. */
  keyArn: pulumi.Input<string>;
  retentionInDays: number;
}

/** Who talked to whom in the VPC, accepted or refused, minute by minute. */
export class NetworkFlowLogs extends pulumi.ComponentResource {
  readonly logGroup: cloudwatch.LogGroup;

  constructor(name: string, args: NetworkFlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:NetworkFlowLogs", name, {}, opts);
    const inside = { parent: this };
    this.logGroup = new cloudwatch.LogGroup(
      name,
      { name: `/${args.name}/vpc-flow`, kmsKeyId: args.keyArn, retentionInDays: args.retentionInDays },
      inside,
    );
    const role = new iam.Role(
      name,
      {
        name: `${args.name}-vpc-flow-logs`,
        description: "Flow logs of the VPC",
        assumeRolePolicy: trustService("vpc-flow-logs.amazonaws.com"),
      },
      inside,
    );
    const mayWrite = new iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument({
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: [this.logGroup.arn, pulumi.interpolate`${this.logGroup.arn}:*`],
        }),
      },
      inside,
    );
    new ec2.FlowLog(
      name,
      {
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: this.logGroup.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: 60,
        tags: { Name: args.name },
      },
      // It reports an error for good where it may not write when it begins.
      { parent: this, dependsOn: [mayWrite] },
    );
    this.registerOutputs();
  }
}
