// The CLI, called for one stack. Without the Automation API: its `up` asks for outputs (twice) and history afterwards, and each
// call costs a start and a million rounds of the passphrase's key derivation.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { childEnvironment } from "../env.ts";

const exec = promisify(execFile);

/** The CLI with the environment of an engine, in the folder of a stack's settings. */
export interface Caller {
  command: string;
  env: Record<string, string>;
  folder: string;
  stack: string;
}

/**
 * What the CLI prints.
 * @throws where it ends with anything but 0, with what it printed as an error.
 */
export async function callCli({ command, env, folder, stack }: Caller, ...args: string[]): Promise<string> {
  const { stdout } = await exec(command, [...args, "--stack", stack, "--non-interactive"], {
    cwd: folder,
    env: childEnvironment(env),
    maxBuffer: Infinity,
  });
  return stdout;
}

/** What an operation did, event by event, and why it failed, where it did. */
export async function eventsOf(
  caller: Caller,
  ...args: string[]
): Promise<{ events: EngineEvent[]; failure: Error | undefined }> {
  const log = await mkdtemp(join(caller.folder, "events-"));
  const file = join(log, "log.json");
  // The CLI knows --event-log only with this set.
  const env = { ...caller.env, PULUMI_DEBUG_COMMANDS: "true" };
  const failure = await callCli({ ...caller, env }, ...args, "--event-log", file).then(
    () => undefined,
    (error: Error) => error,
  );
  // None is written where the CLI gave up before it began.
  const text = await readFile(file, "utf8").catch(() => "");
  await rm(log, { recursive: true });
  const lines = text.split("\n").filter((line) => line !== "");
  return { events: lines.map((line) => JSON.parse(line) as EngineEvent), failure };
}
