import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ReleaseError, UnknownStackError } from "./failure.ts";
import { bringSecondRegion, hasSecondRegion } from "./second-region.ts";

describe("the second region", () => {
  let program: string;
  beforeAll(async () => {
    program = await mkdtemp(join(tmpdir(), "recovery-"));
    const settings = (text: string) => `config:\n  tradegraph-recovery:account: "1"\n${text}`;
    await writeFile(join(program, "Pulumi.prod.yaml"), settings("  tradegraph-recovery:enabled: true\n"));
    await writeFile(join(program, "Pulumi.dev.yaml"), settings(""));
  });
  afterAll(() => rm(program, { recursive: true }));

  it.each([
    ["prod", true],
    ["dev", false],
    ["staging", false],
  ] as const)("of %s is there: %s", async (stack, expected) => {
    expect(await hasSecondRegion(program, stack)).toBe(expected);
  });

  it("of the repository is prod's alone", async () => {
    const own = join(import.meta.dirname, "../../infra/pulumi/programs/recovery");
    const found = await Promise.all((["dev", "staging", "prod"] as const).map((stack) => hasSecondRegion(own, stack)));
    expect(found).toEqual([false, false, true]);
  });

  it("is told with the words of the release", async () => {
    const told: unknown[] = [];
    await bringSecondRegion({ up: async (run) => void told.push(run) }, "release sha256:1");
    expect(told).toEqual([{ message: "release sha256:1" }]);
  });

  it("that was never made is to be made: it has no image before, and the release has touched everything", async () => {
    const up = () => Promise.reject(new UnknownStackError("prod"));
    const ended = bringSecondRegion({ up }, "release");
    await expect(ended).rejects.toMatchObject({
      ending: "secondRegion",
      message: expect.stringMatching(
        /^The release runs, but .* was never made: the state knows no stack prod of recovery/,
      ) as unknown,
    });
    await expect(ended).rejects.not.toThrow(/Nothing was touched|image before|very first release/);
  });

  it.each([
    ["failed", "secondRegion"],
    ["locked", "locked"],
  ] as const)("that %s leaves the release as it is, and says so", async (ending, expected) => {
    const up = () => Promise.reject(new ReleaseError(ending, "no such thing"));
    await expect(bringSecondRegion({ up }, "release")).rejects.toMatchObject({
      ending: expected,
      message: expect.stringContaining(
        "The release runs, but the second region still has the image before: no such",
      ) as unknown,
    });
  });
});
