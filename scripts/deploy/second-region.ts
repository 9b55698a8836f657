// The second region runs what the first one runs: after each release it learns of the new image.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ReleaseError, UnknownStackError } from "./failure.ts";
import { type Stack } from "./options.ts";
import { type Pulumi } from "./pulumi.ts";
import { settingsIn } from "./stack-file.ts";

/** Whether the stack has one, by its own settings. @param program folder of `recovery` */
export async function hasSecondRegion(program: string, stack: Stack): Promise<boolean> {
  const text = await readFile(join(program, `Pulumi.${stack}.yaml`), "utf8").catch(() => undefined);
  if (text === undefined) return false;
  return settingsIn(text)["tradegraph-recovery:enabled"] === true;
}

/**
 * Brings the program `recovery` up, which takes the image from the outputs of `application`.
 *
 * @throws ReleaseError when it fails: the release itself stands
 */
export async function bringSecondRegion(pulumi: Pick<Pulumi, "up">, message: string): Promise<void> {
  try {
    await pulumi.up({ message });
  } catch (error) {
    if (error instanceof ReleaseError && error.ending === "interrupted") throw error;
    if (error instanceof UnknownStackError) {
      throw new ReleaseError(
        "secondRegion",
        "The release runs, but the second region that the settings want (`enabled: true`) was never made: " +
          `the state knows no stack ${error.stackName} of recovery.\n` +
          "Make it (docs/OPERATIONS.md, first deploy, step 12) or set `enabled: false`; nothing is to be released again.",
      );
    }
    const said = error instanceof Error ? error.message : String(error);
    throw new ReleaseError(
      error instanceof ReleaseError && error.ending === "locked" ? "locked" : "secondRegion",
      `The release runs, but the second region still has the image before: ${said}\n` +
        "Mend it and start the same release again, or `pulumi up` in infra/pulumi/programs/recovery.",
    );
  }
}
