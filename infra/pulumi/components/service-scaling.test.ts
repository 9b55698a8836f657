import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { ServiceScaling } from "./service-scaling.ts";

const made = async (predictive: boolean) => {
  const recorded = await mockEngine();
  new ServiceScaling("gateway", { cluster: "graph", service: "gateway", least: 2, most: 10, predictive });
  return recorded;
};
const configurationOf = async (name: string) => {
  const found = (await (await made(true)).ofKind("appautoscaling.Policy")).find((policy) => policy.name === name);
  return found?.inputs["targetTrackingScalingPolicyConfiguration"];
};

describe("ServiceScaling", () => {
  it("has from 2 to 10 tasks", async () => {
    expect((await (await made(false)).only("appautoscaling.Target")).inputs).toMatchObject({
      resourceId: "service/graph/gateway",
      minCapacity: 2,
      maxCapacity: 10,
    });
  });

  it("holds processors at 70 %, a minute between steps up and five between steps down", async () => {
    expect(await configurationOf("gateway-cpu")).toEqual({
      predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
      targetValue: 70,
      scaleOutCooldown: 60,
      scaleInCooldown: 300,
    });
  });

  it("looks at memory as well", async () => {
    expect(await configurationOf("gateway-memory")).toMatchObject({
      predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageMemoryUtilization" },
      targetValue: 80,
    });
  });

  it("looks ahead only where it was told to", async () => {
    const namesOf = async (predictive: boolean) =>
      (await (await made(predictive)).ofKind("appautoscaling.Policy")).map(({ name }) => name).sort();
    expect(await namesOf(true)).toEqual(["gateway-cpu", "gateway-forecast", "gateway-memory"]);
    expect(await namesOf(false)).toEqual(["gateway-cpu", "gateway-memory"]);
  });

  it("stops no task of a service that is only to take over", async () => {
    const recorded = await mockEngine("prod");
    const args = { cluster: "graph", service: "gateway", least: 0, most: 10, predictive: false };
    new ServiceScaling("gateway", { ...args, outOnly: true });
    expect((await recorded.only("appautoscaling.Target")).inputs).toMatchObject({
      minCapacity: 0,
      suspendedState: { dynamicScalingInSuspended: true },
    });
  });
});
