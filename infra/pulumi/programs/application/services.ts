// The services of the graph as lib/catalogue.ts has them, and the task that migrates their databases before a release.
import * as pulumi from "@pulumi/pulumi";
import { type DeploymentHook } from "../../components/deployment-hook.ts";
import { collectorMemory } from "../../components/collector-container.ts";
import { GraphqlServiceAlarm } from "../../components/graphql-service-alarm.ts";
import { GraphqlService, type ServiceRoute } from "../../components/graphql-service.ts";
import { type PrivateAlbRoute } from "../../components/private-alb-route.ts";
import { type PrivateAlb } from "../../components/private-alb.ts";
import { ServiceScaling } from "../../components/service-scaling.ts";
import { Task } from "../../components/task.ts";
import { type ApplicationOutputs } from "../../lib/application-outputs.ts";
import { catalogue, type Deployable, sizeFor } from "../../lib/catalogue.ts";
import { secretsOf } from "../../lib/foundation-outputs.ts";
import { environmentOf, SHUTDOWN_SECONDS, SPOOL_FOLDER } from "../../lib/task-environment.ts";
import { traceTarget } from "../../lib/telemetry-environment.ts";
import { type Around } from "./around.ts";
import { deploymentHook } from "./functions.ts";
import { databaseUsersTask } from "./database-users.ts";
import { givenSecrets } from "./given-secrets.ts";
import { migrateTask } from "./migrate.ts";
import { routeOf } from "./route.ts";
import { surroundingsOf } from "./surroundings.ts";
import { rightsOf } from "./task-rights.ts";

type Made = { [Part in "services" | "databaseUsers" | "migrate"]: pulumi.Input<ApplicationOutputs[Part]> };

const noJobs = { databaseUsers: undefined, migrate: undefined };

/**
 * Brings up everything that runs; nothing before there is an image. Service Connect tells a task of the names there were
 * when it was deployed: after the very first `up`, orders and users call each other from their next deployment on
 * (`aws ecs update-service --force-new-deployment`).
 */
export function makeServices(around: Around): Made {
  const { imageDigest, migrateDigest } = around.given;
  const hasImage = imageDigest !== "" || migrateDigest !== "";
  const jobs = hasImage ? { databaseUsers: databaseUsersTask(around), migrate: migrateTask(around) } : noJobs;
  if (imageDigest === "") return { services: {}, ...jobs };
  const { alb, foundation, place, provider } = around;
  const way = { prefix: place.prefix, vpcId: foundation.network.vpcId, alb, provider };
  const routes = new Map(
    catalogue.flatMap((service) => {
      const route = routeOf(service, way);
      return route ? [[service.name, route] as const] : [];
    }),
  );
  const alarm = releaseAlarm(routes, around);
  const hook = deploymentHook(around);
  const made: GraphqlService[] = [];
  const outputs = catalogue.map((service) => {
    const task = taskOf(service, around);
    const route = routes.get(service.name);
    const released = serviceOf(service, task, route, { alarm, hook }, around, made);
    made.push(released);
    return [service.name, outputsOf(released, task, route)] as const;
  });
  return { services: pulumi.output(Object.fromEntries(outputs)), ...jobs };
}

/** Errors at the door take back whatever is being released. */
function releaseAlarm(routes: Map<string, PrivateAlbRoute>, { alb, given, foundation, place, provider }: Around) {
  return new GraphqlServiceAlarm(
    "release-errors",
    {
      name: `${place.prefix}-release-errors`,
      loadBalancer: alb.loadBalancer.arnSuffix,
      targetGroups: [...routes.values()].flatMap(({ blue, green }) => [blue.arnSuffix, green.arnSuffix]),
      mostErrors: given.rollbackErrors,
      topics: [foundation.notifications.warning],
    },
    { provider },
  );
}

function taskOf(service: Deployable, around: Around): Task {
  const { given, foundation, distribution, place, provider } = around;
  const { files, keys, secrets } = foundation;
  const { settings } = service;
  const collectsTraces = traceTarget(given) === "xray";
  return new Task(
    service.name,
    {
      place,
      command: service.command,
      size: sizeFor(service, { cpu: given.taskCpu, memory: given.taskMemory }, collectsTraces ? collectorMemory : 0),
      environment: surroundingsOf(around).apply((told) => environmentOf(service, told)),
      secrets: secrets.apply((arns) =>
        secretsOf({ name: service.name, env: service.secrets }, givenSecrets(arns, given)),
      ),
      collectsTraces,
      listens: { port: service.port, healthPath: service.probes.health, operatorPort: service.operatorPort },
      stopSeconds: SHUTDOWN_SECONDS + 10,
      statements: rightsOf(service, { fieldsKeyArn: keys.fields, distributionArn: distribution.arn, files }),
      ...(settings.includes("AUDIT_SPOOL_DIR")
        ? { files: { fileSystemId: files.fileSystemId, accessPointId: files.accessPointId, folder: SPOOL_FOLDER } }
        : {}),
    },
    { provider },
  );
}

function serviceOf(
  service: Deployable,
  task: Task,
  route: PrivateAlbRoute | undefined,
  { alarm, hook }: { alarm: GraphqlServiceAlarm; hook: DeploymentHook | undefined },
  { given, foundation, cluster, alb, provider }: Around,
  made: GraphqlService[],
): GraphqlService {
  const isRolling = given.deploymentStrategy === "ROLLING";
  const released = new GraphqlService(
    service.name,
    {
      name: service.name,
      clusterArn: cluster.cluster.arn,
      namespaceArn: cluster.namespace.arn,
      taskDefinitionArn: task.definition.arn,
      subnetIds: foundation.network.privateSubnetIds,
      securityGroupId: foundation.securityGroups[service.isPublic ? "gateway" : "subgraphs"],
      port: service.port,
      isCalledInside: !service.isPublic,
      ...(route ? { route: wayOf(route, alb) } : {}),
      tasks: given.leastTasks,
      onDemandTasks: given.onDemandTasks,
      spotPercent: given.spotPercent,
      deployment: {
        strategy: given.deploymentStrategy,
        bakeMinutes: given.bakeMinutes,
        // One approval for a release, at its door: subgraphs have passed by then.
        approval: given.approveReleases && service.isPublic,
        alarmNames: isRolling ? [] : [alarm.alarm.name],
        ...(hook && service.isPublic ? { hook: { functionArn: hook.functionArn, roleArn: hook.roleArn } } : {}),
      },
    },
    { provider, dependsOn: [cluster, ...(route ? [route] : []), ...(service.isPublic ? made : [])] },
  );
  new ServiceScaling(
    service.name,
    {
      cluster: cluster.cluster.name,
      service: released.service.name,
      least: given.leastTasks,
      most: given.mostTasks,
      predictive: given.predictiveScaling,
    },
    { provider },
  );
  return released;
}

const wayOf = (route: PrivateAlbRoute, alb: PrivateAlb): ServiceRoute => ({
  targetGroupArn: route.blue.arn,
  alternateTargetGroupArn: route.green.arn,
  productionRuleArn: route.production.arn,
  testRuleArn: route.test.arn,
  trafficRoleArn: alb.trafficRole.arn,
});

const outputsOf = ({ service }: GraphqlService, task: Task, route: PrivateAlbRoute | undefined) => ({
  service: service.name,
  logGroup: task.logGroup.name,
  taskRoleArn: task.roles.task.arn,
  targetGroups: route ? [route.blue.arnSuffix, route.green.arnSuffix] : [],
});
