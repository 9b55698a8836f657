// Runs a program of this folder as a process of its own, for tests that kill it.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** Starts `test/<name>` and resolves with the process and the object it prints as its first line. */
export async function childScript(
  name: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; said: Record<string, unknown> }> {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    // eslint-disable-next-line no-restricted-syntax -- A test hands on its whole environment.
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), "line"),
    once(child, "exit").then(() => Promise.reject(new Error(`${name} ended before it said anything`))),
  ])) as [string];
  return { child, said: JSON.parse(line) as Record<string, unknown> };
}
