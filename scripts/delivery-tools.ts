// pnpm delivery:tools: gets the checkers of workflows, scripts and manifests. actionlint and kustomize are built from their
// Go modules, shellcheck is taken out of its wheel; what is on PATH already stays.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { childEnvironment } from "@tradegraph/devservices/env";
import { findTool, toolFolder } from "./delivery-tools/find-tool.ts";

const exec = promisify(execFile);
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const KUSTOMIZE = "sigs.k8s.io/kustomize/kustomize/v5@v5.8.0";
const SHELLCHECK = join(import.meta.dirname, "delivery-tools/shellcheck.txt");

async function built(module: string, name: string, folder: string): Promise<string> {
  await exec("go", ["install", module], { env: childEnvironment({ GOBIN: folder }), maxBuffer: 1 << 26 });
  return join(folder, name);
}

const ways: Record<string, (folder: string) => Promise<string>> = {
  actionlint: (folder) => built(ACTIONLINT, "actionlint", folder),
  kustomize: (folder) => built(KUSTOMIZE, "kustomize", folder),
  shellcheck: async (folder) => {
    const flags = ["--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--disable-pip-version-check"];
    await exec("python3", ["-m", "pip", "install", ...flags, "--target", folder, "--requirement", SHELLCHECK]);
    return join(folder, "bin", "shellcheck");
  },
};

const folder = toolFolder();
await mkdir(folder, { recursive: true });
for (const [name, get] of Object.entries(ways)) {
  const before = await findTool(name);
  if (before !== undefined) {
    console.log(`${name} is there: ${before}`);
    continue;
  }
  const work = await mkdtemp(join(folder, "work-"));
  try {
    // Whole or not at all: another process may be looking for it.
    await rename(await get(work), join(folder, name));
    console.log(`${name} was fetched: ${join(folder, name)}`);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    console.error(`${name} could not be fetched: ${stderr?.trim().split("\n").at(-1) ?? message}`);
    process.exitCode = 1;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
