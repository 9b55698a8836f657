import * as lambda from "@pulumi/aws/lambda/index.js";
import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type KindName } from "../functions/rotation/kind-name.ts";
import { type Statement } from "../lib/policy-document.ts";
import { LambdaFunction, type LambdaFunctionArgs } from "./lambda-function.ts";

export interface SecretRotationsArgs extends Pick<LambdaFunctionArgs, "logsKeyArn" | "logRetentionDays" | "vpc"> {
  /** Name of the function at AWS. */
  name: string;
  account: string;
  region: string;
  /** What is rotated, by name; how, by its kind. */
  secrets: Record<string, { arn: pulumi.Input<string>; kind: KindName }>;
  secretsKeyArn: pulumi.Input<string>;
  everyDays: number;
  /** The user whose password REDIS_URL has. */
  cacheUser: { id: pulumi.Input<string>; arn: pulumi.Input<string> };
}

/**
 * New values for secrets that AWS does not rotate by itself, by functions/rotation. The first one comes when the period is
 * over, not with `up`: secrets are empty until a person fills them.
 */
export class SecretRotations extends pulumi.ComponentResource {
  readonly function: lambda.Function;

  constructor(name: string, args: SecretRotationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:SecretRotations", name, {}, opts);
    const inside = { parent: this };
    const secrets = Object.values(args.secrets);
    const kinds = pulumi
      .all(secrets.map(({ arn }) => arn))
      .apply((arns) => Object.fromEntries(arns.map((arn, index) => [arn, secrets[index]?.kind])));
    const { logsKeyArn, logRetentionDays, vpc } = args;
    this.function = new LambdaFunction(
      name,
      {
        ...{ name: args.name, logsKeyArn, logRetentionDays, ...(vpc ? { vpc } : {}) },
        code: "rotation",
        description: "Makes new values for secrets",
        // Secrets Manager waits as long; ElastiCache takes up to a minute for a user.
        timeoutSeconds: 120,
        environment: { SECRET_KINDS: pulumi.jsonStringify(kinds), CACHE_USER_ID: args.cacheUser.id },
        statements: rights(args),
      },
      inside,
    ).function;
    const permission = new lambda.Permission(
      name,
      {
        action: "lambda:InvokeFunction",
        function: this.function.name,
        principal: "secretsmanager.amazonaws.com",
        sourceAccount: args.account,
      },
      inside,
    );
    for (const [key, { arn }] of Object.entries(args.secrets)) {
      new secretsmanager.SecretRotation(
        `${name}-${key}`,
        {
          secretId: arn,
          rotationLambdaArn: this.function.arn,
          rotateImmediately: false,
          rotationRules: { automaticallyAfterDays: args.everyDays },
        },
        { parent: this, dependsOn: [permission] },
      );
    }
    this.registerOutputs();
  }
}

function rights({ name, account, region, secrets, secretsKeyArn, cacheUser }: SecretRotationsArgs): Statement[] {
  return [
    {
      Sid: "RotateSecrets",
      Effect: "Allow",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      Resource: Object.values(secrets).map(({ arn }) => arn),
      // Only those that this very function rotates.
      Condition: {
        StringEquals: {
          "secretsmanager:resource/AllowRotationLambdaArn": `arn:aws:lambda:${region}:${account}:function:${name}`,
        },
      },
    },
    {
      Sid: "SealSecrets",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: secretsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    },
    { Sid: "ChangePassword", Effect: "Allow", Action: "elasticache:ModifyUser", Resource: cacheUser.arn },
  ];
}
