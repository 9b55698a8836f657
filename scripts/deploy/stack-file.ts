// Pulumi.<stack>.yaml, and a copy of it with the image of a release: the file in git stays as it is.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMap, parse, parseDocument } from "yaml";
import { z } from "zod";
import { notStarted } from "./failure.ts";
import { type Stack } from "./options.ts";

export interface StackFile {
  /** "tradegraph-application": in front of every key. */
  project: string;
  account: string;
  region: string;
  text: string;
}

const projectFile = z.object({ name: z.string(), config: z.object({ region: z.object({ default: z.string() }) }) });
const stackFile = z.object({ config: z.record(z.string(), z.unknown()) });

/** The settings in a stack file, by "<project>:<setting>". */
export const settingsIn = (text: string): Record<string, unknown> => stackFile.parse(parse(text)).config;

/** @throws ReleaseError where one of both files is missing or wrong */
export async function readStackFile(program: string, stack: Stack): Promise<StackFile> {
  const read = async (name: string) => {
    const path = join(program, name);
    return readFile(path, "utf8").catch(() => {
      throw notStarted(`${path} is not there.`);
    });
  };
  const { name: project, config } = projectFile.parse(parse(await read("Pulumi.yaml")));
  const text = await read(`Pulumi.${stack}.yaml`);
  const settings = settingsIn(text);
  const account = settings[`${project}:account`];
  if (typeof account !== "string" || !/^\d{12}$/.test(account)) {
    throw notStarted(`Pulumi.${stack}.yaml names no account (${project}:account, 12 digits in quotes).`);
  }
  const region = settings[`${project}:region`] ?? config.region.default;
  return { project, account, region: String(region), text };
}

export interface ReleaseSettings {
  imageDigest: string;
  migrateDigest: string;
  previousDigest: string;
}

/** Calls `use` with a file that is the stack's own but for these settings; it is gone afterwards. */
export async function withSettings<T>(
  { project, text }: StackFile,
  settings: ReleaseSettings,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const document = parseDocument(text);
  const config = document.get("config");
  if (!isMap(config)) throw notStarted("The stack file has no `config`.");
  for (const [key, value] of Object.entries(settings)) config.set(`${project}:${key}`, value);
  const folder = await mkdtemp(join(tmpdir(), "tradegraph-deploy-"));
  try {
    const file = join(folder, "settings.yaml");
    await writeFile(file, document.toString());
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
