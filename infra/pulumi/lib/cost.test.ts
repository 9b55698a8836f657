import { describe, expect, it } from "vitest";
import { budgets, budgetShares, costTable, monthlyCost, overBudget } from "./cost.ts";
import { type Planned } from "./cost-rules.ts";
import { type StackName } from "./stack-name.ts";

const token = (kind: string) => {
  const [service, name = ""] = kind.split(".");
  return `aws:${service}/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`;
};
const one = (kind: string, name: string, inputs: Record<string, unknown> = {}): Planned => ({
  type: token(kind),
  name,
  inputs,
});
const many = (count: number, kind: string, inputs: Record<string, unknown> = {}) =>
  Array.from({ length: count }, (_, index) => one(kind, `${kind}-${index}`, inputs));
const task = (cpu: number, memory: number) =>
  one("ecs.TaskDefinition", "any", {
    cpu: String(cpu),
    memory: String(memory),
    runtimePlatform: { cpuArchitecture: "ARM64" },
  });
const onDemand = [{ capacityProvider: "FARGATE", base: 2, weight: 1 }];
const spot = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];

const security = ["guardduty.Detector", "cfg.Recorder", "inspector2.Enabler", "macie2.Account", "securityhub.Account"];
const everywhere = [
  ...security.map((kind) => one(kind, kind)),
  one("cloudtrail.Trail", "trail"),
  one("cloudfront.Distribution", "edge"),
  one("lb.LoadBalancer", "inside"),
  one("docdb.ClusterInstance", "database-0", { instanceClass: "db.serverless" }),
];
const cluster = (minCapacity: number) =>
  one("docdb.Cluster", "database", { serverlessV2ScalingConfiguration: { minCapacity } });

/** The table of knobs in the design, as resources. */
const planned: Record<StackName, Planned[]> = {
  dev: [
    ...everywhere,
    cluster(0.5),
    task(256, 512),
    ...many(5, "ecs.Service", { desiredCount: 1, capacityProviderStrategies: spot }),
    one("ec2.NatGateway", "nat"),
    one("ec2.Eip", "nat"),
    one("elasticache.ServerlessCache", "cache"),
    one("wafv2.WebAcl", "edge", { rules: [{}, {}, {}, {}] }),
    ...many(4, "kms.Key"),
    ...many(6, "secretsmanager.Secret"),
    ...many(30, "cloudwatch.MetricAlarm"),
  ],
  staging: [
    ...everywhere,
    cluster(0.5),
    one("docdb.ClusterInstance", "database-1", { instanceClass: "db.serverless" }),
    task(256, 512),
    ...many(5, "ecs.Service", { desiredCount: 2, capacityProviderStrategies: onDemand }),
    one("ecs.Service", "worker", { desiredCount: 1, capacityProviderStrategies: spot }),
    one("ec2.NatGateway", "nat"),
    one("ec2.Eip", "nat"),
    one("elasticache.ServerlessCache", "cache"),
    one("wafv2.WebAcl", "edge", { rules: [{}, {}, {}, {}] }),
    ...many(5, "kms.Key"),
    ...many(6, "secretsmanager.Secret"),
    ...many(35, "cloudwatch.MetricAlarm"),
    one("cloudwatch.Dashboard", "shop"),
    ...many(8, "cloudwatch.LogGroup"),
  ],
  prod: [
    ...everywhere,
    cluster(2),
    ...many(2, "docdb.ClusterInstance", { instanceClass: "db.serverless" }),
    // The second region: a warm database, one NAT gateway, a load balancer, no tasks.
    one("docdb.ClusterInstance", "second", { instanceClass: "db.serverless" }),
    ...many(4, "ec2.NatGateway"),
    ...many(4, "ec2.Eip"),
    one("lb.LoadBalancer", "second"),
    one("arcregionswitch.Plan", "recovery"),
    task(512, 1024),
    ...many(5, "ecs.Service", { desiredCount: 2, capacityProviderStrategies: onDemand }),
    one("ecs.Service", "worker", { desiredCount: 1, capacityProviderStrategies: spot }),
    one("elasticache.ReplicationGroup", "cache", {
      nodeType: "cache.t4g.medium",
      numNodeGroups: 2,
      replicasPerNodeGroup: 1,
    }),
    ...many(5, "ec2.VpcEndpoint", { vpcEndpointType: "Interface", subnetIds: ["a", "b", "c"] }),
    one("wafv2.WebAcl", "edge", { rules: [{}, {}, {}, {}, {}] }),
    ...many(8, "kms.Key"),
    ...many(8, "secretsmanager.Secret"),
    ...many(60, "cloudwatch.MetricAlarm"),
    ...many(4, "cloudwatch.CompositeAlarm"),
    one("cloudwatch.Dashboard", "shop"),
    ...many(12, "cloudwatch.LogGroup"),
    one("backup.Vault", "vault"),
    one("synthetics.Canary", "shop", { schedule: { expression: "rate(5 minutes)" } }),
  ],
};

