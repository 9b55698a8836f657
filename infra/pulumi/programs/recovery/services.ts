// Every service of the catalogue, as `application` runs it, told of this region's stores. None has a task until a failover.
import type * as ecs from "@pulumi/aws/ecs/index.js";
import { type Provider } from "@pulumi/aws/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { type EcsCluster } from "../../components/ecs-cluster.ts";
import { GraphqlService } from "../../components/graphql-service.ts";
import { type PrivateAlb } from "../../components/private-alb.ts";
import { type RecoveryDatabase } from "../../components/recovery-database.ts";
import { ServiceScaling } from "../../components/service-scaling.ts";
import { type SharedFiles } from "../../components/shared-files.ts";
import { Task } from "../../components/task.ts";
import { catalogue, type Deployable, sizeFor } from "../../lib/catalogue.ts";
import { secretsOf } from "../../lib/foundation-outputs.ts";
import { physicalName } from "../../lib/naming.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { environmentOf, SHUTDOWN_SECONDS, SPOOL_FOLDER, type Surroundings } from "../../lib/task-environment.ts";
import { givenSecrets } from "../application/given-secrets.ts";
import { routeOf } from "../application/route.ts";
import { rightsOf } from "../application/task-rights.ts";
import { type Ready } from "./ready.ts";
import { type Settings } from "./settings.ts";

export interface Around {
  stack: StackName;
  given: Settings;
  /** First part of names at AWS. */
  name: string;
  provider: Provider;
  ready: pulumi.Output<Ready>;
  cluster: EcsCluster;
  alb: PrivateAlb;
  database: RecoveryDatabase;
  files: SharedFiles;
  logsKeyArn: pulumi.Output<string>;
  redisUrlArn: pulumi.Input<string>;
  vpcId: pulumi.Output<string>;
  privateSubnetIds: pulumi.Output<string>[];
  groupIds: Record<"gateway" | "subgraphs", pulumi.Output<string>>;
}

export interface Waiting {
  service: ecs.Service;
  task: Task;
}

/** By name of the catalogue. */
export const makeServices = (around: Around): Record<string, Waiting> =>
  Object.fromEntries(catalogue.map((service) => [service.name, waiting(service, around)]));

function waiting(service: Deployable, around: Around): Waiting {
  const { given, cluster, alb, provider } = around;
  const task = taskOf(service, around);
  // Names of target groups are short, and each region's own.
  const prefix = physicalName(around.stack, "").slice(0, -1);
  const route = routeOf(service, { prefix, vpcId: around.vpcId, alb, provider });
  const { service: made } = new GraphqlService(
    service.name,
    {
      name: service.name,
      clusterArn: cluster.cluster.arn,
      namespaceArn: cluster.namespace.arn,
      taskDefinitionArn: task.definition.arn,
      subnetIds: around.privateSubnetIds,
      securityGroupId: around.groupIds[service.isPublic ? "gateway" : "subgraphs"],
      port: service.port,
      isCalledInside: !service.isPublic,
      ...(route
        ? {
            route: {
              targetGroupArn: route.blue.arn,
              alternateTargetGroupArn: route.green.arn,
              productionRuleArn: route.production.arn,
              testRuleArn: route.test.arn,
              trafficRoleArn: alb.trafficRole.arn,
            },
          }
        : {}),
      tasks: given.tasks,
      // In a disaster everybody wants Spot.
      onDemandTasks: 0,
      spotPercent: 0,
      // Nothing runs that a new version could be compared with.
      deployment: { strategy: "ROLLING", bakeMinutes: 0, approval: false, alarmNames: [] },
    },
    { provider, dependsOn: [cluster, ...(route ? [route] : [])] },
  );
  new ServiceScaling(
    service.name,
    {
      cluster: cluster.cluster.name,
      service: made.name,
      least: given.tasks,
      most: given.mostTasks,
      // There is no load of days before to learn from.
      predictive: false,
      // Down to nothing again while visitors are few would be a second outage.
      outOnly: true,
    },
    { provider },
  );
  return { service: made, task };
}

function taskOf(service: Deployable, around: Around): Task {
  const { given, ready, database, files, provider } = around;
  const { fileSystem, accessPoint } = files;
  const here = pulumi.all([ready, database.cluster.endpoint, around.redisUrlArn]);
  const size = sizeFor(service, { cpu: given.taskCpu, memory: given.taskMemory });
  return new Task(
    service.name,
    {
      place: {
        prefix: around.name,
        account: given.account,
        region: given.region,
        image: ready.image,
        repositoryArn: ready.repositoryArn,
        logsKeyArn: around.logsKeyArn,
        logRetentionDays: given.logRetentionDays,
        secretsKeyArn: ready.keyArn,
      },
      command: service.command,
      size,
      environment: here.apply(([{ surroundings, fieldsKeyArn }, host]) =>
        environmentOf(service, {
          ...tracedHere(surroundings),
          // What lies in a region is this one's.
          region: given.region,
          fieldsKeyArn,
          database: { ...surroundings.database, host },
        }),
      ),
      secrets: here.apply(([{ secrets, surroundings }, , redisUrlArn]) =>
        secretsOf(
          { name: service.name, env: service.secrets },
          { ...givenSecrets(secrets, tracedHere(surroundings)), REDIS_URL: redisUrlArn },
        ),
      ),
      listens: { port: service.port, healthPath: service.probes.health, operatorPort: service.operatorPort },
      stopSeconds: SHUTDOWN_SECONDS + 10,
      statements: rightsOf(service, {
        fieldsKeyArn: ready.fieldsKeyArn,
        distributionArn: ready.apply(
          ({ surroundings }) => `arn:aws:cloudfront::${given.account}:distribution/${surroundings.distributionId}`,
        ),
        files: pulumi.output({
          fileSystemId: fileSystem.id,
          fileSystemArn: fileSystem.arn,
          accessPointId: accessPoint.id,
          accessPointArn: accessPoint.arn,
        }),
      }),
      ...(service.settings.includes("AUDIT_SPOOL_DIR")
        ? { files: { fileSystemId: fileSystem.id, accessPointId: accessPoint.id, folder: SPOOL_FOLDER } }
        : {}),
    },
    { provider },
  );
}

/**
 * Without the collector: its image comes from a registry of AWS that a lost region may take along, and ECS starts no task
 * before it has all images. Who sends traces without one goes on.
 */
const tracedHere = (told: Surroundings): Surroundings => (told.traces === "xray" ? { ...told, traces: "off" } : told);
