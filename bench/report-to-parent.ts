// The side of a child process: where it listens, and the processor time and memory it has used whenever the parent asks.
import process from "node:process";

export interface ChildMessage {
  ports?: number[];
  cpuMicroseconds?: number;
  rssBytes?: number;
}

/** Tells the parent that this process serves, and ends with it. */
export function reportToParent(ports: number[]): void {
  const send = (message: ChildMessage) => process.send?.(message);
  process.on("disconnect", () => process.exit(0));
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    send({ cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() });
  });
  send({ ports });
}
