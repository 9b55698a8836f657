import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { SecretSet, type SecretSetArgs } from "./secret-set.ts";

const made = async (changed: Partial<SecretSetArgs> = {}) => {
  const recorded = await mockEngine();
  new SecretSet("secrets", {
    name: "tradegraph-dev",
    keyArn: "arn:aws:kms:us-east-1:111111111111:key/secrets",
    recoveryDays: 7,
    secrets: { MAIL_URL: "smtps://…", "MONGODB_URI/orders": "mongodb://…" },
    ...changed,
  });
  return recorded;
};

describe("SecretSet", () => {
  it("seals each secret with our key and keeps it for a while after a deletion", async () => {
    const secrets = await (await made()).ofKind("secretsmanager.Secret");
    expect(secrets.map(({ inputs }) => inputs["name"])).toEqual([
      "tradegraph-dev/MAIL_URL",
      "tradegraph-dev/MONGODB_URI/orders",
    ]);
    for (const { inputs } of secrets) {
      expect(inputs).toMatchObject({
        kmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/secrets",
        recoveryWindowInDays: 7,
      });
      expect(inputs["replicas"]).toBeUndefined();
    }
  });

  it("gives none of them a value", async () => {
    expect((await (await made()).all()).filter(({ type }) => type.includes("SecretVersion"))).toEqual([]);
  });

  it("keeps a copy in the other region where there is one", async () => {
    const replica = { region: "us-west-2", keyArn: "arn:aws:kms:us-west-2:111111111111:key/1" };
    const [first] = await (await made({ replica })).ofKind("secretsmanager.Secret");
    expect(first?.inputs["replicas"]).toEqual([{ region: "us-west-2", kmsKeyId: replica.keyArn }]);
  });
});
