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

  it("keeps as many images as it was told", async () => {
    const { inputs } = await (await made()).only("ecr.LifecyclePolicy");
    const { rules } = JSON.parse(String(inputs["policy"])) as { rules: { selection: Record<string, unknown> }[] };
    expect(rules.map(({ selection }) => [selection["tagStatus"], selection["countNumber"]])).toEqual([
      ["untagged", 7],
      ["any", 30],
    ]);
  });
});
