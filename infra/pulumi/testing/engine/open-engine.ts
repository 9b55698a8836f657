// A Pulumi engine of its own for a test: home, state and plugins in a temporary folder, the stub instead of AWS, and a proxy
// that nobody serves, so that a call to the network fails at once instead of succeeding somewhere.
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { type Control } from "../aws-stub/control.ts";
import { awsVersion } from "../aws-schema/version.ts";
import { readHost } from "../env.ts";
import { type Cli, findCli, HOW_TO_GET } from "./cli.ts";
import { openStack, type StackOptions, type StackRun } from "./stack-run.ts";

const testing = dirname(import.meta.dirname);

export interface Engine {
  /** A stack of one of programs/; its configuration is that of Pulumi.<stack>.yaml, plus what the options change. */
  stack: (program: string, stack: string, options?: StackOptions) => Promise<StackRun>;
  /** What the stub breaks from now on; nothing without an argument. */
  inject: (control?: Control) => Promise<void>;
  /** What a tool needs in its environment to work on these stacks through the CLI itself. */
  environment: Record<string, string>;
  /** Removes everything. */
  close: () => Promise<void>;
}

/**
 * Opens an engine; stacks of one engine see each other through stack references.
 * @param options `checkpoints`: the state is written after every step, as where people work, and not only at the end
 * @throws where there is no Pulumi CLI, with the line that says how to get it.
 */
export async function openEngine({ checkpoints = false } = {}): Promise<Engine> {
  const cli = await findCli();
  if (!cli) throw new Error(HOW_TO_GET);
  const folder = await mkdtemp(join(tmpdir(), "tradegraph-infra-"));
  const control = join(folder, "control.json");
  const environment = await prepare(folder, control, cli);
  const { command } = cli;
  // Two thirds of what an `up` of 370 resources costs is writing the whole state after each of them.
  const env = checkpoints ? environment : { ...environment, PULUMI_SKIP_CHECKPOINTS: "true" };
  return {
    stack: (program, stack, options) => openStack({ folder, env, command, program, stack }, options),
    environment,
    inject: async (what = {}) => {
      // Whole or not at all: the stub may be reading it.
      await writeFile(`${control}.new`, JSON.stringify(what));
      await rename(`${control}.new`, control);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function prepare(folder: string, control: string, cli: Cli): Promise<Record<string, string>> {
  const [bin, home, state] = ["bin", "home", "state"].map((name) => join(folder, name)) as [string, string, string];
  const plugin = join(home, "plugins", `resource-aws-v${awsVersion}`);
  for (const path of [bin, home, state, plugin]) await mkdir(path, { recursive: true });
  await program(join(plugin, "pulumi-resource-aws"), "aws-stub/main.ts");
  if (!cli.hasLanguageHost) await program(join(bin, "pulumi-language-nodejs"), "language-host/main.ts");
  const nowhere = "http://127.0.0.1:9";
  return {
    PATH: [dirname(cli.command), bin, dirname(process.execPath), ...readHost().searchPath].join(delimiter),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "tests only",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_ACCESS_TOKEN: "",
    AWS_STUB_CONTROL: control,
    // Every run starts three Node processes with much code: compiled once, kept by Node's own version.
    NODE_COMPILE_CACHE: join(readHost().cacheFolder, "compile-cache"),
    ...{ HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, NO_PROXY: "127.0.0.1,localhost" },
  };
}

/** The CLI wants executables: a line of shell that becomes Node on one of our files. */
async function program(path: string, file: string): Promise<void> {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  await writeFile(path, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(join(testing, file))} "$@"\n`);
  await chmod(path, 0o755);
}

/** The Automation API's handle on the CLI. It looks for `bin/pulumi` below a root, which a folder of PATH need not be. */
export const commandOf = (cli: Cli): Promise<PulumiCommand> =>
  PulumiCommand.get({
    ...(cli.from === "cache" ? { root: dirname(dirname(cli.command)) } : {}),
    // The SDK may be newer than the CLI; findCli has looked at the version.
    skipVersionCheck: true,
  });
