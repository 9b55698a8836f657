import { describe, expect, it } from "vitest";
import { examine, type Example, UNKNOWN } from "../examine.ts";
import { encryption } from "./encryption.ts";

const key = "arn:aws:kms:us-east-1:111111111111:key/1";
const good: Example[] = [
  { kind: "docdb.Cluster", name: "database", props: { storageEncrypted: true, kmsKeyId: key } },
  { kind: "docdb.GlobalCluster", name: "world", props: { sourceDbClusterIdentifier: UNKNOWN } },
  {
    kind: "elasticache.ReplicationGroup",
    name: "cache",
    props: { atRestEncryptionEnabled: true, transitEncryptionEnabled: true, kmsKeyId: key },
  },
  { kind: "elasticache.ServerlessCache", name: "small-cache", props: { kmsKeyId: key } },
  { kind: "efs.FileSystem", name: "files", props: { encrypted: true, kmsKeyId: key } },
  { kind: "sns.Topic", name: "topic", props: { kmsMasterKeyId: key } },
  { kind: "sqs.Queue", name: "queue", props: { kmsMasterKeyId: key } },
  { kind: "secretsmanager.Secret", name: "secret", props: { kmsKeyId: key } },
  { kind: "cloudtrail.Trail", name: "trail", props: { kmsKeyId: key, enableLogFileValidation: true } },
  { kind: "backup.Vault", name: "vault", props: { kmsKeyArn: key } },
  {
    kind: "ecr.Repository",
    name: "images",
    props: { encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key }] },
  },
  { kind: "kms.Key", name: "key", props: { enableKeyRotation: true } },
];

describe("the rule on encryption", () => {
  it("has nothing to say about resources with keys of ours", async () => {
    expect(await examine(encryption, good)).toEqual([]);
  });

  it.each(good.map(({ kind, name }) => [kind, name] as const))("finds a %s without any", async (kind, name) => {
    const found = await examine(encryption, [...good, { kind, name: "bare" }]);
    expect(found.length, name).toBeGreaterThan(0);
    expect(found.every((line) => line.startsWith("bare: "))).toBe(true);
  });

  it("refuses messages that travel in plain", async () => {
    const subscription = (protocol: string) => [{ kind: "sns.TopicSubscription", name: "pager", props: { protocol } }];
    expect(await examine(encryption, subscription("https"))).toEqual([]);
    expect(await examine(encryption, subscription("http"))).toHaveLength(1);
  });

  it("takes a key that is yet to be made for a key", async () => {
    const made = good.map(({ kind, name, props = {} }) => ({
      kind,
      name,
      props: Object.fromEntries(
        Object.entries(props).map(([field, value]) => [field, value === key ? UNKNOWN : value]),
      ),
    }));
    expect(await examine(encryption, made)).toEqual([]);
  });

  it("refuses keys of AWS and connections without TLS", async () => {
    const found = await examine(encryption, [
      { kind: "sns.Topic", name: "topic", props: { kmsMasterKeyId: "alias/aws/sns" } },
      {
        kind: "elasticache.ReplicationGroup",
        name: "cache",
        props: {
          atRestEncryptionEnabled: true,
          transitEncryptionEnabled: true,
          transitEncryptionMode: "preferred",
          kmsKeyId: key,
        },
      },
    ]);
    expect(found).toEqual([
      "topic: kmsMasterKeyId is a key of AWS: encrypt with one of ours",
      "cache: transitEncryptionMode lets clients come without TLS",
    ]);
  });
});
