// What must be true before a release begins.
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { notStarted } from "./failure.ts";
import { type DeployOptions } from "./options.ts";
import { type StackFile } from "./stack-file.ts";

/** What each tool is for, where it is missing. */
const howTo: Record<string, string> = {
  pulumi: "`pnpm infra:engine` gets it",
  git: "it says which commit is released",
  tar: "it reads the image's archive",
  skopeo: "it brings the image's archive to the registry (Debian package skopeo)",
  docker: "it builds the image; or say one by --image",
};

function toolsFor(from: DeployOptions["from"]): string[] {
  if (from === "build") return ["pulumi", "git", "tar", "skopeo", "docker"];
  return typeof from === "object" && "archive" in from ? ["pulumi", "git", "tar", "skopeo"] : ["pulumi"];
}

/** @throws ReleaseError naming every tool that is missing */
export async function assertTools(from: DeployOptions["from"], path: string): Promise<void> {
  const isThere = async (tool: string) => {
    const found = path.split(delimiter).map((folder) => access(join(folder, tool), constants.X_OK));
    return Promise.any(found).then(
      () => true,
      () => false,
    );
  };
  const missing: string[] = [];
  for (const tool of toolsFor(from)) if (!(await isThere(tool))) missing.push(`${tool}: ${howTo[tool] ?? ""}`);
  if (missing.length > 0) throw notStarted(`Not installed:\n${missing.map((line) => `  ${line}`).join("\n")}`);
}

/** @throws ReleaseError where credentials are missing or belong to another account than the stack */
export async function assertAccount({ account, region }: StackFile): Promise<void> {
  let actual: string | undefined;
  try {
    ({ Account: actual } = await new STSClient({ region }).send(new GetCallerIdentityCommand({})));
  } catch (error) {
    const { name, message } = error as Error;
    throw notStarted(`AWS does not know who you are (${name}: ${message}).`);
  }
  if (actual === account) return;
  throw notStarted(`These credentials are of account ${actual ?? "unknown"}; the stack lives in ${account}.`);
}
