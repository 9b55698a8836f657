// Builds the Pulumi CLI from its Go modules, for machines that reach a Go module proxy but not the vendor's site.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "../env.ts";
import { BUILT_VERSION } from "./cli.ts";

const exec = promisify(execFile);
const CLI = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** A module of our own: the CLI's has a `replace` that `go install` refuses. */
const goMod = `module tradegraph.example/pulumi-cli

go 1.25

require github.com/pulumi/pulumi/pkg/v3 v${BUILT_VERSION}

replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e

tool ${CLI}
`;

/**
 * Builds `bin/pulumi` below `root`: some minutes on two cores, 110 MB.
 * @throws where Go is not at hand or its modules are out of reach.
 */
export async function buildCli(root: string): Promise<void> {
  await mkdir(join(root, "bin"), { recursive: true });
  const work = await mkdtemp(join(root, "build-"));
  try {
    await writeFile(join(work, "go.mod"), goMod);
    // As background work: the machine stays usable.
    const go = (...args: string[]) =>
      exec("nice", ["-n", "19", "go", ...args], {
        cwd: work,
        env: childEnvironment({ GOFLAGS: "-mod=mod", GOWORK: "off" }),
        maxBuffer: 1 << 26,
      });
    await go("mod", "tidy");
    // Without the version the Automation API refuses the CLI; -s -w: nobody debugs it.
    const flags = `-s -w -X ${VERSION_VARIABLE}=v${BUILT_VERSION}`;
    await go("build", "-o", "pulumi", "-ldflags", flags, CLI);
    // Whole or not at all: another process may be looking for it.
    await rename(join(work, "pulumi"), join(root, "bin", "pulumi"));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
