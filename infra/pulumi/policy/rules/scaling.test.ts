import { describe, expect, it } from "vitest";
import { services } from "../../../../services.ts";
import { examine, type Example } from "../examine.ts";
import { scaling } from "./scaling.ts";

const tracking = (what: string, changed: object = {}): Example => ({
  kind: "appautoscaling.Policy",
  name: `gateway-${what}`,
  props: {
    policyType: "TargetTrackingScaling",
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: `ECSServiceAverage${what}Utilization` },
      targetValue: what === "CPU" ? 70 : 80,
      scaleInCooldown: 300,
      scaleOutCooldown: 60,
      ...changed,
    },
  },
  refers: { resourceId: ["target"] },
});
const service: Example = { kind: "ecs.Service", name: "gateway" };
const target = (minCapacity: number, maxCapacity: number): Example => ({
  kind: "appautoscaling.Target",
  name: "target",
  props: { minCapacity, maxCapacity },
  refers: { resourceId: ["gateway"] },
});
const forecast: Example = {
  kind: "appautoscaling.Policy",
  name: "gateway-forecast",
  props: {
    policyType: "PredictiveScaling",
    predictiveScalingPolicyConfiguration: { mode: "ForecastAndScale" },
  },
  refers: { resourceId: ["target"] },
};
const good = [service, target(2, 10), tracking("CPU"), tracking("Memory"), forecast];

describe("the rule on scaling", () => {
  it("accepts exactly 2 to 10 at 70 % with 300 and 60 seconds", async () => {
    expect(await examine(scaling, good)).toEqual([]);
  });

  it.each([
    [[service], "gateway: does not scale"],
    [[service, target(3, 10), tracking("CPU"), tracking("Memory"), forecast], "target: scales 3–10, not 2–10"],
    [[service, target(2, 12), tracking("CPU"), tracking("Memory"), forecast], "target: scales 2–12, not 2–10"],
    [[service, target(2, 10), tracking("Memory"), forecast], "target: does not scale by CPU"],
    [[service, target(2, 10), tracking("CPU"), forecast], "target: does not scale by memory"],
    [[service, target(2, 10), tracking("CPU"), tracking("Memory")], "target: does not scale by forecast"],
    [[...good, tracking("CPU", { targetValue: 95 })], "gateway-CPU: CPU target is 95, not 70"],
    [
      [service, target(2, 10), tracking("CPU", { disableScaleIn: true }), tracking("Memory"), forecast],
      "gateway-CPU: disableScaleIn: tasks are never fewer again",
    ],
    [
      good.map((one) =>
        one.name === "target"
          ? { ...one, props: { ...one.props, suspendedState: { dynamicScalingOutSuspended: true } } }
          : one,
      ),
      "target: suspendedState keeps it from scaling",
    ],
    [
      [service, target(2, 10), tracking("CPU", { targetValue: 71 }), tracking("Memory"), forecast],
      "gateway-CPU: CPU target is 71, not 70",
    ],
    [
      [service, target(2, 10), tracking("CPU", { scaleInCooldown: 60 }), tracking("Memory"), forecast],
      "gateway-CPU: scaleInCooldown is 60, not 300",
    ],
    [
      [service, target(2, 10), tracking("CPU", { scaleOutCooldown: undefined }), tracking("Memory"), forecast],
      "gateway-CPU: scaleOutCooldown is undefined, not 60",
    ],
    [
      [service, target(2, 10), tracking("CPU"), tracking("Memory", { scaleInCooldown: 30 }), forecast],
      "gateway-Memory: scaleInCooldown is 30, not 300",
    ],
    [
      [service, target(2, 10), tracking("CPU"), tracking("Memory", { disableScaleIn: true }), forecast],
      "gateway-Memory: disableScaleIn: tasks are never fewer again",
    ],
    [
      [
        service,
        target(2, 10),
        tracking("CPU"),
        tracking("Memory"),
        { ...forecast, props: { policyType: "PredictiveScaling" } },
      ],
      "gateway-forecast: ForecastOnly: forecasts, and starts no task",
    ],
  ])("refuses others in prod (%#)", async (examples, message) => {
    expect(await examine(scaling, examples)).toEqual([message]);
  });

  it.each(services)("looks at $name", async ({ name }) => {
    expect(await examine(scaling, [{ kind: "ecs.Service", name }])).toEqual([`${name}: does not scale`]);
  });

  it("leaves smaller numbers to dev, but none above the ceiling", async () => {
    expect(await examine(scaling, [service], { stack: "dev" })).toEqual([]);
    expect(await examine(scaling, [service, target(1, 2), tracking("CPU")], { stack: "dev" })).toEqual([]);
    expect(await examine(scaling, [service, target(1, 50), tracking("CPU")], { stack: "dev" })).toHaveLength(1);
  });

  it("has nothing to say about workers", async () => {
    expect(await examine(scaling, [{ kind: "ecs.Service", name: "ingestion" }])).toEqual([]);
  });
});
