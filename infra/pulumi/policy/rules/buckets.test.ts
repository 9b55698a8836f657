import { describe, expect, it } from "vitest";
import { examine, type Example, UNKNOWN } from "../examine.ts";
import { buckets } from "./buckets.ts";

const refers = { bucket: ["assets"] };
const refusal = (changed: object = {}) =>
  JSON.stringify({
    Statement: [
      {
        ...{ Effect: "Deny", Principal: "*", Action: "s3:*" },
        Condition: { Bool: { "aws:SecureTransport": "false" } },
        ...changed,
      },
    ],
  });
const tls = refusal();
const good: Example[] = [
  { kind: "s3.Bucket", name: "assets", props: { bucket: "tradegraph-prod-assets" } },
  {
    kind: "s3.BucketPublicAccessBlock",
    name: "closed",
    props: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    refers,
  },
  {
    kind: "s3.BucketVersioning",
    name: "versions",
    props: { versioningConfiguration: { status: "Enabled" } },
    refers,
  },
  {
    kind: "s3.BucketServerSideEncryptionConfiguration",
    name: "encryption",
    props: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN } }] },
    refers,
  },
  { kind: "s3.BucketPolicy", name: "policy", props: { policy: tls }, refers },
];
const without = (name: string, props?: Record<string, unknown>) =>
  good.flatMap((one) => (one.name === name ? (props ? [{ ...one, props }] : []) : [one]));

describe("the rule on buckets", () => {
  it("accepts what PrivateBucket makes, before and after its policy is known", async () => {
    expect(await examine(buckets, good)).toEqual([]);
    expect(await examine(buckets, without("policy", { policy: UNKNOWN }))).toEqual([]);
  });

  it("names the bucket that lacks something", async () => {
    expect(await examine(buckets, without("closed"))).toEqual(["assets: nothing blocks public access"]);
    expect(await examine(buckets, without("closed", { blockPublicAcls: true }))).toHaveLength(1);
    expect(await examine(buckets, without("versions"))).toEqual(["assets: old versions are not kept"]);
    expect(await examine(buckets, without("encryption"))).toEqual(["assets: no key of ours encrypts it"]);
    expect(await examine(buckets, without("policy"))).toEqual(["assets: it takes connections without TLS"]);
    expect(await examine(buckets, without("policy", { policy: "{}" }))).toHaveLength(1);
    const allows = refusal({ Effect: "Allow" });
    expect(await examine(buckets, without("policy", { policy: allows }))).toHaveLength(1);
  });

  it("lets load balancers write into a bucket with a key of S3, and nobody else", async () => {
    const plain = without("encryption", {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    expect(await examine(buckets, plain)).toEqual(["assets: no key of ours encrypts it"]);
    const logs = plain.map((one) =>
      one.name === "assets" ? { ...one, props: { bucket: "tradegraph-prod-alb-logs-1" } } : one,
    );
    expect(await examine(buckets, logs)).toEqual([]);
  });
});
