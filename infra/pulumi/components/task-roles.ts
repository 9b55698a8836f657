import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../lib/policy-document.ts";

export interface TaskRolesArgs {
  /** Name at AWS; the roles are `<name>-start` and `<name>-task`. */
  name: string;
  account: string;
  region: string;
  repositoryArn: pulumi.Input<string>;
  logGroupArn: pulumi.Input<string>;
  /** Secrets the task is given, and the key they are sealed with. */
  secretArns: pulumi.Input<string[]>;
  secretsKeyArn: pulumi.Input<string>;
  /** What the program itself may do at AWS. */
  statements: Statement[];
}

/** ARN of the role with which a program calls AWS; `name` as in {@link TaskRolesArgs}. */
export const taskRoleArn = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}-task`;

/** The two roles of a task: one with which ECS starts it, one with which its program calls AWS. */
export class TaskRoles extends pulumi.ComponentResource {
  readonly start: iam.Role;
  readonly task: iam.Role;

  constructor(name: string, args: TaskRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:TaskRoles", name, {}, opts);
    const inside = { parent: this };
    const role = (purpose: string, description: string) =>
      new iam.Role(
        `${name}-${purpose}`,
        { name: `${args.name}-${purpose}`, description, assumeRolePolicy: trustTasks(args.account, args.region) },
        inside,
      );
    this.start = role("start", `ECS starts tasks of ${args.name}`);
    this.task = role("task", `Programs of ${args.name}`);
    new iam.RolePolicy(`${name}-start`, { role: this.start.name, policy: startPolicy(args) }, inside);
    if (args.statements.length > 0) {
      new iam.RolePolicy(`${name}-task`, { role: this.task.name, policy: policyDocument(...args.statements) }, inside);
    }
    this.registerOutputs();
  }
}

/** Tasks of this account alone: against a confused deputy. */
const trustTasks = (account: string, region: string) =>
  policyDocument({
    Effect: "Allow",
    Principal: { Service: "ecs-tasks.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:aws:ecs:${region}:${account}:*` },
    },
  });

/**
 * Where GuardDuty watches tasks (settings `thoroughSecurity`) it puts a container of its own beside ours, with an image from
 * AWS's registry that ECS fetches by this role. The account that holds it is another one in each region (GuardDuty User Guide,
 * "ECR repository for GuardDuty agent on Fargate").
 */
const watcherImages = (region: string) => `arn:aws:ecr:${region}:*:repository/aws-guardduty-agent-fargate`;

/** AWS's own policy for this would open every image and log group of the account. */
const startPolicy = (args: TaskRolesArgs): pulumi.Output<string> =>
  pulumi.output(args.secretArns).apply((secretArns) =>
    policyDocument(
      // A login token is for the whole registry: AWS knows no narrower resource.
      { Sid: "LogIn", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Sid: "FetchImage",
        Effect: "Allow",
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
        Resource: [args.repositoryArn, watcherImages(args.region)],
      },
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${args.logGroupArn}:*`,
      },
      ...(secretArns.length === 0 ? [] : openSecrets(secretArns, args)),
    ),
  );

const openSecrets = (secretArns: string[], { region, secretsKeyArn }: TaskRolesArgs): Statement[] => [
  { Sid: "ReadSecrets", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArns },
  {
    Sid: "OpenSecrets",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: secretsKeyArn,
    Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
  },
];
