// A Redis of a test's own, which may stand still, or die and come back under the same address.
import { join } from "node:path";
import process from "node:process";
import { resolveRedis } from "@tradegraph/devservices/resolve-redis";
import { type RunningProcess, startProcess } from "@tradegraph/devservices/start-process";
import { startRedis } from "@tradegraph/devservices/start-redis";

export interface OwnRedis {
  uri: string;
  /** As a power cut would: nothing is written, no connection is closed in order. */
  kill: () => Promise<void>;
  /** After {@link kill}: with what it saved last, which is nothing unless a test saves. */
  startAgain: () => Promise<void>;
  /** Takes connections and commands, and answers none. */
  freeze: () => void;
  thaw: () => void;
  stop: () => Promise<void>;
}

/** @returns undefined where no Redis server can be had */
export async function startOwnRedis(): Promise<OwnRedis | undefined> {
  const server = await resolveRedis({});
  if (!server || server.uri !== undefined) return undefined;
  const { binary } = server;
  const first = await startRedis({ server, ephemeral: true });
  let current: RunningProcess = first.process;
  let isFrozen = false;
  const thaw = () => {
    process.kill(current.pid, "SIGCONT");
    isFrozen = false;
  };
  return {
    uri: first.uri,
    async kill() {
      process.kill(current.pid, "SIGKILL");
      await current.exited;
    },
    freeze() {
      process.kill(current.pid, "SIGSTOP");
      isFrozen = true;
    },
    thaw,
    async startAgain() {
      const logFile = join(first.folder, "again.log");
      const args = [join(first.folder, "redis.conf")];
      current = await startProcess({ command: binary, args, role: "redis", logFile, background: true });
    },
    async stop() {
      if (isFrozen) thaw();
      if (current !== first.process) await current.stop(2_000);
      await first.stop();
    },
  };
}
