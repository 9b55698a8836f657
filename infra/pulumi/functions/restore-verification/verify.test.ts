import { BackupClient } from "@aws-sdk/client-backup";
import { DocDBClient } from "@aws-sdk/client-docdb";
import { EFSClient } from "@aws-sdk/client-efs";
import { afterEach, describe, expect, it } from "vitest";
import { type FakeAws, fakeAws, failure, type Reply, type Sent } from "../../testing/fake-aws.ts";
import { verify } from "./verify.ts";

let aws: FakeAws | undefined;
afterEach(() => aws?.close());

const cluster = (changed: Record<string, string> = {}) => {
  const fields = {
    Status: "available",
    Engine: "docdb",
    StorageEncrypted: "true",
    KmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/1",
    DBSubnetGroup: "isolated",
    ...changed,
  };
  const xml = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  return {
    body: `<DescribeDBClustersResponse><DescribeDBClustersResult><DBClusters><DBCluster>${xml.join("")}</DBCluster></DBClusters></DescribeDBClustersResult></DescribeDBClustersResponse>`,
  };
};
const files = (changed: object = {}) => ({
  body: {
    FileSystems: [{ LifeCycleState: "available", Encrypted: true, SizeInBytes: { Value: 6144 }, ...changed }],
  },
});

async function verified(resourceType: string, createdResourceArn: string, answer: (sent: Sent) => Reply) {
  aws = await fakeAws((sent) => (sent.method === "PUT" ? { status: 204, body: "" } : answer(sent)));
  const clients = {
    backup: new BackupClient(aws.client),
    docdb: new DocDBClient(aws.client),
    efs: new EFSClient(aws.client),
  };
  const event = { detail: { restoreJobId: "job-1", resourceType, createdResourceArn } };
  return verify(clients, event, "isolated");
}
const told = () => aws?.sent.filter(({ method }) => method === "PUT") ?? [];

const CLUSTER = "arn:aws:rds:us-east-1:111111111111:cluster:awsbackup-restore-test-1";
const FILES = "arn:aws:elasticfilesystem:us-east-1:111111111111:file-system/fs-1";

describe("the verification of a restore", () => {
  it("looks at the cluster that was restored, and tells AWS Backup that it is good", async () => {
    expect(await verified("DocumentDB", CLUSTER, () => cluster())).toMatchObject({ good: true });
    const asked = new URLSearchParams(aws?.sent[0]?.body);
    expect(asked.get("Action")).toBe("DescribeDBClusters");
    expect(asked.get("DBClusterIdentifier")).toBe("awsbackup-restore-test-1");
    expect(told().map(({ path }) => path)).toEqual(["/restore-jobs/job-1/validations"]);
    expect(JSON.parse(told()[0]?.body ?? "")).toMatchObject({ ValidationStatus: "SUCCESSFUL" });
  });

  it.each([
    [{ Status: "creating" }, "status is creating"],
    [{ StorageEncrypted: "false" }, "not encrypted"],
    [{ Engine: "aurora" }, "engine is aurora"],
    [{ DBSubnetGroup: "default" }, "lies in the subnets default"],
  ])("refuses a cluster with %j", async (changed, why) => {
    const verdict = await verified("DocumentDB", CLUSTER, () => cluster(changed));
    expect(verdict.message).toContain(why);
    expect(JSON.parse(told()[0]?.body ?? "")).toMatchObject({
      ValidationStatus: "FAILED",
      ValidationStatusMessage: verdict.message,
    });
  });

  it("looks at files, and refuses an empty file system", async () => {
    expect(await verified("EFS", FILES, () => files())).toMatchObject({ good: true });
    expect(aws?.sent[0]?.path).toContain("FileSystemId=fs-1");
    await aws?.close();
    const empty = await verified("EFS", FILES, () => files({ SizeInBytes: { Value: 0 } }));
    expect(empty).toEqual({ good: false, message: "EFS: it is empty" });
  });

  it("refuses what is not there, and what nobody knows how to look at", async () => {
    expect(await verified("EFS", FILES, () => failure("FileSystemNotFound", 404))).toMatchObject({ good: false });
    await aws?.close();
    expect(await verified("S3", "arn:aws:s3:::restored", () => ({}))).toMatchObject({ good: false });
    expect(told()).toHaveLength(1);
  });

  it("says nothing while AWS is throttled, so that the event comes again", async () => {
    await expect(verified("EFS", FILES, () => failure("ThrottlingException", 429))).rejects.toThrow("Throttling");
    expect(told()).toEqual([]);
    // The SDK itself has tried three times.
    expect(aws?.sent.length).toBe(3);
  });
});
