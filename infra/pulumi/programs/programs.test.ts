import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { stackNames } from "../lib/stack-name.ts";

interface Declared {
  type?: string;
  default?: unknown;
  secret?: boolean;
}
interface Project {
  name: string;
  config: Record<string, Declared>;
}

const programs = readdirSync(import.meta.dirname).filter((name) =>
  existsSync(join(import.meta.dirname, name, "Pulumi.yaml")),
);
const yamlOf = (program: string, file: string): unknown =>
  parse(readFileSync(join(import.meta.dirname, program, file), "utf8"));
const projectOf = (program: string) => yamlOf(program, "Pulumi.yaml") as Project;
const settingsOf = async (program: string) =>
  ((await import(join(import.meta.dirname, program, "settings.ts"))) as { settings: z.ZodRawShape }).settings;

describe.each(programs)("program %s", (program) => {
  it("is called like its folder", () => {
    expect(projectOf(program).name).toBe(`tradegraph-${program}`);
  });

  it("declares every setting it reads, with type and default, and no other", async () => {
    const { config } = projectOf(program);
    expect(Object.keys(config).sort()).toEqual(Object.keys(await settingsOf(program)).sort());
    for (const [key, declared] of Object.entries(config)) {
      expect(["string", "integer", "boolean", "array"], key).toContain(declared.type);
      // A secret has no default on purpose: it must not be in git.
      if (!declared.secret) expect(declared.default, key).toBeDefined();
    }
  });

  it.each(stackNames)(
    "has valid settings for %s that differ from the defaults only in declared keys",
    async (stack) => {
      const { name, config } = projectOf(program);
      const { config: given } = yamlOf(program, `Pulumi.${stack}.yaml`) as { config: Record<string, unknown> };
      const own = Object.entries(given).filter(([key]) => key.startsWith(`${name}:`));
      const values = Object.fromEntries(own.map(([key, value]) => [key.slice(name.length + 1), value]));
      expect(Object.keys(config)).toEqual(expect.arrayContaining(Object.keys(values)));
      const defaults = Object.fromEntries(Object.entries(config).map(([key, declared]) => [key, declared.default]));
      const parsed = z.object(await settingsOf(program)).safeParse({ ...defaults, ...values });
      expect(parsed.error?.issues ?? []).toEqual([]);
    },
  );

  it.each(stackNames)("takes no provider from the machine in %s", (stack) => {
    const { config } = yamlOf(program, `Pulumi.${stack}.yaml`) as { config: Record<string, unknown> };
    expect(config["pulumi:disable-default-providers"]).toEqual(["aws"]);
  });
});
