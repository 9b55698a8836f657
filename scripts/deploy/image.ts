// The image of a release: taken from the registry, out of an archive, or built from this tree. Always by digest.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  DescribeImagesCommand,
  type ECRClient,
  GetAuthorizationTokenCommand,
  type ImageDetail,
} from "@aws-sdk/client-ecr";
import { notStarted, ReleaseError } from "./failure.ts";

const exec = promisify(execFile);

export interface Registry {
  ecr: ECRClient;
  /** "111111111111.dkr.ecr.us-east-1.amazonaws.com/tradegraph-dev-app" */
  repository: string;
  say: (line: string) => void;
  signal?: AbortSignal | undefined;
}

/** "tradegraph-dev-app" */
export const nameOf = (repository: string) => repository.slice(repository.indexOf("/") + 1);

/** Of the image with this digest or tag; undefined where the registry has none. */
async function find({ ecr, repository }: Registry, id: { imageDigest?: string; imageTag?: string }) {
  try {
    const answer = await ecr.send(new DescribeImagesCommand({ repositoryName: nameOf(repository), imageIds: [id] }));
    return answer.imageDetails?.[0];
  } catch (error) {
    if ((error as Error).name === "ImageNotFoundException") return undefined;
    throw error;
  }
}

/** @throws ReleaseError where the registry has no such image */
export async function findImage(registry: Registry, digest: string): Promise<ImageDetail> {
  const found = await find(registry, { imageDigest: digest });
  if (!found) throw notStarted(`${registry.repository} has no image ${digest}.`);
  return found;
}

/**
 * Pushes an archive under the tag of its commit. The digest is the archive's own: what was scanned and signed is what runs.
 * @param commit tag; of an image that is there already nothing is pushed
 */
export async function pushArchive(registry: Registry, archive: string, commit: string): Promise<string> {
  const digest = await digestOf(archive);
  const { ecr, repository, say, signal } = registry;
  if (await find(registry, { imageDigest: digest })) {
    say(`image: ${digest} is in the registry`);
    return digest;
  }
  // Tags never move: a commit that is built again, on a newer base image, has a tag of its own.
  const isTaken = (await find(registry, { imageTag: commit })) !== undefined;
  const tag = isTaken ? `${commit}-${digest.slice(7, 19)}` : commit;
  const { authorizationData: [login] = [] } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const [user = "", password = ""] = Buffer.from(login?.authorizationToken ?? "", "base64")
    .toString()
    .split(":");
  say(`image: pushing ${digest} as ${tag}`);
  await withAuthFile(repository, `${user}:${password}`, (authFile) =>
    run(
      "skopeo",
      [
        ...["copy", "--all", "--preserve-digests", "--dest-authfile", authFile],
        ...[`oci-archive:${archive}`, `docker://${repository}:${tag}`],
      ],
      signal,
    ),
  );
  return digest;
}

/** Builds this tree for Fargate on ARM, as the workflows do. */
export async function buildArchive(folder: string, signal?: AbortSignal): Promise<string> {
  const archive = join(folder, "image.oci.tar");
  await run(
    "docker",
    [
      ...["buildx", "build", "--platform", "linux/arm64", "--provenance=false"],
      ...["--output", `type=oci,dest=${archive}`, "."],
    ],
    signal,
  );
  return archive;
}

/** The commit of a clean tree. @throws ReleaseError where it is not clean: what is built must be found again */
export async function cleanCommit(): Promise<string> {
  const git = async (...args: string[]) => (await exec("git", args)).stdout.trim();
  const changed = (await git("status", "--porcelain")).split("\n").filter(Boolean);
  if (changed.length > 0) {
    throw notStarted(
      `The tree has ${changed.length} changes that are in no commit; commit them, or say the image by --image.`,
    );
  }
  return git("rev-parse", "HEAD");
}

async function digestOf(archive: string): Promise<string> {
  let index: string;
  try {
    index = (await exec("tar", ["-xOf", archive, "index.json"])).stdout;
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    throw notStarted(`${archive} is no OCI archive: ${reason.split("\n")[0] ?? ""}`);
  }
  const { manifests = [] } = JSON.parse(index) as { manifests?: { digest: string }[] };
  const [only] = manifests;
  if (manifests.length !== 1 || !only)
    throw notStarted(`${archive} holds ${manifests.length} images, one was expected.`);
  return only.digest;
}

async function run(command: string, args: string[], signal?: AbortSignal): Promise<void> {
  try {
    await exec(command, args, { maxBuffer: 1 << 26, signal });
  } catch (error) {
    signal?.throwIfAborted();
    const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") throw notStarted(`${command} is not installed.`);
    throw new ReleaseError("failed", `${command} ${args[0] ?? ""} failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  }
}

/** The password reaches skopeo in a file of our own, not on its command line, where everybody on the machine sees it. */
async function withAuthFile(repository: string, login: string, use: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tradegraph-registry-"));
  try {
    const file = join(folder, "auth.json");
    const auths = { [repository.split("/")[0] ?? ""]: { auth: Buffer.from(login).toString("base64") } };
    await writeFile(file, JSON.stringify({ auths }), { mode: 0o600 });
    await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
