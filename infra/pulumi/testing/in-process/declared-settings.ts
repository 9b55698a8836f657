// What a program's Pulumi.yaml and stack files say, for tests that choose other settings.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type z } from "zod";
import { type StackName } from "../../lib/stack-name.ts";
import { programFolder } from "../engine/stack-settings.ts";

export type Config = Record<string, unknown>;

interface Declared {
  type: "string" | "integer" | "boolean" | "array";
  default?: unknown;
}

const yamlOf = (program: string, file: string): unknown =>
  parse(readFileSync(join(programFolder(program), file), "utf8"));

/** Every setting by its name, as Pulumi.yaml declares it. */
export const declaredSettings = (program: string): Record<string, Declared> =>
  (yamlOf(program, "Pulumi.yaml") as { config: Record<string, Declared> }).config;

/** The defaults, and above them what the stack's file says. */
export function settingsOfStack(program: string, stack: StackName): Config {
  const defaults = Object.entries(declaredSettings(program)).map(([key, declared]) => [key, declared.default] as const);
  const { config } = yamlOf(program, `Pulumi.${stack}.yaml`) as { config: Config };
  const prefix = `tradegraph-${program}:`;
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  return {
    ...Object.fromEntries(defaults.filter(([, value]) => value !== undefined)),
    ...Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value])),
  };
}

interface SettingsModule {
  settings: z.ZodRawShape;
  together?: (settings: Config) => Record<string, string | false | undefined>;
}

/** What a program allows: each setting by itself, and all of them together. */
export const allowedBy = async (program: string): Promise<Required<SettingsModule>> => ({
  together: () => ({}),
  ...((await import(join(programFolder(program), "settings.ts"))) as SettingsModule),
});
