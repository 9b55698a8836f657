import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { lastLogLines, type RunningProcess } from "./start-process.ts";

/** Resolves when 127.0.0.1:port takes connections; rejects with the end of the log when the server ends first. */
export async function waitForPort(server: RunningProcess, port: number, limitMilliseconds: number): Promise<void> {
  const deadline = performance.now() + limitMilliseconds;
  let ended = false;
  void server.exited.then(() => (ended = true));
  while (performance.now() < deadline) {
    if (ended) throw new Error(`${server.role} ended at once; its log says:\n${await lastLogLines(server.logFile)}`);
    if (await accepts(port)) return;
    await sleep(15);
  }
  throw new Error(
    `${server.role} took no connection on port ${port} within ${limitMilliseconds / 1000} s; its log says:\n` +
      (await lastLogLines(server.logFile)),
  );
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
