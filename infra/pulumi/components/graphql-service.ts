import * as ecs from "@pulumi/aws/ecs/index.js";
import * as pulumi from "@pulumi/pulumi";
import { TEST_HEADER, TEST_VALUE } from "./private-alb-route.ts";

export type DeploymentStrategy = "ROLLING" | "BLUE_GREEN" | "CANARY";

export interface Deployment {
  strategy: DeploymentStrategy;
  /** Minutes in which both versions live and going back takes seconds. */
  bakeMinutes: number;
  /** Whether a person must say yes before visitors reach the new version. */
  approval: boolean;
  /** What asks the new version before visitors reach it; both it and the person have to say yes. */
  hook?: { functionArn: pulumi.Input<string>; roleArn: pulumi.Input<string> };
  /** Alarms that take a deployment back. */
  alarmNames: pulumi.Input<string>[];
}

/** Way from the load balancer. */
export interface ServiceRoute {
  targetGroupArn: pulumi.Input<string>;
  alternateTargetGroupArn: pulumi.Input<string>;
  productionRuleArn: pulumi.Input<string>;
  testRuleArn: pulumi.Input<string>;
  trafficRoleArn: pulumi.Input<string>;
}

export interface GraphqlServiceArgs {
  /** Name at AWS. */
  name: string;
  clusterArn: pulumi.Input<string>;
  namespaceArn: pulumi.Input<string>;
  taskDefinitionArn: pulumi.Input<string>;
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  securityGroupId: pulumi.Input<string>;
  port: number;
  /** Whether other services call it by its name. */
  isCalledInside: boolean;
  route?: ServiceRoute;
  /** Tasks at the start; scaling decides from then on. */
  tasks: number;
  /** Tasks that AWS never takes back; the rest is shared between Spot and on demand. */
  onDemandTasks: number;
  /** Of the rest, percent on Spot. */
  spotPercent: number;
  deployment: Deployment;
}

/** Share of visitors who try the new version of a canary, and for how many minutes. */
const canary = { canaryPercent: 10, canaryBakeTimeInMinutes: "5" };

/** A program of the graph as an ECS service: private, found by name, replaced without a gap. */
export class GraphqlService extends pulumi.ComponentResource {
  readonly service: ecs.Service;

  constructor(name: string, args: GraphqlServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:GraphqlService", name, {}, opts);
    const { deployment, route } = args;
    const isRolling = deployment.strategy === "ROLLING";
    this.service = new ecs.Service(
      name,
      {
        name: args.name,
        cluster: args.clusterArn,
        taskDefinition: args.taskDefinitionArn,
        desiredCount: args.tasks,
        capacityProviderStrategies: capacity(args.onDemandTasks, args.spotPercent),
        platformVersion: "LATEST",
        networkConfiguration: {
          subnets: args.subnetIds,
          securityGroups: [args.securityGroupId],
          assignPublicIp: false,
        },
        availabilityZoneRebalancing: "ENABLED",
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentConfiguration: deploymentOf(deployment),
        // Other strategies fail on their own, and by alarms.
        ...(isRolling ? { deploymentCircuitBreaker: { enable: true, rollback: true } } : {}),
        ...(deployment.alarmNames.length > 0
          ? { alarms: { alarmNames: deployment.alarmNames, enable: true, rollback: true } }
          : {}),
        ...(route
          ? {
              loadBalancers: [loadBalancer(name, args.port, route, isRolling)],
              healthCheckGracePeriodSeconds: 90,
            }
          : {}),
        serviceConnectConfiguration: {
          enabled: true,
          namespace: args.namespaceArn,
          services: args.isCalledInside ? [calledAs(name, args.port, isRolling)] : [],
        },
        // A shell in a task would be a way around everything else.
        enableExecuteCommand: false,
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        // Who calls others is released after them. Nobody waits for a person: `up` ends, and the deployment goes on or back.
        ...(isRolling || deployment.approval ? {} : { sigintRollback: true, waitForSteadyState: true }),
      },
      {
        parent: this,
        // Scaling owns the number of tasks.
        ignoreChanges: ["desiredCount"],
        // Deployments that bake take longer than the default of 20 minutes.
        customTimeouts: { create: "60m", update: "90m", delete: "30m" },
      },
    );
    this.registerOutputs();
  }
}

/** A base of tasks on demand, the rest by weights. */
function capacity(onDemandTasks: number, spotPercent: number) {
  const onDemand = { capacityProvider: "FARGATE", base: onDemandTasks, weight: 100 - spotPercent };
  const spot = { capacityProvider: "FARGATE_SPOT", weight: spotPercent };
  // AWS refuses a strategy in which nothing has weight, and one that names what is never used helps nobody.
  if (spotPercent === 0) return [onDemand];
  return onDemandTasks === 0 && spotPercent === 100 ? [spot] : [onDemand, spot];
}

function deploymentOf({ strategy, bakeMinutes, approval, hook }: Deployment) {
  if (strategy === "ROLLING") return { strategy };
  const lifecycleHooks = [...(hook ? [askedBy(hook)] : []), ...(approval ? [pause] : [])];
  return {
    strategy,
    bakeTimeInMinutes: String(bakeMinutes),
    ...(strategy === "CANARY" ? { canaryConfiguration: canary } : {}),
    ...(lifecycleHooks.length > 0 ? { lifecycleHooks } : {}),
  };
}

const TESTABLE = ["POST_TEST_TRAFFIC_SHIFT"];

const askedBy = ({ functionArn, roleArn }: NonNullable<Deployment["hook"]>) => ({
  targetType: "AWS_LAMBDA",
  lifecycleStages: TESTABLE,
  hookTargetArn: functionArn,
  roleArn,
});

/** The new version runs and answers test requests; a day without an answer means no. */
const pause = {
  targetType: "PAUSE",
  lifecycleStages: TESTABLE,
  timeoutConfiguration: { action: "ROLLBACK", timeoutInMinutes: "1440" },
};

const loadBalancer = (container: string, port: number, route: ServiceRoute, isRolling: boolean) => ({
  containerName: container,
  containerPort: port,
  targetGroupArn: route.targetGroupArn,
  ...(isRolling
    ? {}
    : {
        advancedConfiguration: {
          alternateTargetGroupArn: route.alternateTargetGroupArn,
          productionListenerRule: route.productionRuleArn,
          testListenerRule: route.testRuleArn,
          roleArn: route.trafficRoleArn,
        },
      }),
});

const calledAs = (name: string, port: number, isRolling: boolean) => ({
  portName: name,
  discoveryName: name,
  clientAlias: [
    {
      dnsName: name,
      port,
      ...(isRolling ? {} : { testTrafficRules: [{ header: { name: TEST_HEADER, value: { exact: TEST_VALUE } } }] }),
    },
  ],
  // The gateway has a patience of its own, and says what is wrong.
  timeout: { idleTimeoutSeconds: 60, perRequestTimeoutSeconds: 30 },
});
