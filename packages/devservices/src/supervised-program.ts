import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { type Service } from "../../../services.ts";
import { type ProcessLedger } from "./process-ledger.ts";
import { type LocalGraph, programEnvironment } from "./program-environment.ts";
import { lastLogLines, type ProcessEnd, type RunningProcess, startProcess } from "./start-process.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

const repositoryRoot = resolve(import.meta.dirname, "../../..");

export interface SupervisionOptions {
  graph: LocalGraph;
  service: Service;
  logFolder: string;
  ledger?: ProcessLedger;
  /** Restart by itself when a source file changes. */
  watch?: boolean;
  /** Told when the program died and is started again. */
  onRestart?: (end: ProcessEnd, pauseMs: number) => void;
}

export interface SupervisedProgram {
  service: Service;
  /** Of the process that runs now. */
  pid: () => number;
  logFile: string;
  /** Resolves when `/ready?all=1` says so. @throws Error with the end of the log when it dies before */
  ready: () => Promise<void>;
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

/**
 * Starts a program and starts it again when it dies, as an orchestrator would: at once after a long life, with growing
 * pauses when it keeps dying.
 */
export async function startSupervised(options: SupervisionOptions): Promise<SupervisedProgram> {
  const { graph, service, logFolder, ledger } = options;
  const logFile = join(logFolder, `${service.name}.log`);
  await mkdir(logFolder, { recursive: true });
  let stopping = false;
  let isReady = false;
  const begin = () =>
    startProcess({
      command: process.execPath,
      args: [...(options.watch ? ["--watch", "--watch-preserve-output"] : []), ...service.command],
      role: service.name,
      logFile,
      cwd: repositoryRoot,
      env: programEnvironment(graph, service),
      ...(ledger && { ledger }),
    });
  let current: RunningProcess = await begin();
  const watchOver = async () => {
    for (let pause = 200; ; pause = Math.min(pause * 2, 5_000)) {
      const begun = performance.now();
      const end = await current.exited;
      if (stopping) return;
      if (performance.now() - begun > 10_000) pause = 200;
      options.onRestart?.(end, pause);
      await sleep(pause);
      if (stopping) return;
      current = await begin();
      // stop() came while the process began, and stopped the one before.
      if (stopping) void current.stop(30_000);
    }
  };
  const watching = watchOver();
  return {
    service,
    logFile,
    pid: () => current.pid,
    async ready() {
      const first = current;
      const died = first.exited.then(async ({ code, signal }) => {
        if (isReady || stopping) return;
        throw new Error(`${service.name} ended (${signal ?? `code ${code}`}):\n${await lastLogLines(logFile, 12)}`);
      });
      await Promise.race([
        waitUntilReady(`http://127.0.0.1:${graph.ports[service.name]}${service.probes.ready}?all=1`),
        died,
      ]);
      isReady = true;
    },
    async restart() {
      await current.stop();
    },
    async stop() {
      stopping = true;
      await current.stop(30_000);
      await watching;
    },
  };
}
