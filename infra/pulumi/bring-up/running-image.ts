// Releases bring images (scripts/deploy.sh). Whoever brings settings up keeps the one that runs, whatever the stack file says.
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OutputMap } from "@pulumi/pulumi/automation/index.js";
import { parseDocument } from "yaml";

/** The program whose settings name an image. */
export const RELEASED = "application";

/**
 * A copy of a stack file with the images that the stack's outputs tell; none before the first release, which brings up what
 * stands around services.
 *
 * @param file Pulumi.<stack>.yaml of `application`
 * @returns path of the copy, in a folder of its own that the caller removes
 */
export async function withRunningImage(file: string, outputs: OutputMap): Promise<string> {
  const document = parseDocument(await readFile(file, "utf8"));
  const imageOf = (output: string): string => {
    const value: unknown = outputs[output]?.value;
    return typeof value === "string" ? value : "";
  };
  const settings = { imageDigest: imageOf("image"), previousDigest: imageOf("previousImage"), migrateDigest: "" };
  for (const [key, value] of Object.entries(settings))
    document.setIn(["config", `tradegraph-application:${key}`], value);
  const copy = join(await mkdtemp(join(tmpdir(), "tradegraph-bring-up-")), "settings.yaml");
  await writeFile(copy, document.toString());
  return copy;
}
