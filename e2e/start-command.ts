// `pnpm start` as a user runs it, on ports and data of its own.
import {
  type ChildProcessWithoutNullStreams,
  spawn,
  type SpawnOptionsWithoutStdio,
  spawnSync,
} from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import process from "node:process";
import { childEnvironment } from "@tradegraph/devservices/env";
import { programPorts } from "@tradegraph/testkit/program-ports";

const root = resolve(import.meta.dirname, "..");

export interface StartCommand {
  child: ChildProcessWithoutNullStreams;
  output: () => string;
  /** Resolves when the text was printed. @throws Error with the output when the command ends before, or after `limitMs` */
  printed: (text: string | RegExp, limitMs?: number) => Promise<void>;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

/** Ports for one graph, as the variables that `start` reads. */
export async function freePortVariables(): Promise<Record<string, string>> {
  const names = ["GATEWAY_PORT", "PRODUCTS_PORT", "ORDERS_PORT", "USERS_PORT", "CONTENT_PORT", "OPERATOR_PORT"];
  const ports = await programPorts(names.length);
  return Object.fromEntries(names.map((name, index) => [name, String(ports[index])]));
}

export function runStart(dataDir: string, env: Record<string, string>, args: string[] = []): StartCommand {
  return observe(spawn(process.execPath, ["scripts/start.ts", "--data", dataDir, ...args], settings(env)));
}

/** In a terminal of its own, made by util-linux's `script`: what is written to `child.stdin` is typed there. */
export function runStartInTerminal(dataDir: string, env: Record<string, string>): StartCommand {
  const command = `exec '${process.execPath}' scripts/start.ts --data '${dataDir}'`;
  return observe(spawn("script", ["-qec", command, "/dev/null"], settings(env)));
}

/** Whether this machine has that `script`; the one of macOS is another program. */
export const hasTerminal = (): boolean =>
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ?? false;

const settings = (env: Record<string, string>): SpawnOptionsWithoutStdio => ({
  cwd: root,
  env: childEnvironment({ NODE_ENV: "development", ...env }),
});

function observe(child: ChildProcessWithoutNullStreams): StartCommand {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return {
    child,
    output: () => text,
    ended,
    printed: (wanted, limitMs = 150_000) =>
      new Promise<void>((done, fail) => {
        const giveUp = (why: string) => {
          clearInterval(look);
          fail(new Error(`${why}, before it printed ${String(wanted)}:\n${text}`));
        };
        const deadline = performance.now() + limitMs;
        const look = setInterval(() => {
          if (typeof wanted === "string" ? text.includes(wanted) : wanted.test(text)) {
            clearInterval(look);
            done();
          } else if (child.exitCode !== null) giveUp(`It ended with ${child.exitCode}`);
          else if (performance.now() > deadline) giveUp(`${limitMs} ms went by`);
        }, 50);
      }),
  };
}

export interface Child {
  pid: number;
  role: string;
}

/** Processes that the running `start` has begun. */
export async function childrenOf(dataDir: string): Promise<Child[]> {
  const ledger = JSON.parse(await readFile(join(dataDir, "processes.json"), "utf8")) as { children: Child[] };
  return ledger.children;
}

export function isAlive({ pid }: Child): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Processes whose command line names this data folder, or that listen for one of its programs, recorded or not. */
export async function processesOf(dataDir: string, env: Record<string, string>): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
    const command = (await read("cmdline")).replaceAll("\0", " ");
    const ours = (await read("environ")).split("\0").includes(`GATEWAY_PORT=${env.GATEWAY_PORT}`);
    if (command !== "" && (ours || command.includes(dataDir))) found.push(command);
  }
  return found;
}
