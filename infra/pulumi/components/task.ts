import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as ecs from "@pulumi/aws/ecs/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type TaskSize } from "../lib/catalogue.ts";
import { type Statement } from "../lib/policy-document.ts";
import { sendTraces } from "./collector-container.ts";
import { containerDefinitions, type Listens } from "./task-container.ts";
import { TaskRoles } from "./task-roles.ts";

/** What all tasks of a stack have in common. */
export interface TaskPlace {
  /** First part of names at AWS. */
  prefix: string;
  account: string;
  region: string;
  /** `repository@sha256:…` */
  image: pulumi.Input<string>;
  repositoryArn: pulumi.Input<string>;
  logsKeyArn: pulumi.Input<string>;
  logRetentionDays: number;
  secretsKeyArn: pulumi.Input<string>;
}

export interface TaskArgs {
  place: TaskPlace;
  /** Arguments after `node`. */
  command: string[];
  size: TaskSize;
  environment: pulumi.Input<Record<string, string>>;
  secrets: pulumi.Input<{ name: string; valueFrom: string }[]>;
  listens?: Listens;
  stopSeconds: number;
  /** What its program may do at AWS. */
  statements: Statement[];
  /** Whether a collector beside it takes its traces to X-Ray. */
  collectsTraces?: boolean;
  /** A folder of EFS. */
  files?: { fileSystemId: pulumi.Input<string>; accessPointId: pulumi.Input<string>; folder: string };
}

/** A program as a Fargate task on ARM64, with its logs and roles; it runs where a service or a person starts it. */
export class Task extends pulumi.ComponentResource {
  readonly logGroup: cloudwatch.LogGroup;
  readonly roles: TaskRoles;
  readonly definition: ecs.TaskDefinition;

  constructor(name: string, args: TaskArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Task", name, {}, opts);
    const inside = { parent: this };
    const { place, files, size } = args;
    const physical = `${place.prefix}-${name}`;
    this.logGroup = new cloudwatch.LogGroup(
      name,
      {
        name: `/ecs/${place.prefix}/${name}`,
        retentionInDays: place.logRetentionDays,
        kmsKeyId: place.logsKeyArn,
      },
      inside,
    );
    const secrets = pulumi.output(args.secrets);
    this.roles = new TaskRoles(
      name,
      {
        ...{ name: physical, account: place.account, region: place.region, repositoryArn: place.repositoryArn },
        logGroupArn: this.logGroup.arn,
        secretArns: secrets.apply((all) => [...new Set(all.map(({ valueFrom }) => valueFrom))].sort()),
        secretsKeyArn: place.secretsKeyArn,
        statements: [...args.statements, ...(args.collectsTraces ? [sendTraces] : [])],
      },
      inside,
    );
    const definitions = pulumi
      .all([place.image, args.environment, secrets, this.logGroup.name])
      .apply(([image, environment, given, logGroup]) =>
        containerDefinitions({
          ...{ name, image, environment, secrets: given, logGroup, region: place.region },
          ...(args.listens ? { listens: args.listens } : {}),
          ...{ command: args.command, stopSeconds: args.stopSeconds, filesFolder: files?.folder },
          collectsTraces: args.collectsTraces,
        }),
      );
    this.definition = new ecs.TaskDefinition(
      name,
      {
        family: physical,
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
        cpu: String(size.cpu),
        memory: String(size.memory),
        executionRoleArn: this.roles.start.arn,
        taskRoleArn: this.roles.task.arn,
        containerDefinitions: definitions,
        // Older revisions stay: a rollback goes back to one.
        skipDestroy: true,
        ...(files ? { volumes: [filesVolume(files)] } : {}),
      },
      inside,
    );
    this.registerOutputs();
  }
}

const filesVolume = ({ fileSystemId, accessPointId }: NonNullable<TaskArgs["files"]>) => ({
  name: "files",
  efsVolumeConfiguration: {
    fileSystemId,
    transitEncryption: "ENABLED",
    authorizationConfig: { accessPointId, iam: "ENABLED" },
  },
});
