import { describe, expect, it } from "vitest";
import { examine, type Example } from "../examine.ts";
import { liveTraffic } from "./live-traffic.ts";

const plan = (ignoredByRule: string[], ignoredByService: string[]): Example[] => [
  { kind: "lb.ListenerRule", name: "production", opts: { ignoreChanges: ignoredByRule } },
  { kind: "lb.ListenerRule", name: "elsewhere" },
  {
    kind: "ecs.Service",
    name: "gateway",
    opts: { ignoreChanges: ignoredByService },
    refers: { loadBalancers: ["production"] },
  },
  { kind: "appautoscaling.Target", name: "scaling", refers: { resourceId: ["gateway"] } },
];

describe("the rule on live traffic", () => {
  it("accepts rules and services that leave to AWS what AWS changes", async () => {
    expect(await examine(liveTraffic, plan(["actions"], ["desiredCount"]))).toEqual([]);
  });

  it("refuses an update that would move visitors or undo scaling", async () => {
    expect(await examine(liveTraffic, plan([], ["desiredCount"]))).toEqual([
      "production: does not ignore changes of actions: an update would send visitors to the old version",
    ]);
    expect(await examine(liveTraffic, plan(["actions"], []))).toEqual([
      "gateway: does not ignore changes of desiredCount: an update would undo scaling",
    ]);
  });
});
