import { describe, expect, it } from "vitest";
import { type Made, mockEngine } from "../testing/mocks.ts";
import { DataBuckets } from "./data-buckets.ts";
import { DataBucketsReplica } from "./data-buckets-replica.ts";

const key = (name: string) => `arn:aws:kms:us-east-1:111111111111:key/${name}`;
const made = async (logDays = 400) => {
  const recorded = await mockEngine();
  const { buckets } = new DataBuckets("buckets", {
    account: "111111111111",
    nameOf: (bucket) => `tradegraph-dev-${bucket}-111111111111`,
    keys: { data: key("data"), logs: key("logs") },
    keepOldVersionsDays: 30,
    emptyOnDestroy: false,
    exportDays: 30,
    logDays,
  });
  return { recorded, buckets };
};
interface Rule {
  id: string;
  expiration?: object;
  transitions?: object[];
}
const rulesOf = (resources: Made[], name: string) =>
  resources.find((resource) => resource.name === name)?.inputs["rules"] as Rule[];

describe("DataBuckets", () => {
  it("encrypts logs with the key of logs and the others with that of data", async () => {
    const { recorded } = await made();
    const encryption = await recorded.ofKind("s3.BucketServerSideEncryptionConfiguration");
    const used = encryption.map(
      ({ name, inputs }) => `${name} ${JSON.stringify(inputs["rules"]).match(/key\/\w+/)?.[0]}`,
    );
    expect(used).toEqual(["assets key/data", "exports key/data", "logs key/logs"]);
  });

  it("moves assets and exports between tiers, drops exports, and archives logs after 90 days", async () => {
    const { recorded } = await made();
    const lifecycles = await recorded.ofKind("s3.BucketLifecycleConfiguration");
    const own = (name: string) => rulesOf(lifecycles, name).slice(2);
    expect(own("assets").map(({ transitions }) => transitions)).toEqual([
      [{ days: 0, storageClass: "INTELLIGENT_TIERING" }],
    ]);
    expect(own("exports").map(({ expiration }) => expiration)).toEqual([undefined, { days: 30 }]);
    expect(own("logs").map(({ id }) => id)).toEqual(["archive", "expiry"]);
  });

  it("archives no logs that go before they would", async () => {
    const { recorded } = await made(30);
    const lifecycles = await recorded.ofKind("s3.BucketLifecycleConfiguration");
    expect(rulesOf(lifecycles, "logs").map(({ id }) => id)).toEqual(["old-versions", "broken-uploads", "expiry"]);
  });

  it("lets services of AWS in for this account alone", async () => {
    const { recorded } = await made();
    for (const { name, inputs } of await recorded.ofKind("s3.BucketPolicy")) {
      const { Statement } = JSON.parse(String(inputs["policy"])) as {
        Statement: { Effect: string; Condition: object }[];
      };
      const allowed = Statement.filter(({ Effect }) => Effect === "Allow");
      expect(allowed.length > 0, name).toBe(name !== "exports");
      for (const { Condition } of allowed) expect(JSON.stringify(Condition)).toContain("111111111111");
    }
  });
});

describe("DataBucketsReplica", () => {
  it("copies everything within 15 minutes, sealed by the key of the other region", async () => {
    const { recorded, buckets } = await made();
    new DataBucketsReplica("assets-replica", {
      name: "tradegraph-dev-assets-replica",
      source: buckets.assets,
      sourceKeyArn: key("data"),
      replicaName: "tradegraph-dev-assets-replica-111111111111",
      replicaRegion: "us-west-2",
      replicaKeyArn: "arn:aws:kms:us-west-2:111111111111:key/1",
      keepOldVersionsDays: 30,
      emptyOnDestroy: false,
    });
    const { inputs } = await recorded.only("s3.BucketReplicationConfig");
    expect(inputs["rules"]).toMatchObject([
      {
        status: "Enabled",
        deleteMarkerReplication: { status: "Enabled" },
        destination: {
          encryptionConfiguration: { replicaKmsKeyId: "arn:aws:kms:us-west-2:111111111111:key/1" },
          replicationTime: { time: { minutes: 15 } },
        },
      },
    ]);
    const inOtherRegion = (await recorded.all()).filter(({ inputs: { region } }) => region === "us-west-2");
    expect(new Set(inOtherRegion.map(({ name }) => name))).toEqual(new Set(["assets-replica"]));
    expect(inOtherRegion).toHaveLength(7);
  });
});
