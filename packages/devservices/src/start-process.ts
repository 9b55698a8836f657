// One child process: own group, output to a file, entered in the ledger, ended with this process.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, renameSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { signalGroup, type ProcessLedger } from "./process-ledger.ts";

export interface StartProcessOptions {
  command: string;
  args: string[];
  role: string;
  /** Takes stdout and stderr; the file of the run before is kept as `<logFile>.1`. */
  logFile: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  ledger?: ProcessLedger;
  /** Does not keep this process alive: when nothing else does, it exits and the child is ended. */
  background?: boolean;
  /** Called synchronously when this process exits while the child still runs, after the child got its signal. */
  onParentExit?: () => void;
  /** Sent when this process exits while the child still runs. */
  parentExitSignal?: "SIGTERM" | "SIGKILL";
}

export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  pid: number;
  role: string;
  logFile: string;
  /** Resolves, never rejects, when the process is gone. */
  exited: Promise<ProcessEnd>;
  /** SIGTERM to its group, SIGKILL after `limitMilliseconds` (10 s); resolves when it is gone. */
  stop(limitMilliseconds?: number): Promise<ProcessEnd>;
}

const endWithParent = new Set<() => void>();
let listening = false;

/** Starts a program. Rejects when it cannot be executed; an early exit shows in `exited`. */
export async function startProcess(options: StartProcessOptions): Promise<RunningProcess> {
  const { command, args, role, logFile, cwd, env, ledger } = options;
  const log = openLog(logFile);
  // detached: Ctrl-C goes to the terminal's whole group, and the caller alone decides the order of the shutdown.
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  const { pid } = child;
  if (pid !== undefined) ledger?.record({ pid, command: [command, ...args].join(" "), role });
  await once(child, "spawn");
  if (pid === undefined) throw new Error(`${command} has no process id`);

  const endNow = () => {
    signalGroup(pid, options.parentExitSignal ?? "SIGTERM");
    options.onParentExit?.();
  };
  listen();
  endWithParent.add(endNow);
  const exited = new Promise<ProcessEnd>((resolve) => {
    child.once("exit", (code, signal) => {
      endWithParent.delete(endNow);
      ledger?.forget(pid);
      resolve({ code, signal });
    });
  });
  if (options.background) child.unref();

  return {
    pid,
    role,
    logFile,
    exited,
    async stop(limitMilliseconds = 10_000) {
      child.ref();
      if (child.exitCode === null && child.signalCode === null) signalGroup(pid, "SIGTERM");
      const kill = setTimeout(() => signalGroup(pid, "SIGKILL"), limitMilliseconds);
      const end = await exited;
      clearTimeout(kill);
      return end;
    },
  };
}

/** The last lines of a log, for an error message; "" when there is none. */
export async function lastLogLines(logFile: string, count = 5): Promise<string> {
  const text = await readFile(logFile, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

function openLog(logFile: string): number {
  try {
    renameSync(logFile, `${logFile}.1`);
  } catch {
    // There was none.
  }
  return openSync(logFile, "a", 0o600);
}

function listen(): void {
  if (listening) return;
  listening = true;
  process.once("exit", () => {
    for (const end of endWithParent) end();
  });
}
