import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { DocumentDb, type DocumentDbArgs } from "./document-db.ts";

const made = async (changed: Partial<DocumentDbArgs> = {}) => {
  const recorded = await mockEngine("prod", { "docdb.Cluster": () => ({ masterUserSecrets: [] }) });
  new DocumentDb("database", {
    name: "tradegraph-prod",
    version: "8.0.0",
    subnetIds: ["subnet-1", "subnet-2"],
    securityGroupId: "sg-1",
    keyArn: "arn:aws:kms:us-east-1:111111111111:key/data",
    logsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/logs",
    logRetentionDays: 365,
    instances: 3,
    instanceClass: "db.r6g.large",
    capacity: { least: 0.5, most: 4 },
    retentionDays: 35,
    deletionProtection: true,
    slowQueryMs: 100,
    changeStreamSeconds: 86_400,
    isGlobal: true,
    ...changed,
  });
  return recorded;
};
const clusterOf = async (changed?: Partial<DocumentDbArgs>) =>
  (await (await made(changed)).only("docdb.Cluster")).inputs;

describe("DocumentDb", () => {
  it("encrypts with the key of data, exports audit and slow queries, and cannot be deleted by accident", async () => {
    expect(await clusterOf()).toMatchObject({
      storageEncrypted: true,
      kmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/data",
      enabledCloudwatchLogsExports: ["audit", "profiler"],
      backupRetentionPeriod: 35,
      deletionProtection: true,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: expect.stringMatching(/^tradegraph-prod-final-[0-9a-f]{8}$/) as string,
    });
  });

  it("speaks TLS 1.3 alone, audits, and logs slow queries", async () => {
    const { inputs } = await (await made()).only("docdb.ClusterParameterGroup");
    const parameters = (inputs["parameters"] as { name: string; value: string }[]).map(
      ({ name, value }) => `${name} ${value}`,
    );
    expect(parameters).toEqual(
      expect.arrayContaining([
        "tls tls1.3+",
        "audit_logs enabled",
        "profiler enabled",
        "profiler_threshold_ms 100",
        "change_stream_log_retention_duration 86400",
      ]),
    );
    expect(inputs["family"]).toBe("docdb8.0");
  });

  it("keeps its backup window, its maintenance and the snapshot of 02:00 apart", async () => {
    const inputs = await clusterOf();
    expect(inputs["preferredMaintenanceWindow"]).toMatch(/^sun:0[23]:\d\d-sun:0[34]:\d\d$/);
    const [, ends] = String(inputs["preferredMaintenanceWindow"]).split("-sun:");
    expect(String(inputs["preferredBackupWindow"]) >= String(ends)).toBe(true);
  });

  it("leaves the password of the first user to AWS, but not in a global cluster, where AWS cannot", async () => {
    expect(await clusterOf({ isGlobal: false })).toMatchObject({ manageMasterUserPassword: true });
    const inputs = await clusterOf();
    expect(inputs["manageMasterUserPassword"]).toBeUndefined();
    expect(inputs["globalClusterIdentifier"]).toBe("database-id");
  });

  it("has log groups of its own before the cluster would make some without key and end", async () => {
    const groups = await (await made()).ofKind("cloudwatch.LogGroup");
    expect(groups.map(({ inputs }) => [inputs["name"], inputs["retentionInDays"]])).toEqual([
      ["/aws/docdb/tradegraph-prod/audit", 365],
      ["/aws/docdb/tradegraph-prod/profiler", 365],
    ]);
  });

  it("scales serverless instances between the capacities it was told, and takes none for a global cluster", async () => {
    const serverless = { instanceClass: "db.serverless", instances: 1 };
    expect(await clusterOf({ ...serverless, isGlobal: false })).toMatchObject({
      serverlessV2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 4 },
    });
    expect((await clusterOf())["serverlessV2ScalingConfiguration"]).toBeUndefined();
    await expect(made(serverless)).rejects.toThrow("no serverless");
  });

  it("makes as many instances as it was told", async () => {
    const instances = await (await made()).ofKind("docdb.ClusterInstance");
    expect(instances.map(({ inputs }) => inputs["promotionTier"])).toEqual([0, 1, 2]);
  });
});
