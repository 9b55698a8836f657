import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { GraphqlServiceAlarm } from "./graphql-service-alarm.ts";
import { GraphqlService, type GraphqlServiceArgs } from "./graphql-service.ts";

const rolling = { strategy: "ROLLING", bakeMinutes: 0, approval: false, alarmNames: [] } as const;
const canary = { strategy: "CANARY", bakeMinutes: 15, approval: true, alarmNames: ["release-errors"] } as const;
const route = {
  targetGroupArn: "arn:blue",
  alternateTargetGroupArn: "arn:green",
  productionRuleArn: "arn:production",
  testRuleArn: "arn:test",
  trafficRoleArn: "arn:role",
};
const made = async (changed: Partial<Omit<GraphqlServiceArgs, "deployment">> & { deployment?: object } = {}) => {
  const recorded = await mockEngine();
  new GraphqlService("gateway", {
    name: "gateway",
    clusterArn: "arn:cluster",
    namespaceArn: "arn:namespace",
    taskDefinitionArn: "arn:task:1",
    subnetIds: ["subnet-1"],
    securityGroupId: "sg-gateway",
    port: 4000,
    isCalledInside: false,
    tasks: 2,
    onDemandTasks: 2,
    spotPercent: 50,
    ...changed,
    deployment: {
      ...canary,
      ...changed.deployment,
      alarmNames: changed.deployment === rolling ? [] : ["release-errors"],
    },
  });
  return (await recorded.only("ecs.Service")).inputs;
};

describe("GraphqlService", () => {
  it("has no public address, and opens no shell", async () => {
    expect(await made()).toMatchObject({
      networkConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-gateway"], assignPublicIp: false },
      enableExecuteCommand: false,
      desiredCount: 2,
    });
  });

  it("tries a canary, bakes it, waits for a person, and goes back on an alarm", async () => {
    const inputs = await made({ route });
    expect(inputs["deploymentConfiguration"]).toEqual({
      strategy: "CANARY",
      bakeTimeInMinutes: "15",
      canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: "5" },
      lifecycleHooks: [
        {
          targetType: "PAUSE",
          lifecycleStages: ["POST_TEST_TRAFFIC_SHIFT"],
          timeoutConfiguration: { action: "ROLLBACK", timeoutInMinutes: "1440" },
        },
      ],
    });
    expect(inputs["alarms"]).toEqual({ alarmNames: ["release-errors"], enable: true, rollback: true });
    expect(inputs).not.toHaveProperty("deploymentCircuitBreaker");
    expect(inputs["loadBalancers"]).toEqual([
      {
        containerName: "gateway",
        containerPort: 4000,
        targetGroupArn: "arn:blue",
        advancedConfiguration: {
          alternateTargetGroupArn: "arn:green",
          productionListenerRule: "arn:production",
          testListenerRule: "arn:test",
          roleArn: "arn:role",
        },
      },
    ]);
  });

  it("bakes blue and green for as long as it was told, and the program is told when that failed", async () => {
    const inputs = await made({ deployment: { strategy: "BLUE_GREEN", bakeMinutes: 5, approval: false } });
    expect(inputs["deploymentConfiguration"]).toEqual({ strategy: "BLUE_GREEN", bakeTimeInMinutes: "5" });
    expect(inputs).toMatchObject({ waitForSteadyState: true, sigintRollback: true });
  });

  it("has a new version checked before visitors reach it, beside the person who says yes", async () => {
    const hook = { functionArn: "arn:hook", roleArn: "arn:hook-role" };
    const hooksOf = async (deployment: object) => {
      const { deploymentConfiguration } = await made({ deployment });
      return (deploymentConfiguration as { lifecycleHooks?: { targetType: string }[] }).lifecycleHooks;
    };
    const asked = {
      targetType: "AWS_LAMBDA",
      lifecycleStages: ["POST_TEST_TRAFFIC_SHIFT"],
      hookTargetArn: "arn:hook",
      roleArn: "arn:hook-role",
    };
    expect(await hooksOf({ strategy: "BLUE_GREEN", bakeMinutes: 5, approval: false, hook })).toEqual([asked]);
    expect(await hooksOf({ hook })).toMatchObject([asked, { targetType: "PAUSE" }]);
    // A rolling deployment has no moment in which only tests reach the new version.
    expect(await hooksOf({ strategy: "ROLLING", hook })).toBeUndefined();
  });

  it("keeps nobody waiting for a person", async () => {
    expect(await made()).not.toHaveProperty("waitForSteadyState");
  });

  it("breaks off a rolling deployment whose tasks do not start", async () => {
    const inputs = await made({ route, deployment: rolling });
    expect(inputs["deploymentConfiguration"]).toEqual({ strategy: "ROLLING" });
    expect(inputs["deploymentCircuitBreaker"]).toEqual({ enable: true, rollback: true });
    expect(inputs).not.toHaveProperty("alarms");
    expect(inputs["loadBalancers"]).toEqual([
      { containerName: "gateway", containerPort: 4000, targetGroupArn: "arn:blue" },
    ]);
  });

  it.each([
    ["all on Spot", 0, 100, [{ capacityProvider: "FARGATE_SPOT", weight: 100 }]],
    ["none on Spot", 1, 0, [{ capacityProvider: "FARGATE", base: 1, weight: 100 }]],
    [
      "a base on demand, the rest on Spot",
      2,
      100,
      [
        { capacityProvider: "FARGATE", base: 2, weight: 0 },
        { capacityProvider: "FARGATE_SPOT", weight: 100 },
      ],
    ],
  ])("runs tasks %s", async (_, onDemandTasks, spotPercent, expected) => {
    expect((await made({ onDemandTasks, spotPercent }))["capacityProviderStrategies"]).toEqual(expected);
  });

  it("is found by its name where others call it, and only calls where nobody does", async () => {
    const called = (await made({ isCalledInside: true }))["serviceConnectConfiguration"] as { services: object[] };
    expect(called.services).toMatchObject([{ portName: "gateway", clientAlias: [{ dnsName: "gateway", port: 4000 }] }]);
    const calling = (await made())["serviceConnectConfiguration"];
    expect(calling).toEqual({ enabled: true, namespace: "arn:namespace", services: [] });
  });
});

describe("GraphqlServiceAlarm", () => {
  it("adds errors of both target groups, as either may be live", async () => {
    const recorded = await mockEngine();
    new GraphqlServiceAlarm("release-errors", {
      name: "release-errors",
      loadBalancer: "app/alb/1",
      targetGroups: ["targetgroup/blue/1", "targetgroup/green/1"],
      mostErrors: 10,
      topics: ["arn:topic"],
    });
    const { inputs } = await recorded.only("cloudwatch.MetricAlarm");
    expect(inputs).toMatchObject({ threshold: 10, evaluationPeriods: 2, treatMissingData: "notBreaching" });
    expect(inputs["alarmActions"]).toEqual(["arn:topic"]);
    const queries = inputs["metricQueries"] as { expression?: string; metric?: { dimensions: object } }[];
    expect(queries.flatMap(({ metric }) => metric?.dimensions ?? [])).toEqual([
      { LoadBalancer: "app/alb/1", TargetGroup: "targetgroup/blue/1" },
      { LoadBalancer: "app/alb/1", TargetGroup: "targetgroup/green/1" },
    ]);
    expect(queries.at(-1)?.expression).toBe("FILL(m0, 0) + FILL(m1, 0)");
  });
});
