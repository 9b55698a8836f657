import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { PrivateBucket, type PrivateBucketArgs } from "./private-bucket.ts";

const made = async (changed: Partial<PrivateBucketArgs> = {}) => {
  const recorded = await mockEngine();
  new PrivateBucket("files", {
    name: "tradegraph-dev-files-111111111111",
    keyArn: "arn:aws:kms:us-east-1:111111111111:key/1",
    keepOldVersionsDays: 30,
    lifecycle: [
      { id: "tiering", status: "Enabled", filter: {}, transitions: [{ days: 0, storageClass: "INTELLIGENT_TIERING" }] },
    ],
    statements: (arn) => [
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:root" }, Action: "s3:GetObject", Resource: arn },
    ],
    ...changed,
  });
  return recorded;
};

describe("PrivateBucket", () => {
  it("encrypts with the key it was given", async () => {
    const { inputs } = await (await made()).only("s3.BucketServerSideEncryptionConfiguration");
    expect(inputs["rules"]).toEqual([
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: "arn:aws:kms:us-east-1:111111111111:key/1",
        },
        bucketKeyEnabled: true,
      },
    ]);
  });

  it("goes with what is in it only where that was said", async () => {
    const forced = async (changed: Partial<PrivateBucketArgs>) =>
      (await (await made(changed)).only("s3.Bucket")).inputs["forceDestroy"];
    expect(await forced({ emptyOnDestroy: true })).toBe(true);
    for (const changed of [{}, { emptyOnDestroy: false }]) expect(await forced(changed)).toBeUndefined();
  });

  it("shuts out the public in all four ways", async () => {
    const { inputs } = await (await made()).only("s3.BucketPublicAccessBlock");
    const { bucket: _, ...switches } = inputs;
    expect(
      Object.entries(switches)
        .map(([name, on]) => `${name} ${String(on)}`)
        .sort(),
    ).toEqual([
      "blockPublicAcls true",
      "blockPublicPolicy true",
      "ignorePublicAcls true",
      "restrictPublicBuckets true",
    ]);
  });

  it("refuses requests without TLS before it allows anything", async () => {
    const { inputs } = await (await made()).only("s3.BucketPolicy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: Record<string, unknown>[] };
    expect(Statement[0]).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
      Resource: ["arn:aws:s3:us-east-1:111111111111:files", "arn:aws:s3:us-east-1:111111111111:files/*"],
    });
    expect(Statement).toHaveLength(2);
  });

  it("keeps versions, and drops old ones after the days it was told", async () => {
    const recorded = await made();
    const versioning = await recorded.only("s3.BucketVersioning");
    expect(versioning.inputs["versioningConfiguration"]).toEqual({ status: "Enabled" });
    const { inputs } = await recorded.only("s3.BucketLifecycleConfiguration");
    const rules = inputs["rules"] as { id: string; noncurrentVersionExpiration?: object }[];
    expect(rules.map(({ id }) => id)).toEqual(["old-versions", "broken-uploads", "tiering"]);
    expect(rules[0]?.noncurrentVersionExpiration).toEqual({ noncurrentDays: 30 });
  });
});
