// What a person reads after `up`: a stack without an image is no failure, but nothing answers yet.
import { type Settings } from "./settings.ts";

/** The digest in the stack files of this repository, with which the tests run; nobody has pushed an image of it. */
const EXAMPLE = `sha256:${"1".repeat(64)}`;

/** Whether the stack file still has the digest it came with. */
export const isExample = ({ imageDigest }: Pick<Settings, "imageDigest">): boolean => imageDigest === EXAMPLE;

/** Steps to the next release, in order; scripts/deploy.sh does them all. */
export function nextSteps(
  { imageDigest, migrateDigest }: Pick<Settings, "imageDigest" | "migrateDigest">,
  repository: string,
): string[] {
  const set = (setting: string) => `pulumi config set tradegraph-application:${setting} sha256:...`;
  const push = `Push the image to ${repository} and note its digest.`;
  const define = `${set("migrateDigest")}, then pulumi up: it defines the jobs of the release.`;
  const jobs =
    "Run the outputs databaseUsers (not where it is null), then migrate, by aws ecs run-task; each must end with 0.";
  const services = `${set("imageDigest")}, then pulumi up: services start.`;
  if (isExample({ imageDigest })) {
    return [
      "imageDigest is the example of the stack file: services cannot start. Remove the line, and pulumi up.",
      ...[push, define, jobs, services],
    ];
  }
  if (imageDigest !== "")
    return [`${imageDigest} runs. The next release: scripts/deploy.sh, docs/DEPLOY-CHECKLIST.md.`];
  if (migrateDigest !== "") return ["No service runs yet, its jobs are defined.", jobs, services];
  return [
    "No service runs: there is no image yet. scripts/deploy.sh takes these steps, or by hand:",
    push,
    define,
    jobs,
    services,
  ];
}
