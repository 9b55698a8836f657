import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { DocumentDb } from "./document-db.ts";
import { RecoveryDatabase } from "./recovery-database.ts";

const shared = {
  name: "tradegraph-prod-recovery",
  version: "8.0.0" as const,
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupId: "sg-1",
  keyArn: "arn:aws:kms:us-west-2:111111111111:key/data",
  logsKeyArn: "arn:aws:kms:us-west-2:111111111111:key/logs",
  logRetentionDays: 365,
  instances: 1,
  instanceClass: "db.r6g.large",
  retentionDays: 35,
  deletionProtection: true,
  slowQueryMs: 100,
  changeStreamSeconds: 86_400,
};
const made = async () => {
  const recorded = await mockEngine("prod");
  new RecoveryDatabase("database", { ...shared, globalClusterId: "tradegraph-prod-global" });
  return recorded;
};

describe("RecoveryDatabase", () => {
  it("joins the global cluster, with a key of its region and no user of its own, which AWS would refuse", async () => {
    const { inputs } = await (await made()).only("docdb.Cluster");
    expect(inputs).toMatchObject({
      globalClusterIdentifier: "tradegraph-prod-global",
      engineVersion: "8.0.0",
      storageEncrypted: true,
      kmsKeyId: shared.keyArn,
    });
    for (const field of ["masterUsername", "masterPassword", "manageMasterUserPassword"]) {
      expect(inputs).not.toHaveProperty(field);
    }
  });

  it("keeps backups, logs and itself as the first cluster does, for the day it is the first", async () => {
    expect((await (await made()).only("docdb.Cluster")).inputs).toMatchObject({
      backupRetentionPeriod: 35,
      deletionProtection: true,
      skipFinalSnapshot: false,
      enabledCloudwatchLogsExports: ["audit", "profiler"],
    });
  });

  it("has the parameters of the first cluster, one by one", async () => {
    const here = (await (await made()).only("docdb.ClusterParameterGroup")).inputs["parameters"];
    const recorded = await mockEngine("prod", { "docdb.Cluster": () => ({ masterUserSecrets: [] }) });
    new DocumentDb("database", { ...shared, capacity: { least: 1, most: 2 }, isGlobal: true });
    expect(here).toEqual((await recorded.only("docdb.ClusterParameterGroup")).inputs["parameters"]);
  });

  it("has an instance, without which AWS promotes nothing", async () => {
    const { inputs } = await (await made()).only("docdb.ClusterInstance");
    expect(inputs).toMatchObject({ instanceClass: "db.r6g.large", identifier: "tradegraph-prod-recovery-0" });
  });
});
