import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { RELEASED, withRunningImage } from "./running-image.ts";

const file = join(import.meta.dirname, "../programs", RELEASED, "Pulumi.prod.yaml");
const [running, before] = ["a", "b"].map((letter) => `sha256:${letter.repeat(64)}`);
const output = (value: unknown) => ({ value, secret: false });

async function configOf(outputs: Parameters<typeof withRunningImage>[1]): Promise<Record<string, unknown>> {
  const copy = await withRunningImage(file, outputs);
  const text = await readFile(copy, "utf8");
  await rm(dirname(copy), { recursive: true });
  return (parse(text) as { config: Record<string, unknown> }).config;
}

describe("settings that are brought up between releases", () => {
  it("keep the image that runs and the one before it, and are the stack's own otherwise", async () => {
    const own = (parse(await readFile(file, "utf8")) as { config: Record<string, unknown> }).config;
    expect(await configOf({ image: output(running), previousImage: output(before) })).toEqual({
      ...own,
      "tradegraph-application:imageDigest": running,
      "tradegraph-application:previousDigest": before,
      "tradegraph-application:migrateDigest": "",
    });
  });

  it("start no image before the first release, whatever the stack file has as an example", async () => {
    expect((await configOf({}))["tradegraph-application:imageDigest"]).toBe("");
  });
});
