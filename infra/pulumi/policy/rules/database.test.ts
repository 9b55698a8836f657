import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { database } from "./database.ts";

const good = {
  dbClusterParameterGroupName: UNKNOWN,
  dbSubnetGroupName: UNKNOWN,
  vpcSecurityGroupIds: [UNKNOWN],
  backupRetentionPeriod: 35,
  deletionProtection: true,
  skipFinalSnapshot: false,
  enabledCloudwatchLogsExports: ["audit", "profiler"],
};
const cluster = (changed: Record<string, unknown> = {}) => [
  { kind: "docdb.Cluster", name: "database", props: { ...good, ...changed } },
];

describe("the rule on the database", () => {
  it("accepts 35 days, protection and logs in prod, and less on a playground", async () => {
    expect(await examine(database, cluster())).toEqual([]);
    const small = cluster({ backupRetentionPeriod: 7, deletionProtection: false, skipFinalSnapshot: true });
    expect(await examine(database, small, { stack: "dev" })).toEqual([]);
  });

  it.each([
    [{ backupRetentionPeriod: 34 }, "backupRetentionPeriod is 34 days, not 35"],
    [{ backupRetentionPeriod: undefined }, "backupRetentionPeriod is 1 days, not 35"],
    [{ deletionProtection: false }, "deletionProtection is not true"],
    [{ dbClusterParameterGroupName: undefined }, "dbClusterParameterGroupName is missing"],
    [{ dbSubnetGroupName: undefined }, "dbSubnetGroupName is missing"],
    [{ vpcSecurityGroupIds: undefined }, "vpcSecurityGroupIds is missing: the default group guards it"],
    [{ skipFinalSnapshot: true }, "skipFinalSnapshot: a deletion leaves nothing"],
    [{ enabledCloudwatchLogsExports: ["profiler"] }, "enabledCloudwatchLogsExports has no audit"],
    [{ masterPassword: "known to the state" }, "masterPassword lands in the state: let AWS manage it"],
  ])("refuses %j", async (changed, message) => {
    expect(await examine(database, cluster(changed))).toEqual([`database: ${message}`]);
  });

  it("refuses a global cluster of prod that can be deleted", async () => {
    const world = (props: object) => [{ kind: "docdb.GlobalCluster", name: "world", props: { ...props } }];
    expect(await examine(database, world({ deletionProtection: true }))).toEqual([]);
    expect(await examine(database, world({}))).toEqual(["world: deletionProtection is not true"]);
    expect(await examine(database, world({}), { stack: "staging" })).toEqual([]);
  });

  it("counts a list without members as missing", async () => {
    expect(await examine(database, cluster({ vpcSecurityGroupIds: [] }))).toEqual([
      "database: vpcSecurityGroupIds is missing: the default group guards it",
    ]);
  });

  it("accepts a password of a global cluster, which AWS does not manage", async () => {
    const world = cluster({ masterPassword: UNKNOWN, globalClusterIdentifier: "world" });
    expect(await examine(database, world)).toEqual([]);
  });

  it("has floors for the other environments, which a pack's configuration may raise", async () => {
    const week = cluster({ backupRetentionPeriod: 7 });
    expect(await examine(database, week, { stack: "staging" })).toHaveLength(1);
    const config = { retentionDays: { dev: 10 } };
    expect(await examine(database, week, { stack: "dev", config })).toEqual([
      "database: backupRetentionPeriod is 7 days, not 10",
    ]);
  });
});
