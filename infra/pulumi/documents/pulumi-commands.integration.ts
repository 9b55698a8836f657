// Pulumi's own CLI knows each command and flag that the pages tell people to type.
import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { childEnvironment, readHost } from "../testing/env.ts";
import { pulumiCommands } from "./pulumi-commands.ts";

const exec = promisify(execFile);
const root = resolve(import.meta.dirname, "../../..");
const cli = await findCli();
if (!cli) process.stdout.write(`skipped: ${HOW_TO_GET}\n`);

const pages = globSync(["docs/**/*.md", "infra/pulumi/README.md"], { cwd: root });
const told = pages.flatMap((page) => pulumiCommands(readFileSync(join(root, page), "utf8")));
const flagsOf = new Map<string, Set<string>>();
for (const { words, flags } of told) {
  const known = flagsOf.get(words.join(" ")) ?? new Set();
  flagsOf.set(words.join(" "), new Set([...known, ...flags]));
}

/** What `--help` prints of a command. */
async function helpOf(words: string): Promise<string> {
  const home = join(readHost().cacheFolder, "pulumi-cli", "home");
  const env = childEnvironment({ PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" });
  return (await exec(cli?.command ?? "", [...words.split(" "), "--help"], { env })).stdout;
}

/** What the CLI does not know of a command: of one that is none it prints the help of what is above it. It has other names. */
async function unknown(words: string, flags: Iterable<string>): Promise<string[]> {
  const help = await helpOf(words);
  const names = [...help.matchAll(/^ {2}pulumi ([a-z ]+)/gm), ...help.matchAll(/^ {2}(\w+(?:, \w+)+)$/gm)].flat();
  const last = words.split(" ").at(-1) ?? "";
  if (!names.some((name) => name.split(/[ ,]+/).includes(last))) return [`pulumi ${words}`];
  return [...flags].filter((flag) => !new RegExp(`(?:^|[\\s,])${flag}(?=[\\s,=])`, "m").test(help));
}

describe.skipIf(!cli)("Pulumi's CLI", { timeout: 120_000 }, () => {
  it.each([...flagsOf])("knows `pulumi %s` with its flags", async (words, flags) => {
    expect(await unknown(words, flags)).toEqual([]);
  });

  it("would hear of another flag, and of another command", async () => {
    expect(await unknown("stack init", ["--secrets-provider", "--secret-provider"])).toEqual(["--secret-provider"]);
    expect(await unknown("stack begin", [])).toEqual(["pulumi stack begin"]);
  });
});

describe("commands in pages", () => {
  it("are found in blocks and spans, with the flags that stand in front", () => {
    const text = "Then `pulumi -C infra/a up\n  --stack prod`.\n\n```sh\nB=$(pulumi stack output backend) X=1\n```\n";
    expect(pulumiCommands(text)).toEqual([
      { words: ["stack", "output"], flags: [] },
      { words: ["up"], flags: ["-C", "--stack"] },
    ]);
    expect(flagsOf.size).toBeGreaterThan(8);
  });
});
