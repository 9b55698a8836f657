import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";
import { functionCode, type FunctionName } from "../lib/function-code.ts";
import { policyDocument, type Statement, trustService } from "../lib/policy-document.ts";

export interface LambdaFunctionArgs {
  /** Name at AWS, 64 characters at most. */
  name: string;
  /** The folder in functions/. */
  code: FunctionName;
  description: string;
  environment: Record<string, pulumi.Input<string>>;
  timeoutSeconds: number;
  /** What it may do at AWS beside its log and its traces. */
  statements: Statement[];
  logsKeyArn: pulumi.Input<string>;
  logRetentionDays: number;
  /** Where it lies, if it has to reach something private. */
  vpc?: { subnetIds: pulumi.Input<pulumi.Input<string>[]>; securityGroupId: pulumi.Input<string> };
  /** Who is told of an event that it could not deal with in three attempts; for functions that events start. */
  failures?: { topicArn: pulumi.Input<string>; keyArn: pulumi.Input<string> };
}

/** A function of ours: code of this repository, a role of its own, a log that ends some day, traces. */
export class LambdaFunction extends pulumi.ComponentResource {
  readonly function: lambda.Function;
  readonly role: iam.Role;

  constructor(name: string, args: LambdaFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:LambdaFunction", name, {}, opts);
    const inside = { parent: this };
    const logGroup = new cloudwatch.LogGroup(
      name,
      { name: `/aws/lambda/${args.name}`, retentionInDays: args.logRetentionDays, kmsKeyId: args.logsKeyArn },
      inside,
    );
    this.role = new iam.Role(
      name,
      {
        name: `${args.name}-function`,
        description: args.description,
        assumeRolePolicy: trustService("lambda.amazonaws.com"),
      },
      inside,
    );
    const policy = new iam.RolePolicy(
      name,
      { role: this.role.name, policy: policyDocument(...ofEveryFunction(logGroup.arn, args), ...args.statements) },
      inside,
    );
    this.function = new lambda.Function(
      name,
      {
        name: args.name,
        description: args.description,
        role: this.role.arn,
        runtime: lambda.Runtime.NodeJS24dX,
        architectures: ["arm64"],
        handler: `${args.code}/handler.handler`,
        code: functionCode(args.code),
        // Processor time comes with memory; the least of 128 takes seconds to load the AWS SDK.
        memorySize: 256,
        timeout: args.timeoutSeconds,
        environment: { variables: args.environment },
        loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
        tracingConfig: { mode: "Active" },
        ...(args.vpc
          ? { vpcConfig: { subnetIds: args.vpc.subnetIds, securityGroupIds: [args.vpc.securityGroupId] } }
          : {}),
      },
      // AWS looks whether the role may do what the function is set up for.
      { parent: this, dependsOn: [policy] },
    );
    if (args.failures) {
      new lambda.FunctionEventInvokeConfig(
        name,
        {
          functionName: this.function.name,
          maximumRetryAttempts: 2,
          destinationConfig: { onFailure: { destination: args.failures.topicArn } },
        },
        inside,
      );
    }
    this.registerOutputs();
  }
}

function ofEveryFunction(logGroupArn: pulumi.Output<string>, { vpc, failures }: LambdaFunctionArgs): Statement[] {
  return [
    {
      Sid: "WriteLog",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: pulumi.interpolate`${logGroupArn}:*`,
    },
    // AWS knows no narrower resource for traces.
    { Sid: "Trace", Effect: "Allow", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: "*" },
    ...(vpc ? [standInNetwork] : []),
    ...(failures
      ? ([
          { Sid: "TellFailure", Effect: "Allow", Action: "sns:Publish", Resource: failures.topicArn },
          {
            Sid: "SealNotification",
            Effect: "Allow",
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: failures.keyArn,
          },
        ] satisfies Statement[])
      : []),
  ];
}

/** Lambda makes and removes the network interface with the role of the function; AWS knows no narrower resource. */
const standInNetwork: Statement = {
  Sid: "StandInNetwork",
  Effect: "Allow",
  Action: [
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
  ],
  Resource: "*",
};
