import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { EncryptionKeyReplica } from "./encryption-key-replica.ts";

describe("EncryptionKeyReplica", () => {
  it("is the other key's twin in its own region, under the account's rule", async () => {
    const recorded = await mockEngine("prod");
    const primaryKeyArn = "arn:aws:kms:us-east-1:111111111111:key/mrk-1";
    new EncryptionKeyReplica("fields", {
      name: "tradegraph-prod-fields",
      description: "Fields",
      account: "111111111111",
      region: "us-west-2",
      primaryKeyArn,
    });
    const { inputs } = await recorded.only("kms.ReplicaKey");
    expect(inputs).toMatchObject({ region: "us-west-2", primaryKeyArn, deletionWindowInDays: 30 });
    expect(String(inputs["policy"])).toContain("arn:aws:iam::111111111111:root");
    const alias = await recorded.only("kms.Alias");
    expect(alias.inputs).toMatchObject({ region: "us-west-2", name: "alias/tradegraph-prod-fields" });
  });
});
