// Functions that look after data and secrets (docs/FUNCTIONS.md): events and Secrets Manager start them.
import { type RestoreTestingPlan } from "@pulumi/aws/backup/index.js";
import { type User } from "@pulumi/aws/elasticache/index.js";
import * as pulumi from "@pulumi/pulumi";
import { Alarms } from "../../components/alarms.ts";
import { FunctionTrigger } from "../../components/function-trigger.ts";
import { type KmsKeys } from "../../components/kms-keys.ts";
import { LambdaFunction } from "../../components/lambda-function.ts";
import { type Network } from "../../components/network.ts";
import { SecretRotations } from "../../components/secret-rotations.ts";
import { catalogue } from "../../lib/catalogue.ts";
import { physicalName } from "../../lib/naming.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { type Settings } from "./settings.ts";
import { type makeWatch } from "./watch.ts";

export interface FunctionSurroundings {
  stack: StackName;
  network: Network;
  /** Of the function that tries new passwords. */
  securityGroupId: pulumi.Input<string>;
  keys: KmsKeys["arns"];
  /** ARNs by the setting that a secret holds. */
  secrets: Record<string, pulumi.Output<string>>;
  cacheUser: User;
  /** Where a restored database has to lie; undefined where there is no database of ours. */
  isolatedSubnetGroup: pulumi.Output<string> | undefined;
  restorePlan: RestoreTestingPlan;
  watch: ReturnType<typeof makeWatch>;
}

/** Secrets that have no rotation of AWS's own (docs/KEYS.md). */
const rotated = {
  INTERNAL_SIGNING_KEYS: "signing-keys",
  JWT_PRIVATE_KEY: "token-keys",
  REDIS_URL: "cache-password",
} as const;

type Shared = Pick<
  ConstructorParameters<typeof LambdaFunction>[1],
  "logsKeyArn" | "logRetentionDays" | "failures" | "name"
>;

/** Brings them up, each with its alarm. */
export function makeFunctions(
  settings: Settings,
  around: FunctionSurroundings,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { stack, keys, watch } = around;
  const made: string[] = [];
  const shared = (name: string): Shared => {
    made.push(name);
    return {
      name: physicalName(stack, name),
      logsKeyArn: keys.logs,
      logRetentionDays: settings.logRetentionDays,
      failures: { topicArn: watch.notifications.warning, keyArn: watch.notificationsKeyArn },
    };
  };
  verifyRestores(around, shared("restore-verification"), opts);
  if (settings.secretRotationDays > 0) {
    rotateSecrets(settings, around, shared("rotation"), opts);
    redeployReaders(settings, around, shared("redeploy"), opts);
  }
  new Alarms(
    "function-alarms",
    {
      stack,
      topics: watch.notifications,
      things: { function: made.map((name) => ({ name, dimensions: { FunctionName: physicalName(stack, name) } })) },
    },
    opts,
  );
}

function verifyRestores(
  { isolatedSubnetGroup, restorePlan }: FunctionSurroundings,
  shared: Shared,
  opts: pulumi.ComponentResourceOptions,
): void {
  const made = new LambdaFunction(
    "restore-verification",
    {
      ...shared,
      code: "restore-verification",
      description: "Says whether a restored backup is good",
      timeoutSeconds: 60,
      environment: { ISOLATED_SUBNET_GROUP: isolatedSubnetGroup ?? "none" },
      statements: [
        {
          Sid: "LookAtRestored",
          Effect: "Allow",
          // DocumentDB's interface is that of RDS.
          Action: ["rds:DescribeDBClusters", "elasticfilesystem:DescribeFileSystems"],
          Resource: "*",
        },
        // AWS knows no resource for the verdict.
        { Sid: "SayVerdict", Effect: "Allow", Action: "backup:PutRestoreValidationResult", Resource: "*" },
      ],
    },
    opts,
  );
  new FunctionTrigger(
    "restore-verification",
    {
      name: shared.name,
      description: "A restore test came to its end",
      pattern: {
        source: ["aws.backup"],
        "detail-type": ["Restore Job State Change"],
        detail: { status: ["COMPLETED"], restoreTestingPlanArn: [restorePlan.arn] },
      },
      function: made.function,
    },
    opts,
  );
}

function rotateSecrets(
  { account, region, secretRotationDays }: Settings,
  { network, securityGroupId, keys, secrets, cacheUser }: FunctionSurroundings,
  { name, logsKeyArn, logRetentionDays }: Shared,
  opts: pulumi.ComponentResourceOptions,
): void {
  new SecretRotations(
    "rotation",
    {
      ...{ name, account, region, logsKeyArn, logRetentionDays, everyDays: secretRotationDays },
      secrets: Object.fromEntries(
        Object.entries(rotated).map(([key, kind]) => [key, { arn: secrets[key] ?? "", kind }]),
      ),
      secretsKeyArn: keys.secrets,
      cacheUser: { id: cacheUser.userId, arn: cacheUser.arn },
      // The cache is reached from inside alone.
      vpc: { subnetIds: network.subnets.private.map(({ id }) => id), securityGroupId },
    },
    opts,
  );
}

function redeployReaders(
  { account, region }: Settings,
  { stack, secrets }: FunctionSurroundings,
  shared: Shared,
  opts: pulumi.ComponentResourceOptions,
): void {
  const keys = Object.keys(rotated);
  const arns = pulumi.all(keys.map((key) => secrets[key] ?? ""));
  const readersOf = (key: string) =>
    catalogue.filter(({ secrets: read }) => read.includes(key)).map((service) => service.name);
  const cluster = physicalName(stack, "graph");
  const services = arns.apply((known) =>
    Object.fromEntries(known.map((arn, index) => [arn, readersOf(keys[index] ?? "")])),
  );
  const made = new LambdaFunction(
    "redeploy",
    {
      ...shared,
      code: "redeploy",
      description: "Services read their secrets anew",
      timeoutSeconds: 60,
      environment: { READERS: pulumi.jsonStringify({ cluster, services }) },
      statements: [
        {
          Sid: "StartAnew",
          Effect: "Allow",
          Action: ["ecs:DescribeServices", "ecs:UpdateService"],
          Resource: `arn:aws:ecs:${region}:${account}:service/${cluster}/*`,
        },
      ],
    },
    opts,
  );
  new FunctionTrigger(
    "redeploy",
    {
      name: shared.name,
      description: "A secret has a new value",
      pattern: {
        source: ["aws.secretsmanager"],
        "detail-type": ["AWS Service Event via CloudTrail"],
        detail: { eventName: ["RotationSucceeded"], additionalEventData: { SecretId: arns } },
      },
      function: made.function,
    },
    opts,
  );
}