describe("the monthly cost", () => {
  it.each([
    ["dev", 110, 140],
    ["staging", 230, 300],
    ["prod", 1300, 1700],
  ] as const)("of %s stays between %d and %d dollars with the knobs of the design", (stack, least, most) => {
    const estimate = monthlyCost(stack, planned[stack]);
    expect(estimate.total, costTable(estimate)).toBeGreaterThanOrEqual(least);
    expect(estimate.total, costTable(estimate)).toBeLessThanOrEqual(most);
    expect(estimate.total).toBeLessThan(budgets[stack]);
  });

  it.each(["dev", "staging", "prod"] as const)("shares out the budget of %s and no more", (stack) => {
    const sum = Object.values(budgetShares[stack]).reduce((all, share) => all + share, 0);
    expect(sum).toBe(budgets[stack]);
  });

  it("takes a recorder at home by its use, and one where nothing runs for a part of that", () => {
    const recorder = (name: string) => monthlyCost("prod", [one("cfg.Recorder", "config", { name })]).total;
    expect([recorder("tradegraph-prod-config"), recorder("tradegraph-prod-recovery-config")]).toEqual([15, 3]);
  });

  it("compares all programs of an environment together with its budget", () => {
    // 32.85 dollars each: two programs that would each pass alone.
    const [foundation, application] = [many(3, "ec2.NatGateway"), many(2, "ec2.NatGateway")];
    expect(overBudget("dev", foundation)).toBeUndefined();
    expect(overBudget("dev", application)).toBeUndefined();
    expect(overBudget("dev", [...foundation, ...application])).toBe(
      "164.25 dollars a month for all programs of dev, but its budget is 150 (lib/cost.ts)",
    );
  });

  it("finds the size of a service in the task definition it names", () => {
    const sized = (cpu: number) => [
      one("ecs.TaskDefinition", "small", { family: "small", cpu: "256", memory: "512" }),
      one("ecs.TaskDefinition", "big", { family: "big", cpu: String(cpu), memory: "8192" }),
      one("ecs.Service", "gateway", {
        desiredCount: 2,
        taskDefinition: "arn:aws:ecs:us-east-1:1:task-definition/big:1",
      }),
    ];
    // (4 × 0.04048 + 8 × 0.004445) × 730 × 2
    expect(monthlyCost("prod", sized(4096)).total).toBe(288.32);
    expect(monthlyCost("prod", sized(8192)).total).toBeGreaterThan(500);
  });

  it("takes tasks above the base for Spot by weight", () => {
    const mixed = [
      { capacityProvider: "FARGATE", base: 2, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 1 },
    ];
    const costOf = (capacityProviderStrategies: object[]) =>
      monthlyCost("prod", [
        task(1024, 1024),
        one("ecs.Service", "any", { desiredCount: 4, capacityProviderStrategies }),
      ]).total;
    // One of four on Spot: 15 % less than all on demand.
    expect(costOf(mixed) / costOf(onDemand)).toBeCloseTo(0.85, 3);
    expect(costOf(spot) / costOf(onDemand)).toBeCloseTo(0.4, 3);
  });

  it("sees a database that grew", () => {
    const database = (minCapacity: number) => [
      cluster(minCapacity),
      ...many(3, "docdb.ClusterInstance", { instanceClass: "db.serverless" }),
    ];
    const added = monthlyCost("prod", database(4)).total - monthlyCost("prod", database(2)).total;
    expect(added).toBeCloseTo(3 * 2 * 0.0822 * 730, 1);
  });

  it("counts each metric of an alarm, and three for an anomaly", () => {
    const math = {
      metricQueries: [
        { id: "rate", expression: "a/b" },
        { id: "a", metric: {} },
        { id: "b", metric: {} },
      ],
    };
    const anomaly = { thresholdMetricId: "band", metricQueries: [{ id: "band" }, { id: "m", metric: {} }] };
    expect(monthlyCost("dev", [one("cloudwatch.MetricAlarm", "a", math)]).total).toBe(0.2);
    expect(monthlyCost("dev", [one("cloudwatch.MetricAlarm", "a", anomaly)]).total).toBe(0.3);
  });

  it("takes no traffic for granted where a region stands still", () => {
    const costOf = (kind: string, name: string) => monthlyCost("prod", [one(kind, "any", { name })]).total;
    expect(costOf("lb.LoadBalancer", "tradegraph-prod-recovery-alb")).toBe(16.43);
    expect(costOf("lb.LoadBalancer", "tradegraph-prod-alb")).toBe(22.27);
    expect(costOf("cloudwatch.LogGroup", "/ecs/tradegraph-prod-recovery/orders")).toBe(0.05);
    expect(costOf("cloudwatch.LogGroup", "/ecs/tradegraph-prod/orders")).toBe(2);
  });

  it("lists the dearest first and leaves out what is free", () => {
    const lines = monthlyCost("dev", [
      one("ec2.VpcEndpoint", "s3", { vpcEndpointType: "Gateway" }),
      one("kms.Key", "data"),
      one("ec2.NatGateway", "nat"),
    ]).lines;
    expect(lines.map(({ name }) => name)).toEqual(["nat", "data"]);
  });
});
