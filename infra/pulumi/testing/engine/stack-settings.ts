// A copy of a program's project and stack files for a run: tests never write into programs/.
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";

/** Folder of a program of programs/, or the absolute folder it was given. */
export const programFolder = (program: string) => resolve(import.meta.dirname, "../../programs", program);

type Settings = Record<string, unknown>;

const yamlFile = async (file: string): Promise<Settings> => (parse(await readFile(file, "utf8")) ?? {}) as Settings;

/** What stands for a secret that only the real stack's key could open. */
export const PLACEHOLDER_SECRET = "placeholder-for-tests";

/**
 * Writes Pulumi.yaml and Pulumi.<stack>.yaml into `work`, with the program left where it is.
 * @param config values that replace or join those of the stack file; `undefined` removes one
 * @param otherMain file to run instead of the program's own
 */
export async function copySettings(
  work: string,
  program: string,
  stack: string,
  config: Settings = {},
  otherMain?: string,
): Promise<void> {
  const folder = programFolder(program);
  const project = await yamlFile(join(folder, "Pulumi.yaml"));
  const main = otherMain ?? resolve(folder, typeof project["main"] === "string" ? project["main"] : "index.ts");
  await writeFile(join(work, "Pulumi.yaml"), stringify({ ...project, main }));

  const stackFile = await yamlFile(join(folder, `Pulumi.${stack}.yaml`));
  const name = String(project["name"]);
  const values = { ...((stackFile["config"] ?? {}) as Settings) };
  for (const [key, value] of Object.entries(config)) {
    const full = key.includes(":") ? key : `${name}:${key}`;
    if (value === undefined) delete values[full];
    else values[full] = value;
  }
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === "object" && value !== null && "secure" in value) values[key] = PLACEHOLDER_SECRET;
  }
  // Neither secretsprovider nor encryptedkey: the run has a passphrase of its own.
  await writeFile(join(work, `Pulumi.${stack}.yaml`), stringify({ config: values }));
}
