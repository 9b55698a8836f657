// Every program of the benchmark runs in a process of its own, so that none borrows the other's heap or event loop.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type ChildMessage } from "./report-to-parent.ts";

export interface Child {
  pid: number;
  ports: number[];
  /** Processor time it has used so far. */
  cpuMicroseconds: () => Promise<number>;
  /** Memory that it takes now. */
  rssBytes: () => Promise<number>;
  stop: () => Promise<void>;
}

/** Starts a file of this folder and waits until it serves. @param options of Node. @throws Error when it ends before */
export async function startChild(file: string, args: string[] = [], options: string[] = []): Promise<Child> {
  const child = fork(join(import.meta.dirname, file), args, {
    execArgv: options,
    // Nothing of the caller's settings: both gateways run as in production.
    env: { NODE_ENV: "production", APOLLO_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const received = async () => {
    const [message] = (await Promise.race([once(child, "message"), ended])) as [ChildMessage | number | null];
    if (message === null || typeof message !== "object") throw new Error(`${file} ended early (${message}).`);
    return message;
  };
  const { ports = [] } = await received();
  const report = () => {
    const answer = received();
    child.send("report");
    return answer;
  };
  return {
    pid: child.pid ?? 0,
    ports,
    cpuMicroseconds: async () => (await report()).cpuMicroseconds ?? 0,
    rssBytes: async () => (await report()).rssBytes ?? 0,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
