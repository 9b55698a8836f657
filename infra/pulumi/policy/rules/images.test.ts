import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { images } from "./images.ts";

const digest = `1.dkr.ecr.us-east-1.amazonaws.com/tradegraph@sha256:${"a".repeat(64)}`;
const task = (image: string) => ({
  kind: "ecs.TaskDefinition",
  name: "gateway",
  props: { containerDefinitions: JSON.stringify([{ name: "gateway", image }]) },
});
const repository = (imageTagMutability: string, scanOnPush: boolean) => ({
  kind: "ecr.Repository",
  name: "images",
  props: { imageTagMutability, imageScanningConfiguration: { scanOnPush } },
});

describe("the rule on images", () => {
  it("accepts immutable tags, scans and digests", async () => {
    const collector = `public.ecr.aws/aws-observability/aws-otel-collector`;
    const others = task(`${collector}@sha256:${"b".repeat(64)}`);
    expect(await examine(images, [repository("IMMUTABLE", true), task(digest), others])).toEqual([]);
    // Whose registry it is does not matter: a tag of others moves as well.
    expect(await examine(images, [task(`${collector}:v0.43.1`)])).toHaveLength(1);
    const unknown = { kind: "ecs.TaskDefinition", name: "new", props: { containerDefinitions: UNKNOWN } };
    expect(await examine(images, [unknown])).toEqual([]);
  });

  it("refuses tags that move, images nobody scanned, and tasks that run a tag", async () => {
    expect(await examine(images, [repository("MUTABLE", false), task("tradegraph:latest")])).toEqual([
      "images: imageTagMutability is not IMMUTABLE",
      "images: scanOnPush is not true",
      "gateway: container gateway runs tradegraph:latest, which has no digest",
    ]);
  });
});
