import { describe, expect, it } from "vitest";
import { alarmTable } from "../lib/alarm-table.ts";
import { mockEngine } from "../testing/mocks.ts";
import { Alarms, type AlarmsArgs } from "./alarms.ts";

const topics = { critical: "arn:critical", warning: "arn:warning", escalation: "arn:escalation" };
const made = async (changed: Partial<AlarmsArgs> = {}) => {
  const recorded = await mockEngine("prod");
  new Alarms("alarms", {
    stack: "prod",
    topics,
    things: {
      loadBalancer: [{ dimensions: { LoadBalancer: "app/door/1" } }],
      service: ["gateway", "orders"].map((name) => ({
        name,
        dimensions: { ClusterName: "graph", ServiceName: name },
      })),
    },
    ...changed,
  });
  return recorded;
};

describe("Alarms", () => {
  it("makes each alarm of the table for each thing, under a name people find", async () => {
    const alarms = await (await made()).ofKind("cloudwatch.MetricAlarm");
    const wanted = alarmTable.flatMap(({ name, watches }) => {
      if (watches === "loadBalancer") return [`tradegraph-prod-${name}`];
      return watches === "service" ? ["gateway", "orders"].map((one) => `tradegraph-prod-${name}-${one}`) : [];
    });
    expect(alarms.map(({ inputs }) => inputs["name"]).sort()).toEqual(wanted.sort());
  });

  it("tells the topic of its severity when it begins and when it ends", async () => {
    for (const { inputs } of await (await made()).ofKind("cloudwatch.MetricAlarm")) {
      const spec = alarmTable.find(({ name }) => String(inputs["name"]).includes(`prod-${name}`));
      expect(inputs["alarmActions"]).toEqual(inputs["okActions"]);
      expect(inputs["alarmActions"]).toHaveLength(1);
      expect(Object.values(topics)).toContain((inputs["alarmActions"] as string[])[0]);
      expect(inputs["alarmDescription"]).toContain("docs/runbooks/");
      expect(spec).toBeDefined();
    }
    const alarms = await (await made()).ofKind("cloudwatch.MetricAlarm");
    const actions = (name: string) => alarms.find(({ inputs }) => inputs["name"] === `tradegraph-prod-${name}`)?.inputs;
    expect(actions("high-error-rate")?.["alarmActions"]).toEqual([topics.critical]);
    expect(actions("high-error-share-lasting")?.["alarmActions"]).toEqual([topics.escalation]);
    expect(actions("unusual-traffic")?.["alarmActions"]).toEqual([topics.warning]);
  });

  it("looks at each service by its own dimensions", async () => {
    const alarms = await (await made()).ofKind("cloudwatch.MetricAlarm");
    const orders = alarms.find(({ inputs }) => inputs["name"] === "tradegraph-prod-high-cpu-orders");
    expect(orders?.inputs).toMatchObject({
      dimensions: { ClusterName: "graph", ServiceName: "orders" },
      ...{ threshold: 80, period: 300, evaluationPeriods: 2, statistic: "Average" },
    });
  });

  it("makes alarms of alarms where all their parts are there; of several services one is enough", async () => {
    const composites = await (await made()).ofKind("cloudwatch.CompositeAlarm");
    const rules = Object.fromEntries(composites.map(({ inputs }) => [inputs["alarmName"], inputs["alarmRule"]]));
    expect(rules).toEqual({
      "tradegraph-prod-customers-see-errors":
        '(ALARM("tradegraph-prod-high-error-share")) AND (ALARM("tradegraph-prod-high-latency"))',
      "tradegraph-prod-overloaded":
        '(ALARM("tradegraph-prod-high-cpu-gateway") OR ALARM("tradegraph-prod-high-cpu-orders")) AND (ALARM("tradegraph-prod-high-latency"))',
    });
    const few = await made({ things: { distribution: [{ dimensions: {} }] } });
    expect(await few.ofKind("cloudwatch.CompositeAlarm")).toEqual([]);
  });

  it("stands where its metrics are", async () => {
    const edge = await made({ region: "us-east-1", things: { distribution: [{ dimensions: {} }] } });
    expect((await edge.only("cloudwatch.MetricAlarm")).inputs["region"]).toBe("us-east-1");
  });
});
