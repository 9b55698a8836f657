import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withKeptPulumi } from "./kept-pulumi.ts";

describe("withKeptPulumi", () => {
  it("puts what was fetched behind everything else, the newest first", async () => {
    const cache = await mkdtemp(join(tmpdir(), "kept-pulumi-"));
    const root = join(cache, "tradegraph/pulumi-cli");
    for (const name of ["v3.99.0", "v3.270.0", "home"]) await mkdir(join(root, name, "bin"), { recursive: true });
    expect(withKeptPulumi("/usr/bin", cache)).toBe(`/usr/bin:${root}/v3.270.0/bin:${root}/v3.99.0/bin`);
    await rm(cache, { recursive: true });
    expect(withKeptPulumi("/usr/bin", cache)).toBe("/usr/bin");
  });
});
