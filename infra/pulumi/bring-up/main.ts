// usage: pnpm infra:up --stack <dev|staging|prod> [--yes] [--settings <folder>] [--secrets-provider <url>]
// Brings up the programs of a stack in order, each after a preview and a question, with the policy pack looking on. Stops at the
// first that is refused and says how to go on; never destroys. --settings: a folder with <program>/Pulumi.yaml and stack files
// of your own, else those of programs/. --secrets-provider: makes stacks that are not there yet (awskms://…, `passphrase`).
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { STSClient } from "@aws-sdk/client-sts";
import {
  LocalWorkspace,
  type PreviewOptions,
  type PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { Command } from "commander";
import { programs } from "../programs/order.ts";
import { type Cli, findCli, HOW_TO_GET } from "../testing/engine/cli.ts";
import { commandOf } from "../testing/engine/open-engine.ts";
import { bringUp, type Run, type Target } from "./bring-up.ts";
import { stackOption } from "./stack-option.ts";
import { RELEASED, withRunningImage } from "./running-image.ts";
import { person, type Person } from "./terminal.ts";

const policyPacks = [resolve(import.meta.dirname, "../policy")];

interface Options {
  stack: string;
  settings: string;
  secretsProvider: string | undefined;
}

type GlobalRun = Pick<PreviewOptions, "configFile" | "policyPacks" | "onOutput" | "onError" | "signal">;

/** A reason to stop before anything was begun: one line, no trace. */
class Refusal extends Error {}

function readOptions(): Options & { yes: boolean } {
  const given = new Command("infra:up")
    .description("Brings up the programs of a stack in order, each after a preview and a question; never destroys.")
    .addOption(stackOption())
    .option("--yes", "do not ask")
    .option(
      "--settings <folder>",
      "a folder with <program>/Pulumi.yaml and stack files",
      resolve(import.meta.dirname, "../programs"),
    )
    .option("--secrets-provider <url>", "makes stacks that are not there yet: awskms://…, or `passphrase`")
    .parse()
    .opts<{ stack: string; yes?: true; settings: string; secretsProvider?: string }>();
  return {
    ...{ stack: given.stack, yes: given.yes === true, secretsProvider: given.secretsProvider },
    settings: resolve(given.settings),
  };
}

async function foundCli(): Promise<Cli> {
  const cli = await findCli();
  if (!cli) throw new Refusal(HOW_TO_GET);
  return cli;
}

/** Looks for credentials where the provider of AWS will, so that their lack is one line and not a page. */
async function wantCredentials(): Promise<void> {
  try {
    await new STSClient({ region: "us-east-1" }).config.credentials();
  } catch {
    throw new Refusal("no credentials for AWS: `aws sso login` and AWS_PROFILE, or a role in the environment");
  }
}

async function openStack(program: string, options: Options, pulumiCommand: PulumiCommand): Promise<Stack> {
  const { stack: stackName, settings, secretsProvider } = options;
  const place = { stackName, workDir: join(settings, program) };
  try {
    if (!secretsProvider) return await LocalWorkspace.selectStack(place, { pulumiCommand });
    return await LocalWorkspace.createOrSelectStack(place, { pulumiCommand, secretsProvider });
  } catch (error) {
    const { message } = error as Error;
    if (/no stack named/.test(message)) {
      throw new Refusal(
        `${program} has no stack ${stackName} yet: --secrets-provider <url> makes it (bootstrap's output)`,
      );
    }
    const reason = message.split("\n").find((line) => /error:/.test(line)) ?? message.split("\n")[0];
    throw new Refusal(
      `${program}: ${reason?.replace(/^.*error: /, "")} (\`pulumi login\`, see infra/pulumi/README.md)`,
    );
  }
}

function targetOf(name: string, open: () => Promise<Stack>, { signal }: Person): Target {
  let opened: Promise<Stack> | undefined;
  const onOutput = (text: string) => void process.stdout.write(text);
  const stack = () => (opened ??= open());
  /** Calls `run` with the options of both commands. */
  const running = async <T>(run: (stack: Stack, options: GlobalRun) => Promise<T>): Promise<T> => {
    const options = { policyPacks, onOutput, onError: onOutput, signal };
    const { workspace, name: stackName } = await stack();
    if (name !== RELEASED) return run(await stack(), options);
    const file = join(workspace.workDir, `Pulumi.${stackName}.yaml`);
    const configFile = await withRunningImage(file, await (await stack()).outputs());
    try {
      return await run(await stack(), { ...options, configFile });
    } finally {
      await rm(dirname(configFile), { recursive: true });
    }
  };
  return {
    name,
    preview: async (): Promise<Run> => {
      const { changeSummary } = await running((opened, options) => opened.preview(options));
      return { changes: { ...(changeSummary as Record<string, number>) } };
    },
    up: async (): Promise<Run> => {
      const { summary } = await running((opened, options) => opened.up(options));
      return { changes: { ...(summary.resourceChanges as Record<string, number>) } };
    },
  };
}

async function main(): Promise<void> {
  const options = readOptions();
  const command = await commandOf(await foundCli());
  await wantCredentials();
  const there = programs.filter((program) => existsSync(join(options.settings, program, "Pulumi.yaml")));
  if (there.length === 0) throw new Refusal(`${options.settings} has no <program>/Pulumi.yaml`);
  const human = person(options.yes);
  const targets = there.map((program) => targetOf(program, () => openStack(program, options, command), human));
  try {
    const ending = await bringUp(targets, human, `pnpm infra:up --stack ${options.stack}`);
    // 130 is what shells make of ^C.
    process.exitCode = ending === "done" ? 0 : ending === "stopped" ? 130 : 1;
  } finally {
    human.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
