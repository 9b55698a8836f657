import { describe, expect, it } from "vitest";
import { examine, type Example } from "../examine.ts";
import { flowLogs } from "./flow-logs.ts";

const vpc: Example = { kind: "ec2.Vpc", name: "network", props: { cidrBlock: "10.0.0.0/16" } };
const log = (trafficType: string, of = "network"): Example => ({
  kind: "ec2.FlowLog",
  name: "flow-logs",
  props: { trafficType },
  refers: { vpcId: [of] },
});

describe("the rule on flow logs", () => {
  it("accepts a VPC with logs of all traffic", async () => {
    expect(await examine(flowLogs, [vpc, log("ALL")])).toEqual([]);
  });

  it("refuses one without, with those of another, or with half of it", async () => {
    expect(await examine(flowLogs, [vpc])).toEqual(["network: nothing writes down its traffic"]);
    expect(await examine(flowLogs, [vpc, log("ALL", "other")])).toEqual(["network: nothing writes down its traffic"]);
    expect((await examine(flowLogs, [vpc, log("REJECT")]))[0]).toContain("trafficType is not ALL");
  });
});
