import { describe, expect, it } from "vitest";
import { trailPatterns } from "./alarm-account.ts";
import { alarmInputs } from "./alarm-inputs.ts";
import { type AlarmSpec, severities } from "./alarm-spec.ts";
import { alarmTable, compositeTable } from "./alarm-table.ts";

const spec = (name: string): AlarmSpec => {
  const found = alarmTable.find((one) => one.name === name);
  if (!found) throw new Error(`no alarm ${name}`);
  return found;
};

describe("the table of alarms", () => {
  it("has HighErrorRate of the register: 5xx of targets and balancer, more than 10 in 300 s, twice", () => {
    const { condition, ...numbers } = spec("high-error-rate");
    expect(numbers).toMatchObject({ comparison: "above", threshold: 10, period: 300, periods: 2 });
    expect(condition).toEqual({
      kind: "expression",
      expression: "FILL(service, 0) + FILL(balancer, 0)",
      of: {
        service: { namespace: "AWS/ApplicationELB", metric: "HTTPCode_Target_5XX_Count", statistic: "Sum" },
        balancer: { namespace: "AWS/ApplicationELB", metric: "HTTPCode_ELB_5XX_Count", statistic: "Sum" },
      },
    });
  });

  it("has a second alarm at 5 % of requests, and one for the second line when it lasts", () => {
    expect(spec("high-error-share")).toMatchObject({ severity: "critical", threshold: 5, period: 300, periods: 2 });
    expect(spec("high-error-share-lasting")).toMatchObject({ severity: "escalation", threshold: 5, periods: 6 });
  });

  it("has HighCPU of the register for each service: average above 80 % for 300 s, twice", () => {
    expect(spec("high-cpu")).toMatchObject({
      watches: "service",
      comparison: "above",
      threshold: 80,
      period: 300,
      periods: 2,
      condition: { kind: "metric", of: { namespace: "AWS/ECS", metric: "CPUUtilization", statistic: "Average" } },
    });
  });

  it("watches what OBS-4 names: connections, disk, replicas, backups, slow answers", () => {
    const names = alarmTable.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        ...["database-connections", "database-low-disk", "database-replica-lag", "backup-failed", "backup-missed"],
        ...["copy-failed", "restore-test-failed", "high-latency"],
      ]),
    );
    expect(alarmTable.filter(({ condition }) => condition.kind === "anomaly").length).toBeGreaterThan(1);
  });

  it("holds connections against what the instances of the stack take, whatever their class", () => {
    const inputs = alarmInputs(spec("database-connections"), { DBClusterIdentifier: "tradegraph-dev" });
    expect(inputs).toMatchObject({ threshold: 90, comparisonOperator: "GreaterThanThreshold" });
    expect(inputs.metricQueries).toMatchObject([
      { id: "result", expression: "100 * used / allowed" },
      { id: "used", metric: { metricName: "DatabaseConnectionsMax", stat: "Maximum" } },
      { id: "allowed", metric: { metricName: "DatabaseConnectionsLimit", stat: "Minimum" } },
    ]);
  });

  it("has every name once, in a form that fits behind tradegraph-<stack>-", () => {
    const names = [...alarmTable, ...compositeTable].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it("says nothing CloudWatch refuses", () => {
    for (const { name, period, periods, about } of alarmTable) {
      // Periods are 10, 20, 30 or a multiple of 60 seconds, and all of them together a day at most.
      expect(period % 60, name).toBe(0);
      expect(period * periods, name).toBeLessThanOrEqual(86_400);
      expect(about.length, name).toBeGreaterThan(20);
    }
  });

  it("uses every severity, and makes alarms of alarms of alarms that are there", () => {
    expect(new Set(alarmTable.map(({ severity }) => severity))).toEqual(new Set(severities));
    for (const { all } of compositeTable) for (const part of all) expect(spec(part)).toBeDefined();
  });

  it("counts in the trail what its alarms look at, and nothing else", () => {
    const counted = alarmTable.flatMap(({ watches, condition }) =>
      watches === "trailLog" && condition.kind === "metric" ? [condition.of.metric] : [],
    );
    expect(counted.sort()).toEqual(Object.keys(trailPatterns).sort());
  });
});

describe("the inputs of an alarm", () => {
  const dimensions = { LoadBalancer: "app/door/1" };

  it("name a percentile apart from a statistic, or CloudWatch refuses it", () => {
    expect(alarmInputs(spec("high-latency"), dimensions)).toMatchObject({ extendedStatistic: "p99", threshold: 2 });
    expect(alarmInputs(spec("high-latency"), dimensions)).not.toHaveProperty("statistic");
  });

  it("of an expression have no metric of their own, and one query that decides", () => {
    const { metricQueries, ...rest } = alarmInputs(spec("high-error-rate"), dimensions);
    for (const field of ["metricName", "namespace", "period", "dimensions", "statistic"]) {
      expect(rest).not.toHaveProperty(field);
    }
    const queries = metricQueries as { id: string; returnData: boolean; metric?: object }[];
    expect(queries.filter(({ returnData }) => returnData).map(({ id }) => id)).toEqual(["result"]);
    expect(queries.slice(1).map(({ metric }) => metric)).toEqual([
      expect.objectContaining({ period: 300, stat: "Sum", dimensions }),
      expect.objectContaining({ period: 300, stat: "Sum", dimensions }),
    ]);
  });

  it("of an anomaly compare the metric with its band, not with a number", () => {
    const inputs = alarmInputs(spec("unusual-traffic"), dimensions);
    expect(inputs).toMatchObject({
      thresholdMetricId: "band",
      comparisonOperator: "LessThanLowerOrGreaterThanUpperThreshold",
      metricQueries: [{ id: "band", expression: "ANOMALY_DETECTION_BAND(measured, 3)" }, { id: "measured" }],
    });
    expect(inputs).not.toHaveProperty("threshold");
  });

  it("of a query over all things say its period themselves", () => {
    expect(alarmInputs(spec("cache-high-cpu"), {}).metricQueries).toMatchObject([{ id: "result", period: 300 }]);
  });
});
