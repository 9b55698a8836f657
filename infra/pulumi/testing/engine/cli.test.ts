import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BUILT_VERSION, DOWNLOADED_VERSION, findCli, installRoot } from "./cli.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tradegraph-cli-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A folder with a `pulumi` that prints what it is told. */
async function cli(path: string, script: string): Promise<string> {
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "pulumi"), `#!/bin/sh\n${script}\n`);
  await chmod(join(path, "pulumi"), 0o755);
  return path;
}
const host = (...searchPath: string[]) => ({ searchPath, cacheFolder: join(folder, "cache") });
const kept = (version: string) => cli(join(installRoot(version, host()), "bin"), `echo v${version}`);

describe("findCli", () => {
  it("takes the first of PATH that is new enough and runs", async () => {
    const old = await cli(join(folder, "old"), "echo v2.25.1");
    const broken = await cli(join(folder, "broken"), "exit 1");
    const good = await cli(join(folder, "good"), "echo v3.260.0");
    await kept(DOWNLOADED_VERSION);
    expect(await findCli(host(old, broken, join(folder, "nothing"), good))).toEqual({
      command: join(good, "pulumi"),
      version: "3.260.0",
      from: "PATH",
      hasLanguageHost: false,
    });
  });

  it("takes what was kept otherwise, the download before the build", async () => {
    expect(await findCli(host())).toBeUndefined();
    await kept(BUILT_VERSION);
    expect(await findCli(host())).toMatchObject({ version: BUILT_VERSION, from: "cache" });
    const bin = await kept(DOWNLOADED_VERSION);
    await writeFile(join(bin, "pulumi-language-nodejs"), "");
    expect(await findCli(host())).toMatchObject({ version: DOWNLOADED_VERSION, from: "cache", hasLanguageHost: true });
  });
});
