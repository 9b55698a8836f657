// A Redis of a test's own that stands still, or dies and comes back with what it saved last.
import { join } from "node:path";
import process from "node:process";
import { resolveRedis } from "@tradegraph/devservices/resolve-redis";
import { type RunningProcess, startProcess } from "@tradegraph/devservices/start-process";
import { startRedis } from "@tradegraph/devservices/start-redis";

export interface FailingRedis {
  uri: string;
  /** Takes connections and commands, and answers none. */
  freeze: () => void;
  thaw: () => void;
  /** As after a power cut, under the same address. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

/** @returns undefined where no Redis server can be had */
export async function startFailingRedis(): Promise<FailingRedis | undefined> {
  const server = await resolveRedis({});
  if (!server || server.uri !== undefined) return undefined;
  const { binary } = server;
  const first = await startRedis({ server, ephemeral: true });
  let current: RunningProcess = first.process;
  return {
    uri: first.uri,
    freeze: () => void process.kill(current.pid, "SIGSTOP"),
    thaw: () => void process.kill(current.pid, "SIGCONT"),
    async restart() {
      process.kill(current.pid, "SIGKILL");
      await current.exited;
      const args = [join(first.folder, "redis.conf")];
      const logFile = join(first.folder, "again.log");
      current = await startProcess({ command: binary, args, role: "redis", logFile, background: true });
    },
    async stop() {
      process.kill(current.pid, "SIGCONT");
      if (current !== first.process) await current.stop(2_000);
      await first.stop();
    },
  };
}
