import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { EcsCluster } from "./ecs-cluster.ts";

const made = async () => {
  const recorded = await mockEngine();
  new EcsCluster("cluster", { name: "graph", logsKeyArn: "arn:key", logRetentionDays: 30 });
  return recorded;
};

describe("EcsCluster", () => {
  it("measures each task, and runs them on Fargate with and without Spot", async () => {
    const recorded = await made();
    const { inputs } = await recorded.only("ecs.Cluster");
    expect(inputs["settings"]).toEqual([{ name: "containerInsights", value: "enhanced" }]);
    const capacity = await recorded.only("ecs.ClusterCapacityProviders");
    expect(capacity.inputs["capacityProviders"]).toEqual(["FARGATE", "FARGATE_SPOT"]);
  });

  it("writes down commands that people run in tasks, encrypted", async () => {
    const recorded = await made();
    const logs = await recorded.only("cloudwatch.LogGroup");
    expect(logs.inputs).toMatchObject({ name: "/ecs/graph/commands", retentionInDays: 30, kmsKeyId: "arn:key" });
    const { inputs } = await recorded.only("ecs.Cluster");
    expect(inputs["configuration"]).toMatchObject({
      executeCommandConfiguration: {
        logging: "OVERRIDE",
        logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: "/ecs/graph/commands" },
      },
    });
  });

  it("gives services a namespace in which they find each other", async () => {
    const recorded = await made();
    const namespace = await recorded.only("servicediscovery.HttpNamespace");
    const { inputs } = await recorded.only("ecs.Cluster");
    expect(inputs["serviceConnectDefaults"]).toEqual({
      namespace: `arn:aws:servicediscovery:us-east-1:111111111111:${namespace.name}`,
    });
  });
});
