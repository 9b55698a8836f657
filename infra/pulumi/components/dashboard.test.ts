import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { type Watching } from "./dashboard-widgets.ts";
import { Dashboard } from "./dashboard.ts";

interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: { title: string; metrics?: unknown[][]; region?: string };
}

const made = async (changed: Partial<Watching> = {}) => {
  const recorded = await mockEngine("prod");
  new Dashboard("dashboard", {
    stack: "prod",
    watching: {
      region: "eu-central-1",
      loadBalancer: "app/door/1",
      cluster: "graph",
      services: ["gateway", "orders"],
      databaseCluster: "tradegraph-prod",
      distributionId: "E1",
      firewall: "edge",
      gatewayLog: "/tradegraph/gateway",
      alarmArns: ["arn:alarm"],
      ...changed,
    },
  });
  const { inputs } = await recorded.only("cloudwatch.Dashboard");
  return (JSON.parse(String(inputs["dashboardBody"])) as { widgets: Widget[] }).widgets;
};
const titled = (widgets: Widget[], title: string) => widgets.find(({ properties }) => properties.title === title);

describe("Dashboard", () => {
  it("shows each service of the list", async () => {
    const cpu = titled(await made(), "CPU, % of reserved");
    expect(cpu?.properties.metrics).toEqual([
      ["AWS/ECS", "CPUUtilization", "ClusterName", "graph", "ServiceName", "gateway"],
      ["AWS/ECS", "CPUUtilization", "ClusterName", "graph", "ServiceName", "orders"],
    ]);
  });

  it("asks for metrics of the edge where they are kept", async () => {
    const widgets = await made();
    expect(titled(widgets, "Errors at the edge, %")?.properties.region).toBe("us-east-1");
    expect(titled(widgets, "Requests at the gateway")?.properties.region).toBe("eu-central-1");
  });

  it("shows hits, memory and work of the cache, of each node where it has nodes", async () => {
    const search = (title: string, widgets: Widget[]) =>
      JSON.stringify(titled(widgets, title)?.properties.metrics).replaceAll("\\", "");
    const group = await made({ cache: { kind: "replication-group", id: "tradegraph-prod" } });
    expect(search("Hits of the cache, %", group)).toContain(
      `SEARCH('{AWS/ElastiCache,CacheClusterId,CacheNodeId} MetricName="CacheHitRate"', 'Average', 300)`,
    );
    expect(search("Memory of the cache, %", group)).toContain('MetricName="DatabaseMemoryUsagePercentage"');
    expect(search("CPU of the cache, %", group)).toContain('MetricName="EngineCPUUtilization"');
    const serverless = await made({ cache: { kind: "serverless", id: "tradegraph-dev" } });
    expect(titled(serverless, "Hits of the cache, %")?.properties.metrics).toEqual([
      ["AWS/ElastiCache", "CacheHitRate", "clusterId", "tradegraph-dev"],
    ]);
  });

  it("leaves out what the stack does not have", async () => {
    const bare = await made({ databaseCluster: undefined, gatewayLog: undefined });
    expect(bare.some(({ properties }) => /Database|cache/.test(properties.title))).toBe(false);
    expect(bare.some(({ type }) => type === "log")).toBe(false);
  });

  it("puts nothing on top of anything else", async () => {
    const widgets = await made();
    const fields = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, index) => `${x + (index % width)}:${y + Math.floor(index / width)}`),
    );
    expect(new Set(fields).size).toBe(fields.length);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });
});
