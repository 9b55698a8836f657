import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { ImageRepository } from "./image-repository.ts";

const made = async () => {
  const recorded = await mockEngine();
  new ImageRepository("images", { name: "app", keyArn: "arn:key", keepImages: 30, forceDelete: false });
  return recorded;
};

describe("ImageRepository", () => {
  it("never lets a tag move, scans what comes, and encrypts with the key it was given", async () => {
    const { inputs } = await (await made()).only("ecr.Repository");
    expect(inputs).toMatchObject({
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "arn:key" }],
      forceDelete: false,
    });
  });

  it("copies images to another region, into a repository that is as strict", async () => {
    const recorded = await mockEngine();
    const replica = { region: "us-west-2", account: "111111111111", keyArn: "arn:key:there" };
    new ImageRepository("images", { name: "app", keyArn: "arn:key", keepImages: 30, forceDelete: false, replica });
    const copy = (await recorded.ofKind("ecr.Repository")).find(({ name }) => name === "images-replica");
    expect(copy?.inputs).toMatchObject({
      region: "us-west-2",
      name: "app",
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "arn:key:there" }],
    });
    const { inputs } = await recorded.only("ecr.ReplicationConfiguration");
    expect(inputs["replicationConfiguration"]).toEqual({
      rules: [
        {
          destinations: [{ region: "us-west-2", registryId: "111111111111" }],
          repositoryFilters: [{ filter: "app", filterType: "PREFIX_MATCH" }],
        },
      ],
    });
  });

  it("keeps as many images as it was told", async () => {
    const { inputs } = await (await made()).only("ecr.LifecyclePolicy");
    const { rules } = JSON.parse(String(inputs["policy"])) as { rules: { selection: Record<string, unknown> }[] };
    expect(rules.map(({ selection }) => [selection["tagStatus"], selection["countNumber"]])).toEqual([
      ["untagged", 7],
      ["any", 30],
    ]);
  });
});
