import { describe, expect, it } from "vitest";
import { services } from "../../../../services.ts";
import { alarmInputs } from "../../lib/alarm-inputs.ts";
import { alarmTable } from "../../lib/alarm-table.ts";
import { examine, type Example, UNKNOWN } from "../examine.ts";
import { alarms } from "./alarms.ts";

const alarm = (name: string, suffix = "", changed: object = {}): Example => {
  const spec = alarmTable.find((one) => one.name === name);
  if (!spec) throw new Error(`no alarm ${name} in the table`);
  return {
    kind: "cloudwatch.MetricAlarm",
    name: `${name}${suffix}`,
    props: { name: `tradegraph-prod-${name}${suffix}`, ...alarmInputs(spec, {}), ...changed },
  };
};
const all = (watches: string, suffix = "") =>
  alarmTable.filter((spec) => spec.watches === watches).map(({ name }) => alarm(name, suffix));
const balancer = { kind: "lb.LoadBalancer", name: "door" };
const gateway = { kind: "ecs.Service", name: "gateway" };
const instead = (examples: Example[], changed: Example) =>
  examples.map((one) => (one.name === changed.name ? changed : one));

describe("the rule on alarms", () => {
  it("accepts all alarms of the table for what a stack has", async () => {
    expect(await examine(alarms, [balancer, gateway, ...all("loadBalancer"), ...all("service", "-gateway")])).toEqual(
      [],
    );
  });

  it.each(services)("looks at $name", async ({ name }) => {
    const wanted = alarmTable.filter(({ watches }) => watches === "service").map((spec) => spec.name);
    expect(wanted.length).toBeGreaterThan(2);
    expect(await examine(alarms, [{ kind: "ecs.Service", name }])).toEqual(
      wanted.map((alarmName) => `${name}: no alarm ${alarmName}-${name}`),
    );
  });

  it("leaves the warm copy of the second region alone, where nothing serves yet", async () => {
    expect(await examine(alarms, [balancer, gateway], { program: "recovery" })).toEqual([]);
    expect(await examine(alarms, [balancer, gateway], { program: "application" })).not.toEqual([]);
  });

  it("wants to know how far the database of the second region is behind, and nothing else there", async () => {
    const copy = { kind: "docdb.Cluster", name: "copy" };
    const there = { program: "recovery" };
    expect(await examine(alarms, [copy, ...all("recoveryDatabase")], there)).toEqual([]);
    expect(await examine(alarms, [copy], there)).toEqual([
      "copy: no alarm recovery-lag",
      "copy: no alarm recovery-lag-grows",
    ]);
    const late = instead(all("recoveryDatabase"), alarm("recovery-lag", "", { threshold: 3_600_000 }));
    expect(await examine(alarms, [copy, ...late], there)).toEqual(["recovery-lag: threshold is 3600000, not 900000"]);
    const watched = [...all("database"), ...all("backedUp", "-copy")];
    expect(await examine(alarms, [copy, ...watched], { program: "foundation" })).toEqual([]);
  });

  it("wants each function and each robot to have alarms of its own", async () => {
    const robots = ["health", "catalogue"].map((name) => ({ kind: "synthetics.Canary", name }));
    const rotation = { kind: "lambda.Function", name: "rotation" };
    const good = [...all("canary", "-health"), ...all("canary", "-catalogue"), ...all("function", "-rotation")];
    expect(await examine(alarms, [...robots, rotation, ...good])).toEqual([]);
    expect(await examine(alarms, [...robots, rotation, ...all("canary", "-health")])).toEqual([
      "rotation: no alarm function-errors-rotation",
      "catalogue: no alarm canary-fails-catalogue",
    ]);
    const patient = instead(good, alarm("canary-fails", "-health", { datapointsToAlarm: 3 }));
    expect(await examine(alarms, [...robots, rotation, ...patient])).toEqual([
      "canary-fails-health: datapointsToAlarm is 3, not 2",
    ]);
  });

  it("misses backups of databases and of files each by themselves", async () => {
    const made = [
      { kind: "docdb.Cluster", name: "database" },
      { kind: "efs.FileSystem", name: "files" },
    ];
    const good = [...all("database"), ...all("backedUp", "-database"), ...all("backedUp", "-files")];
    expect(await examine(alarms, [...made, ...good])).toEqual([]);
    expect(await examine(alarms, [...made, ...all("database"), ...all("backedUp", "-database")])).toEqual([
      "files: no alarm backup-missed-files",
    ]);
  });

  it("names what is not watched", async () => {
    const blind = all("loadBalancer").filter(({ name }) => name !== "high-error-rate");
    expect(await examine(alarms, [balancer, ...blind])).toEqual(["door: no alarm high-error-rate"]);
    const found = await examine(alarms, [gateway, ...all("service", "-orders")]);
    expect(found).toContain("gateway: no alarm high-cpu-gateway");
  });

  it.each([
    ["threshold", { threshold: 81 }, "threshold is 81, not 80"],
    ["period", { period: 60 }, "period is 60, not 300"],
    ["periods", { evaluationPeriods: 3 }, "evaluationPeriods is 3, not 2"],
    ["statistic", { statistic: "Maximum" }, "statistic is Maximum, not Average"],
  ])("finds another %s", async (_, changed, message) => {
    const other = instead(all("service", "-gateway"), alarm("high-cpu", "-gateway", changed));
    expect(await examine(alarms, [gateway, ...other])).toEqual([`high-cpu-gateway: ${message}`]);
  });

  it("finds an alarm with the right numbers on another thing", async () => {
    const named = { ...gateway, props: { name: "gateway" } };
    const on = (ServiceName: string) =>
      all("service", "-gateway").map((one) => ({
        ...one,
        props: { ...one.props, dimensions: { ClusterName: UNKNOWN, ServiceName } },
      }));
    expect(await examine(alarms, [named, ...on("gateway")])).toEqual([]);
    expect(await examine(alarms, [named, ...on(UNKNOWN)])).toEqual([]);
    expect(await examine(alarms, [named, ...on("orders")])).toContain("high-cpu-gateway: watches orders, not gateway");
  });

  it("wants to know of a NAT gateway without ports", async () => {
    expect(await examine(alarms, [{ kind: "ec2.NatGateway", name: "nat-0" }])).toEqual(["nat-0: no alarm nat-ports"]);
  });

  it("finds another period or expression of an alarm over several metrics", async () => {
    const spec = alarmTable.find(({ name }) => name === "high-error-rate");
    const { metricQueries } = alarmInputs({ ...spec!, period: 60 }, {});
    const other = instead(all("loadBalancer"), alarm("high-error-rate", "", { metricQueries }));
    const found = await examine(alarms, [balancer, ...other]);
    expect(found).toContain('high-error-rate: metricQueries have no "service  300 HTTPCode_Target_5XX_Count Sum"');
  });
});
