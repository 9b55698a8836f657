// usage: pnpm infra:engine
// Gets the Pulumi CLI for the tests of infra/pulumi and says how: found, official download, or built from Go modules.
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { buildCli } from "./build-cli.ts";
import { BUILT_VERSION, DOWNLOADED_VERSION, findCli, installRoot } from "./cli.ts";

const DOWNLOAD_MS = 180_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** The last line a command said, or the first of the error. */
const reason = (error: unknown): string => {
  const { stderr, message } = error as Error & { stderr?: string };
  return stderr?.trim().split("\n").at(-1) || (message.split("\n")[0] ?? "");
};

async function download(): Promise<void> {
  const install = PulumiCommand.install({ root: installRoot(DOWNLOADED_VERSION) });
  const late = new Promise<never>((_, fail) => {
    setTimeout(() => fail(new Error(`no answer within ${DOWNLOAD_MS / 1000} s`)), DOWNLOAD_MS).unref();
  });
  await Promise.race([install, late]);
}

async function get(): Promise<void> {
  const before = await findCli();
  if (before) return say(`pulumi ${before.version} is there (${before.from}): ${before.command}`);
  for (const [how, way, patience] of [
    ["downloaded", download, ""],
    [
      "built from its Go modules",
      () => buildCli(installRoot(BUILT_VERSION)),
      ", which takes some minutes the first time",
    ],
  ] as const) {
    say(`pulumi is being ${how}${patience}`);
    try {
      await way();
    } catch (error) {
      say(`pulumi could not be ${how}: ${reason(error)}`);
      continue;
    }
    const cli = await findCli();
    if (cli) return say(`pulumi ${cli.version} was ${how}: ${cli.command}`);
  }
  say("Install the Pulumi CLI by hand (see its site), or Go 1.25 or newer, and try again.");
  process.exitCode = 1;
}

await get();
// A download that hangs must not keep the process.
process.exit();
